package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TikTokSimulatorMainTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;
    private int port;

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process started = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TikTokSimulatorMain.class.getName(),
                        "--client-id=key",
                        "--client-secret=secret",
                        "--rotation=reuse-ends-authorization",
                        "--until-input-ends=true")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        port = Integer.parseInt(Objects.requireNonNull(out.readLine()));
        return started;
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private JsonNode control(String method, String path, String body, int status) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(url("/_sim/" + path))
                .method(method, BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.read(answer.body());
    }

    private JsonNode post(String path, String body) {
        return control("POST", path, body, 200);
    }

    private JsonNode refresh(String token) {
        return Json.read(refreshRaw(token).body());
    }

    private HttpResponse<String> refreshRaw(String token) {
        return send(HttpRequest.newBuilder(url("/api/v2/token/refresh?app_key=key&app_secret=secret&refresh_token="
                        + token + "&grant_type=refresh_token"))
                .build());
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void otherProcessesDriveItAndItEndsWithItsInput() throws Exception {
        Process started = start();
        JsonNode environment = control("GET", "environment", "", 200);
        assertThat(environment.get("TIKTOK_BASE_URL").asText()).isEqualTo("http://127.0.0.1:" + port);
        JsonNode seeds = post(
                        "seed",
                        "{\"prefix\":\"u\",\"count\":3,\"accessExpiresInSeconds\":-5,\"refreshExpiresInSeconds\":6000}")
                .get("authorizations");
        assertThat(seeds).hasSize(3);
        assertThat(seeds.get(1).get("seller").asText()).isEqualTo("u1");
        assertThat(seeds.get(1).get("shop").get("id").asText()).matches("7\\d{18}");
        String token = seeds.get(1).get("refreshToken").asText();

        post("faults", "{\"endpoint\":\"refresh\",\"kind\":\"html\",\"status\":503,\"times\":1,\"retryAfter\":\"9\"}");
        HttpResponse<String> unavailable = refreshRaw(token);
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("9");

        post("faults", "{\"endpoint\":\"refresh\",\"kind\":\"token-answer\",\"shape\":\"open_id_list\",\"times\":1}");
        post("faults", "{\"endpoint\":\"refresh\",\"kind\":\"without\",\"field\":\"open_id\",\"times\":1}");
        post(
                "faults",
                "{\"endpoint\":\"refresh\",\"kind\":\"with\",\"field\":\"user_type\",\"json\":\"[1]\",\"times\":1}");
        String other = seeds.get(2).get("refreshToken").asText();
        JsonNode odd = refresh(other).get("data");
        assertThat(odd.get("open_id").isArray()).isTrue();
        odd = refresh(odd.get("refresh_token").asText()).get("data");
        assertThat(odd.has("open_id")).isFalse();
        odd = refresh(odd.get("refresh_token").asText()).get("data");
        assertThat(odd.get("user_type").isArray()).isTrue();
        post("reset", "");

        post("latency", "{\"endpoint\":\"refresh\",\"millis\":1}");
        JsonNode fresh = refresh(token).get("data");
        assertThat(control("GET", "tokens?seller=u1", "", 200).get("tokens").get("accessToken"))
                .isEqualTo(fresh.get("access_token"));
        assertThat(refresh(token).get("code").asInt()).isEqualTo(36004005);
        JsonNode counters = control("GET", "counters", "", 200);
        assertThat(counters.get("refreshes").asInt()).isEqualTo(2);
        assertThat(counters.get("refreshed").asInt()).isEqualTo(1);
        assertThat(counters.get("reusedRefreshTokens").asInt()).isEqualTo(1);
        assertThat(control("GET", "refreshes", "", 200).get("u1").asInt()).isEqualTo(2);
        post("reset", "");
        assertThat(control("GET", "counters", "", 200).get("refreshes").asInt()).isZero();

        String authUrl = environment.get("TIKTOK_AUTH_URL").asText() + "?service_id="
                + environment.get("TIKTOK_SERVICE_ID").asText() + "&state=s";
        JsonNode callback = post("allow", "{\"authUrl\":\"" + authUrl + "\",\"seller\":\"another-shop\"}");
        assertThat(callback.get("state").asText()).isEqualTo("s");
        assertThat(control("POST", "allow", "{}", 400).get("error").asText()).contains("authUrl");
        assertThat(control("POST", "faults", "{\"kind\":\"odd\",\"endpoint\":\"refresh\"}", 400)
                        .get("error")
                        .asText())
                .contains("odd");
        control("GET", "nothing", "", 400);

        started.getOutputStream().close();
        assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(started.exitValue()).isZero();
    }

    @Test
    void gatesWorkAcrossProcesses() throws IOException {
        start();
        String token = post(
                        "seed",
                        "{\"prefix\":\"u\",\"count\":1,\"accessExpiresInSeconds\":-5,\"refreshExpiresInSeconds\":60}")
                .get("authorizations")
                .get(0)
                .get("refreshToken")
                .asText();
        post("faults", "{\"endpoint\":\"refresh\",\"kind\":\"held-after\",\"gate\":\"g\",\"times\":1}");
        var answer = http.sendAsync(
                HttpRequest.newBuilder(url("/api/v2/token/refresh?app_key=key&app_secret=secret&refresh_token=" + token
                                + "&grant_type=refresh_token"))
                        .build(),
                BodyHandlers.ofString());
        post("gate-await", "{\"gate\":\"g\",\"arrivals\":1}");
        assertThat(answer).isNotDone();
        assertThat(control("GET", "counters", "", 200).get("refreshed").asInt()).isEqualTo(1);
        post("gate-open", "{\"gate\":\"g\"}");
        assertThat(TestClient.code(answer.join())).isZero();
        assertThat(post("revoke", "{\"seller\":\"u0\"}").get("done").asBoolean())
                .isTrue();
        assertThat(post("revoke", "{\"seller\":\"u0\"}").get("done").asBoolean())
                .isFalse();
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> TikTokSimulatorMain.main(new String[] {"--speed=9"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--speed");
        assertThatThrownBy(() -> TikTokSimulatorMain.main(new String[] {"8080"}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutBeingAskedForThereIsNoControl() {
        try (TikTokSimulator plain = TikTokSimulator.start()) {
            assertThat(send(HttpRequest.newBuilder(URI.create(plain.url() + "/_sim/environment"))
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
