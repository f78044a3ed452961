package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static final URI CALLBACK = URI.create("http://127.0.0.1:8000" + App.CALLBACK_PATH);

    private static String text(Map<String, String> environment, URI redirectUri, boolean simulated) {
        URI simulator = simulated ? URI.create("http://127.0.0.1:8001") : null;
        return new Greeting(
                        Settings.from(environment), "http://127.0.0.1:8000", redirectUri, simulator, Path.of("/data"))
                .text();
    }

    @Test
    void it_says_where_to_click() {
        assertThat(text(Map.of(), CALLBACK, true))
                .contains("1. Open http://127.0.0.1:8000/", "simulated at http://127.0.0.1:8001", "/data")
                .endsWith("Ready: http://127.0.0.1:8000/  (Ctrl-C ends it)")
                .doesNotContain("Beware", "Not used", "keep it");
        assertThat(text(Map.of("TIKTOK_CLIENT_ID", "id", "TIKTOK_CLIENT_SECRET", "hush"), CALLBACK, false))
                .contains("Open http://127.0.0.1:8000/")
                .doesNotContain("simulated", "hush");
    }

    @Test
    void it_tells_of_settings_that_will_surprise() {
        assertThat(text(Map.of("TIKTOK_TOKEN_URL", "https://x.example/get"), CALLBACK, true))
                .contains("Not used, for want of credentials: TIKTOK_TOKEN_URL.");
        assertThat(text(Map.of("JDBC_URL", "jdbc:h2:tcp://db/x;PASSWORD=hush"), CALLBACK, true))
                .contains("keep it, or set TIKTOK_TOKEN_ENCRYPTION_KEYS")
                .doesNotContain("hush");
        assertThat(text(Map.of(), URI.create("https://shop.example/other"), true))
                .contains("Beware: TIKTOK_REDIRECT_URI does not lead to /api/v1/tiktok/auth/callback.");
    }

    @Test
    void hosts_make_urls() {
        assertThat(Settings.from(Map.of("HOST", "0.0.0.0")).visibleHost()).isEqualTo("127.0.0.1");
        assertThat(Settings.from(Map.of("HOST", "::")).visibleHost()).isEqualTo("127.0.0.1");
        assertThat(Settings.from(Map.of("HOST", "::1")).visibleHost()).isEqualTo("[::1]");
    }
}
