package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsentPageTest {

    private final TikTokSimulator simulator = TikTokSimulator.builder()
            .redirectUri(URI.create("http://127.0.0.1:8000/back?app=demo"))
            .start();
    private final TestClient client = new TestClient(simulator);
    private final String service =
            Objects.requireNonNull(simulator.environment().get("TIKTOK_SERVICE_ID"));

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> submit(String form) {
        return client.send(client.request("/open/authorize", Map.of())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private static Map<String, String> query(HttpResponse<String> answer) {
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith("http://127.0.0.1:8000/back?app=demo&");
        return Objects.requireNonNull(Request.parse(location.getRawQuery()));
    }

    @Test
    void thePageSaysThatItIsASimulationAndOffersTheSellers() {
        HttpResponse<String> page =
                client.get("/open/authorize", Map.of("service_id", service, "state", "\"><script>alert(1)</script>"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("simulation", "id=\"allow\"", "id=\"deny\"", "value=\"one-shop\" checked")
                .contains("Teapot &amp; Co", "Creator &lt;Ada&gt;", "ร้านกาแฟดอย")
                .contains("&quot;&gt;&lt;script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void allowingBringsCodeAndStateBack() {
        String state = "a+b/c= &é";
        Map<String, String> back = query(submit("decision=allow&seller=one-shop&service_id=" + service + "&state="
                + URLEncoder.encode(state, StandardCharsets.UTF_8)));
        assertThat(back)
                .containsEntry("state", state)
                .containsEntry("app_key", client.key())
                .containsEntry("shop_region", "GB")
                .containsKeys("code", "locale");
        String code = Objects.requireNonNull(back.get("code"));
        assertThat(client.exchange(code).get("code").asInt()).isZero();
        assertThat(simulator.counters().consents()).isEqualTo(1);
    }

    @Test
    void denyingBringsAnErrorAndNoState() {
        Map<String, String> back = query(submit("decision=deny&seller=one-shop&service_id=" + service + "&state=s"));
        assertThat(back)
                .containsOnly(Map.entry("app", "demo"), Map.entry("code", "null"), Map.entry("error", "auth_denied"));
        assertThat(simulator.counters().denials()).isEqualTo(1);
    }

    @Test
    void theAppKeyIsNotTheServiceId() {
        HttpResponse<String> page = client.get("/open/authorize", Map.of("service_id", client.key(), "state", "s"));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("The service does not exist").doesNotContain("<form");
        assertThat(submit("decision=allow&seller=one-shop&service_id=1").statusCode())
                .isEqualTo(400);
        assertThat(simulator.counters().consents()).isZero();
    }

    @Test
    void nonsenseIsRefused() {
        assertThat(submit("decision=allow&seller=nobody&service_id=" + service).statusCode())
                .isEqualTo(400);
        assertThat(submit("decision=maybe&service_id=" + service).statusCode()).isEqualTo(400);
        assertThat(submit("%zz").statusCode()).isEqualTo(400);
    }

    @Test
    void theLegacyLinkTakesTheAppKey() {
        assertThat(client.get("/oauth/authorize", Map.of("app_key", client.key(), "state", "s"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/oauth/authorize", Map.of("app_key", service, "state", "s"))
                        .statusCode())
                .isEqualTo(400);
        SimulatedCallback back =
                simulator.allow(simulator.url() + "/oauth/authorize?app_key=" + client.key() + "&state=s");
        assertThat(back.state()).isEqualTo("s");
    }

    @Test
    void aTestCanAllowAndDenyWithoutABrowser() {
        SimulatedCallback allowed = simulator.allow(client.authUrl("s%20t"), SimulatedSeller.ANOTHER_SHOP);
        assertThat(allowed.requireState()).isEqualTo("s t");
        assertThat(allowed.region()).isEqualTo("TH");
        assertThat(allowed.uri().getRawQuery()).contains("code=" + allowed.code(), "state=s+t");
        assertThat(allowed.toString()).doesNotContain(allowed.code());
        SimulatedCallback denied = simulator.deny(client.authUrl("s"));
        assertThat(denied.code()).isEqualTo("null");
        assertThat(denied.error()).isEqualTo("auth_denied");
        assertThatThrownBy(denied::requireState).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTestCannotAllowWhatThePageWouldRefuse() {
        String wrongService = simulator.url() + "/open/authorize?service_id=1&state=s";
        assertThatThrownBy(() -> simulator.allow(wrongService)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.allow("https://example.com/open/authorize?service_id=" + service))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.deny(client.authUrl("s") + "&state=t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.allow(client.authUrl("s"), "nobody"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAuthorizationThatBeginsAtTikTokHasNoState() {
        SimulatedCallback back = simulator.authorizeFromAppStore(SimulatedSeller.ONE_SHOP);
        assertThat(back.state()).isNull();
        assertThat(back.uri().getRawQuery()).doesNotContain("state=");
        assertThat(client.exchange(back.code()).get("code").asInt()).isZero();
    }
}
