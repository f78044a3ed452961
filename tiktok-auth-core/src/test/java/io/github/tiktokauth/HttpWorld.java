package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;

/** The calls to TikTok over a real socket, to a server that answers as the test says. */
final class HttpWorld {

    static final String APP_KEY = "29a39d";
    static final String APP_SECRET = "e59af819cc";
    static final Instant NOW = Instant.ofEpochSecond(1_623_812_664);
    static final String KEYS = "k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    static final String TOKENS = """
            "access_token":"ROW_access","access_token_expire_in":1791309162,"refresh_token":"ROW_refresh",
            "refresh_token_expire_in":4912765591,"open_id":"open","seller_name":"Ravi","seller_base_region":"GB",
            "user_type":0,"granted_scopes":["seller.authorization.info","seller.product.basic"]""";
    static final String SHOPS = "{\"code\":0,\"data\":{\"shops\":[{\"id\":\"7494049642642441621\",\"name\":\"Shop\","
            + "\"region\":\"GB\",\"seller_type\":\"LOCAL\",\"cipher\":\"ROW_cipher\",\"code\":\"GBLC\"}]}}";

    private HttpWorld() {}

    static Map<String, String> settings(MockWebServer server) {
        Map<String, String> settings = new HashMap<>();
        settings.put("TIKTOK_CLIENT_ID", APP_KEY);
        settings.put("TIKTOK_CLIENT_SECRET", APP_SECRET);
        settings.put("TIKTOK_REDIRECT_URI", "https://host.example/callback-path");
        settings.put("TIKTOK_SERVICE_ID", "7000000000000000001");
        settings.put("TIKTOK_BASE_URL", server.url("").toString());
        settings.put("TIKTOK_TOKEN_URL", server.url("/api/v2/token/get").toString());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", KEYS);
        return settings;
    }

    static HttpTikTokApi api(MockWebServer server) {
        return api(server, null, Duration.ofSeconds(10));
    }

    static HttpTikTokApi api(MockWebServer server, OkHttpClient hosts, Duration callTimeout) {
        TikTokConfig config = TikTokConfig.fromMap(settings(server));
        return new HttpTikTokApi(
                config, new TikTokHttp(hosts, callTimeout, config.usesTls()), Time.of(InstantSource.fixed(NOW)));
    }

    static MockResponse.Builder json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body);
    }

    static MockResponse data(String data) {
        return json("{\"code\":0,\"message\":\"success\",\"request_id\":\"r1\",\"data\":" + data + "}")
                .build();
    }

    static MockResponse tokens() {
        return data("{" + TOKENS + "}");
    }

    /** The token answer with one field replaced by other JSON, or left out. */
    static MockResponse tokensWith(String field, String value) {
        String pattern = "\"" + field + "\":(\"[^\"]*\"|\\[[^]]*]|[^,]*)";
        String changed = value == null
                ? TOKENS.replaceFirst(pattern + ",?", "").replaceFirst(",\\s*$", "")
                : TOKENS.replaceFirst(pattern, Matcher.quoteReplacement("\"" + field + "\":" + value));
        if (changed.equals(TOKENS) && !TOKENS.contains("\"" + field + "\":" + value)) {
            throw new IllegalArgumentException("no field " + field);
        }
        return data("{" + changed + "}");
    }

    static MockResponse error(int status, long code, String message) {
        return json("{\"code\":" + code + ",\"message\":\"" + message + "\",\"request_id\":\"r2\"}")
                .code(status)
                .build();
    }

    /** The requests that have arrived; none that comes later is missed, because every call has ended. */
    static List<RecordedRequest> received(MockWebServer server) {
        List<RecordedRequest> all = new ArrayList<>();
        try {
            while (true) {
                RecordedRequest next = server.takeRequest(0, TimeUnit.SECONDS);
                if (next == null) {
                    return all;
                }
                all.add(next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static CallFailure failure(Call call) {
        try {
            call.run();
        } catch (CallFailure e) {
            return e;
        }
        throw new AssertionError("no CallFailure");
    }

    /** A call that is expected to fail. */
    interface Call {
        void run() throws CallFailure;
    }
}
