package io.github.tiktokauth.benchmarks.peers;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthBuilder;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** This library as a contestant. */
public final class TikTokAuthPeer implements Peer {

    /** Room for all users of any benchmark of the hot path. */
    public static final int CACHE_SIZE = 20_000;

    /** The same on every run, so that nodes in JVMs of their own read each other's rows. */
    public static final AesGcmCipher CIPHER = AesGcmCipher.ofKeys("bench:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    /** The App Key of contestants that never call TikTok. */
    public static final String APP_KEY = "app-key";

    private final TikTokAuth auth;

    /**
     * Creates a contestant of any instance.
     *
     * @param auth the library; closed with this
     */
    public TikTokAuthPeer(TikTokAuth auth) {
        this.auth = auth;
    }

    /**
     * Returns a contestant on the in-memory store.
     *
     * @param seeds who is connected
     * @return the contestant
     */
    public static TikTokAuthPeer inMemory(List<Seed> seeds) {
        InMemoryTokenStore store = new InMemoryTokenStore();
        seeds.forEach(seed -> connect(store, APP_KEY, seed));
        return new TikTokAuthPeer(builder(NOWHERE)
                .tokenStore(store)
                .stateStore(new InMemoryStateStore())
                .cacheTtl(Duration.ofMinutes(10))
                .cacheSize(CACHE_SIZE)
                .build());
    }

    /**
     * Returns a contestant on a table that exists.
     *
     * @param dataSource where
     * @param cacheTtl zero for none
     * @return the contestant
     */
    public static TikTokAuthPeer jdbc(DataSource dataSource, Duration cacheTtl) {
        JdbcStores stores = JdbcStores.of(dataSource);
        return new TikTokAuthPeer(builder(NOWHERE)
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .cacheTtl(cacheTtl)
                .build());
    }

    /** The settings of contestants that never call TikTok. */
    public static final Map<String, String> NOWHERE = Map.of(
            "TIKTOK_CLIENT_ID", APP_KEY,
            "TIKTOK_CLIENT_SECRET", "app-secret",
            "TIKTOK_REDIRECT_URI", "https://host.example/callback",
            "TIKTOK_SERVICE_ID", "1");

    /**
     * Returns a builder that lacks its stores.
     *
     * @param environment the settings, a simulator's for example
     * @return the builder
     */
    public static TikTokAuthBuilder builder(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(environment);
        return TikTokAuth.builder(TikTokConfig.fromMap(settings)).cipher(CIPHER);
    }

    /**
     * Writes a connection as a callback would.
     *
     * @param store where
     * @param appKey the App Key of the configuration that will read it
     * @param seed what
     */
    public static void connect(TokenStore store, String appKey, Seed seed) {
        store.connect(new NewAuthorization(
                seed.userId(),
                appKey,
                new StoredShop("shop-of-" + seed.userId(), "A shop", "GB", "cipher-of-" + seed.userId(), false),
                new StoredTokens(
                        CIPHER.encrypt(
                                seed.accessToken(),
                                new CipherContext(store.name(), "access_token", seed.userId(), appKey)),
                        CIPHER.encrypt(
                                seed.refreshToken(),
                                new CipherContext(store.name(), "refresh_token", seed.userId(), appKey)),
                        seed.expiresAt(),
                        seed.expiresAt().plus(Duration.ofDays(300)),
                        "open-id",
                        "seller.product.basic"),
                1));
    }

    @Override
    public String token(String userId) {
        return auth.getValidAccessToken(userId).value();
    }

    @Override
    public void close() {
        auth.close();
    }
}
