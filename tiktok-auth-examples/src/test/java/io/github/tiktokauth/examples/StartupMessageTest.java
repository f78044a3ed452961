package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartupMessageTest {

    private static final URI CALLBACK = URI.create("http://127.0.0.1:8000" + App.CALLBACK_PATH);

    private static final URI SIMULATOR = URI.create("http://127.0.0.1:8001");

    private static String text(URI redirectUri, @Nullable URI simulator, @Nullable Path files) {
        return new StartupMessage("http://127.0.0.1:8000", redirectUri, simulator, files).text();
    }

    @Test
    void itSaysWhereToClick() {
        assertThat(text(CALLBACK, SIMULATOR, Path.of("/data")))
                .contains("1. Open http://127.0.0.1:8000/", "simulated at http://127.0.0.1:8001", "/data")
                .endsWith("Ready: http://127.0.0.1:8000/  (Ctrl-C ends it)")
                .doesNotContain("Beware", "calls TikTok");
        assertThat(text(CALLBACK, null, null))
                .contains("Open http://127.0.0.1:8000/", "calls TikTok as the app of TIKTOK_CLIENT_ID")
                .doesNotContain("simulated");
    }

    @Test
    void itSaysWhereConnectionsAreKept() {
        assertThat(text(CALLBACK, null, null))
                .contains("the database of JDBC_URL")
                .doesNotContain("H2");
        assertThat(text(CALLBACK, null, Path.of("/data"))).contains("No JDBC_URL is set", "H2 file in /data");
        assertThat(text(CALLBACK, SIMULATOR, Path.of("/data"))).doesNotContain("JDBC_URL");
    }

    @Test
    void itTellsOfARedirectThatWillSurprise() {
        assertThat(text(URI.create("https://shop.example/other"), null, null))
                .contains("Beware: TIKTOK_REDIRECT_URI does not lead to /api/v1/tiktok/auth/callback.");
    }

    @Test
    void hostsMakeUrls() {
        for (String everywhere : List.of("0.0.0.0", "::", "[::]", "0")) {
            assertThat(ListenAddress.of(everywhere).inUrls()).isEqualTo("127.0.0.1");
        }
        for (String loopback : List.of("::1", "[::1]", "0:0:0:0:0:0:0:1")) {
            assertThat(Settings.from(Map.of("HOST", loopback)).visibleHost()).isEqualTo("[::1]");
        }
        assertThat(Settings.from(Map.of("HOST", "127.0.0.2")).visibleHost()).isEqualTo("127.0.0.2");
        assertThat(Settings.from(Map.of("HOST", "LocalHost")).visibleHost()).isEqualTo("localhost");
        assertThat(ListenAddress.of("2001:db8::1").inUrls()).isEqualTo("[2001:db8::1]");
        assertThat(ListenAddress.of("[2001:db8::1]").inUrls()).isEqualTo("[2001:db8::1]");
        assertThat(ListenAddress.of("192.0.2.1").inUrls()).isEqualTo("192.0.2.1");
    }
}
