package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthBuilder;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.jdbc.MovedStores;
import io.github.tiktokauth.jdbc.TestDatabase;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedShop;
import io.github.tiktokauth.simulator.SimulatedTokens;
import io.github.tiktokauth.simulator.SimulatorBuilder;
import io.github.tiktokauth.simulator.TikTokSimulator;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** One database with our tables, one TikTok, and users whose authorizations both of them know. */
final class World implements AutoCloseable {

    private static final String KEYS = AesGcmCipher.generateKey("k1");
    private static final AesGcmCipher CIPHER = AesGcmCipher.ofKeys(KEYS);

    final TestDatabase database;
    final TikTokSimulator tikTok;
    final HikariDataSource pool;
    final JdbcStores stores;
    private final Map<String, String> hashesAtConnect = new ConcurrentHashMap<>();
    private final ManualClock clock = new ManualClock();

    private World(TestDatabase database, TikTokSimulator tikTok) {
        this.database = database;
        this.tikTok = tikTok;
        pool = database.pool(4);
        stores = stores(pool).createOrUpgrade();
    }

    static World on(TestServer server, RefreshTokenRotation rotation) {
        // The database first: where there is none, nothing must be left running.
        TestDatabase database = server.database();
        return on(database, TikTokSimulator.builder().rotation(rotation));
    }

    static World on(TestDatabase database, SimulatorBuilder tikTok) {
        return new World(database, tikTok.start());
    }

    /** The encryption keys, as they stand in the settings. */
    static String keys() {
        return KEYS;
    }

    /** Where {@link #advance} moves the clock. */
    JdbcStores stores(DataSource connections) {
        return MovedStores.on(connections, clock);
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", KEYS);
        settings.put("url", database.url());
        settings.put("user", database.user());
        settings.put("password", database.password());
        return settings;
    }

    /** A node in this JVM, on connections of its own. */
    TikTokAuthBuilder node(DataSource connections) {
        JdbcStores own = stores(connections);
        return TikTokAuth.builder(TikTokConfig.fromMap(settings()))
                .tokenStore(own.tokenStore())
                .stateStore(own.stateStore());
    }

    static String sellerOf(String user) {
        return "seller-of-" + user;
    }

    SimulatedTokens connectExpired(String user) {
        return connect(user, Duration.ofMinutes(-5));
    }

    /** Connects without consent; the access token ends after this time, or has ended before it. */
    SimulatedTokens connect(String user, Duration life) {
        SimulatedSeller seller = SimulatedSeller.withOneShop(sellerOf(user));
        Instant now = Instant.now();
        SimulatedTokens tokens = tikTok.seedAuthorization(seller, now.plus(life), now.plus(Duration.ofDays(300)));
        SimulatedShop shop = seller.shops().get(0);
        NewAuthorization authorization = new NewAuthorization(
                user,
                appKey(),
                new StoredShop(shop.id(), shop.name(), shop.region(), shop.cipher(), false),
                StoredTokens.builder(
                                CIPHER.encrypt(tokens.accessToken(), context("access_token", user)),
                                CIPHER.encrypt(tokens.refreshToken(), context("refresh_token", user)),
                                tokens.accessTokenExpiresAt())
                        .refreshTokenExpiresAt(tokens.refreshTokenExpiresAt())
                        .openId(tokens.openId())
                        .build(),
                1);
        assertThat(stores.tokenStore().connect(authorization)).isEqualTo(ConnectOutcome.CONNECTED);
        hashesAtConnect.put(user, Hash.of(tokens.accessToken()));
        return tokens;
    }

    private CipherContext context(String column, String user) {
        return new CipherContext(stores.tokenStore().name(), column, user, appKey());
    }

    private String appKey() {
        return settings().get("TIKTOK_CLIENT_ID");
    }

    StoredAuthorization row(String user) {
        return stores.tokenStore().find(user).orElseThrow();
    }

    String storedAccessToken(String user) {
        return CIPHER.decrypt(row(user).tokens().accessToken(), context("access_token", user));
    }

    String storedRefreshToken(String user) {
        return CIPHER.decrypt(row(user).tokens().refreshToken(), context("refresh_token", user));
    }

    /** Of the access token that the user was connected with. */
    String hashAtConnect(String user) {
        return hashesAtConnect.get(user);
    }

    SimulatedTokens tikToksTokens(String user) {
        return tikTok.tokensOf(sellerOf(user)).orElseThrow();
    }

    /** The newest pair that TikTok gave is the stored one, and it works. */
    void assertAlive(String user) {
        assertAliveAs(user, sellerOf(user));
    }

    void assertAliveAs(String user, String seller) {
        assertStoredIsNewest(user, seller);
        assertThat(row(user).refresh().reauthorizationReason()).isNull();
        long generation = row(user).generation();
        try (TikTokAuth auth = node(pool).build()) {
            auth.refresh(user);
        }
        assertThat(row(user).generation()).isEqualTo(generation + 1);
        assertStoredIsNewest(user, seller);
    }

    private void assertStoredIsNewest(String user, String seller) {
        SimulatedTokens newest = tikTok.tokensOf(seller).orElseThrow();
        assertThat(storedRefreshToken(user)).isEqualTo(newest.refreshToken());
        assertThat(storedAccessToken(user)).isEqualTo(newest.accessToken());
    }

    @Override
    public void close() {
        tikTok.close();
        pool.close();
    }
}
