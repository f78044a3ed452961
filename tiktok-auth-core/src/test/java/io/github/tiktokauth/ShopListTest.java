package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shop list: signed, without the secret, and repeated once where that may help. */
class ShopListTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    private HttpTikTokApi api;

    @BeforeEach
    void open() {
        api = HttpWorld.api(server);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private List<StoredShop> shops(String data) throws CallFailure {
        server.enqueue(HttpWorld.data(data));
        return api.shops("ROW_token");
    }

    /** App Key, secret, time and path of TikTok's own published example. */
    @Test
    void theRequestCarriesTheOfficiallyPublishedSignature() throws Exception {
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS).build());
        api.shops("the-access-token");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getHeaders().get("x-tts-access-token")).isEqualTo("the-access-token");
        assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
        HttpUrl url = request.getUrl();
        assertThat(url.encodedPath()).isEqualTo("/authorization/202309/shops");
        assertThat(url.queryParameterNames()).containsExactlyInAnyOrder("app_key", "timestamp", "sign");
        assertThat(url.queryParameter("app_key")).isEqualTo("29a39d");
        assertThat(url.queryParameter("timestamp")).isEqualTo("1623812664");
        assertThat(url.queryParameter("sign"))
                .isEqualTo("b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8");
        assertThat(request.getRequestLine() + request.getHeaders())
                .doesNotContain(HttpWorld.APP_SECRET, "callback-path");
        assertThat(request.getRequestLine()).doesNotContain("the-access-token");
    }

    @Test
    void aGatewayBehindAPathIsSignedWithThatPath() throws Exception {
        Map<String, String> settings = HttpWorld.settings(server);
        settings.put("TIKTOK_BASE_URL", server.url("/proxy").toString());
        TikTokConfig config = TikTokConfig.fromMap(settings);
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS).build());
        try (HttpTikTokApi proxied = new HttpTikTokApi(
                config, new TikTokHttp(null, Duration.ofSeconds(10), config.usesTls()), Time.of(() -> HttpWorld.NOW))) {
            proxied.shops("ROW_token");
        }
        HttpUrl url = server.takeRequest().getUrl();
        assertThat(url.encodedPath()).isEqualTo("/proxy/authorization/202309/shops");
        Map<String, String> signed =
                config.signer().sign("/proxy/authorization/202309/shops", Map.of(), null, new byte[0], HttpWorld.NOW);
        assertThat(url.queryParameter("sign")).isEqualTo(signed.get("sign"));
    }

    @Test
    void severalShopsComeInTheOrderOfTheirIdsWithIdsAsText() throws Exception {
        assertThat(shops("""
                        {"shops":[
                        {"id":"7494049642642441622","name":"Größe – ✓ 店 \\uD83D\\uDC57","region":"DE","cipher":"c2"},
                        {"id":7494049642642441621,"name":"ร้าน","region":"TH","seller_type":"CROSS_BORDER"},
                        {"id":"9007199254740993","region":"GB","cipher":null,"name":""}]}"""))
                .containsExactly(
                        new StoredShop("7494049642642441621", "ร้าน", "TH", null, true),
                        new StoredShop("7494049642642441622", "Größe – ✓ 店 👗", "DE", "c2", false),
                        new StoredShop("9007199254740993", null, "GB", null, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "null", "[]", "{\"shops\":[]}", "{\"shops\":null}", "{\"shops\":{}}", "{\"shops\":7}"})
    void noShopIsAnEmptyList(String data) throws Exception {
        assertThat(shops(data)).isEmpty();
    }

    @Test
    void anEntryWithoutAUsableIdIsPassedOver() throws Exception {
        assertThat(shops("{\"shops\":[{},{\"id\":\"\"},{\"id\":null},{\"id\":1.5},{\"id\":\"a\\u0000\"},{\"id\":\""
                        + "9".repeat(129) + "\"},7,null,{\"id\":\"1\"}]}"))
                .containsExactly(new StoredShop("1", null, null, null, true));
    }

    @Test
    void aNameThatNoStoreCanHoldIsMadeOneItCan() throws Exception {
        StoredShop shop = shops("{\"shops\":[{\"id\":\"1\",\"name\":\"a\\u0000b\\ud800" + "x".repeat(300)
                        + "\",\"cipher\":\"" + "c".repeat(600) + "\"}]}")
                .get(0);
        assertThat(shop.name()).startsWith("a b x").hasSize(255);
        assertThat(shop.cipher()).as("of no use when cut").isNull();
    }

    static List<MockResponse> passing() {
        return List.of(
                HttpWorld.error(500, 36009003, "internal error"),
                HttpWorld.error(200, 36009007, "time-out"),
                HttpWorld.error(429, 36009002, "too many"),
                HttpWorld.error(503, 12345, "unknown, but a server's error"),
                HttpWorld.error(401, 36009004, "timestamp is invalid"),
                new MockResponse.Builder().code(502).body("<html>").build(),
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatMayPassIsRepeatedOnceWithAFreshTimestampAndSignature(MockResponse failure) throws Exception {
        Iterator<Instant> clock =
                List.of(HttpWorld.NOW, HttpWorld.NOW.plusSeconds(7)).iterator();
        server.enqueue(failure);
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS).build());
        try (HttpTikTokApi moving = new HttpTikTokApi(
                TikTokConfig.fromMap(HttpWorld.settings(server)),
                new TikTokHttp(null, Duration.ofSeconds(10), false),
                Time.of(clock::next))) {
            assertThat(moving.shops("ROW_token")).hasSize(1);
        }
        List<RecordedRequest> requests = HttpWorld.received(server);
        assertThat(requests)
                .extracting(request -> request.getUrl().queryParameter("timestamp"))
                .containsExactly("1623812664", "1623812671");
        assertThat(requests)
                .extracting(request -> request.getUrl().queryParameter("sign"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void itIsNotRepeatedTwice(MockResponse failure) {
        for (int i = 0; i < 3; i++) {
            server.enqueue(failure);
        }
        HttpWorld.failure(() -> api.shops("ROW_token"));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "401,105001,access token is invalid",
        "401,105002,access token is expired",
        "403,105005,scope missing",
        "401,106001,sign is invalid",
        "400,36009004,app_key is invalid",
        "400,424242,never heard of"
    })
    void whatWillNotPassIsNotRepeated(int status, long code, String message) {
        server.enqueue(HttpWorld.error(status, code, message));
        CallFailure failure = HttpWorld.failure(() -> api.shops("ROW_token"));
        assertThat(failure.error().code()).isEqualTo(code);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectDoesNotCarryTheTokenElsewhere() {
        for (int i = 0; i < 2; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(307)
                    .addHeader("Location", "/elsewhere")
                    .build());
        }
        HttpWorld.failure(() -> api.shops("ROW_token"));
        assertThat(HttpWorld.received(server))
                .allSatisfy(
                        request -> assertThat(request.getUrl().encodedPath()).isEqualTo("/authorization/202309/shops"));
    }
}
