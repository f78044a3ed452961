package io.github.tiktokauth;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A host whose TikTok is a server on a real socket, with a user whose access token has ended. */
final class WireHost implements AutoCloseable {

    static final String USER = "user-1";

    final ManualTime time = new ManualTime();
    final InMemoryTokenStore rows = new InMemoryTokenStore(time.wall());
    final TikTokAuth auth;
    private final TokenEncryption encryption;

    /** The server at this address. */
    WireHost(String url, @Nullable OkHttpClient client) {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.put("TIKTOK_BASE_URL", url);
        settings.put("TIKTOK_TOKEN_URL", url + "/api/v2/token/get");
        TikTokConfig config = TikTokConfig.fromMap(settings);
        encryption = new TokenEncryption(config.cipher(), rows.name(), TestHost.APP_KEY);
        TikTokAuthBuilder builder = TikTokAuth.builder(config)
                .tokenStore(rows)
                .stateStore(new InMemoryStateStore(time.wall()))
                .time(time);
        auth = (client == null ? builder : builder.httpClient(client)).build();
        TokenResponse response = new TokenResponse(
                "access-1",
                "refresh-1",
                ManualTime.START.plus(Duration.ofDays(7)),
                ManualTime.START.plus(Duration.ofDays(300)),
                null,
                null,
                0);
        rows.connect(new NewAuthorization(
                USER,
                TestHost.APP_KEY,
                TestHost.SHOP,
                encryption.seal(USER, PlainTokens.first(response, rows::now)),
                1));
        time.advance(Duration.ofDays(8));
    }

    String token() {
        return auth.getValidAccessToken(USER).value();
    }

    StoredAuthorization row() {
        return rows.find(USER).orElseThrow();
    }

    String storedRefreshToken() {
        return encryption.refreshToken(row());
    }

    @Override
    public void close() {
        auth.close();
    }
}
