package io.github.tiktokauth.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of the library's client, judged by the simulator, whose signatures are computed by code of its own. */
class CallsAgainstSimulatorTest {

    private static final String USER = "alice";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final MediaType JSON = MediaType.get("application/json");

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T10:15:30.123456789Z"));
    private final TikTokSimulator simulator =
            TikTokSimulator.builder().clock(clock).start();
    private final TikTokAuth auth = library();
    private final OkHttpClient base = new OkHttpClient();
    private final OkHttpClient client = TikTokShopClient.forUser(auth, USER, base);

    CallsAgainstSimulatorTest() {
        SimulatedCallback back = simulator.allow(auth.initiate(USER).authUrl());
        auth.callback(USER, back.code(), back.state());
        simulator.resetCounters();
    }

    private TikTokAuth library() {
        Map<String, String> settings = new HashMap<>(simulator.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k1"));
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(new InMemoryTokenStore(clock))
                .stateStore(new InMemoryStateStore(clock))
                .clock(clock)
                .cacheTtl(Duration.ZERO)
                .build();
    }

    @AfterEach
    void close() {
        auth.close();
        simulator.close();
        base.dispatcher().executorService().shutdown();
        base.connectionPool().evictAll();
    }

    private HttpUrl url(String path) {
        return HttpUrl.get(simulator.url() + path);
    }

    private JsonNode success(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return MAPPER.readTree(
                            TikTokShopClient.requireSuccess(response).body().string())
                    .path("data");
        }
    }

    private TikTokCallException failing(Request request) {
        return catchThrowableOfType(TikTokCallException.class, () -> success(request));
    }

    private Request search() {
        return new Request.Builder()
                .url(url("/product/202309/products/search?page_size=5"))
                .post(RequestBody.create("{\"status\":\"ALL\"}", JSON))
                .build();
    }

    private Request shops() {
        return new Request.Builder().url(url("/authorization/202309/shops")).build();
    }

    @Test
    void shopsAndProductsAreListed() throws IOException {
        assertThat(success(shops()).path("shops")).hasSize(1);
        assertThat(success(search()).path("products")).hasSize(5);
        assertThat(simulator.counters().rejectedSignatures()).isZero();
    }

    @Test
    void randomParametersPathsAndBodiesAreAccepted() throws IOException {
        Random random = new Random(4);
        String alphabet = "+/=&%?#;'\"~*.:@ aZ09_-ü乌\uFF5E😀\u0000\n\\|<>[]{}";
        int[] points = alphabet.codePoints().toArray();
        for (int i = 0; i < 500; i++) {
            HttpUrl.Builder url = url("/echo/202309/").newBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                // The JDK's server takes no brackets in a path, OkHttp sends them as they are.
                url.addPathSegment("x" + text(random, points).replaceAll("[\\[\\]]", ""))
                        .addPathSegment("");
            }
            Map<String, String> query = new HashMap<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                query.put("n" + text(random, points), text(random, points));
            }
            query.forEach(url::addQueryParameter);
            byte[] body = new byte[random.nextInt(50)];
            random.nextBytes(body);
            JsonNode echo = success(new Request.Builder()
                    .url(url.build())
                    .post(RequestBody.create(body, MediaType.get("text/plain; charset=utf-8")))
                    .build());
            assertThat(echo.path("path").asText()).isEqualTo(url.build().encodedPath());
            assertThat(echo.path("body_bytes").asInt()).isEqualTo(body.length);
            query.forEach((name, value) ->
                    assertThat(echo.path("parameters").path(name).asText()).isEqualTo(value));
        }
        assertThat(simulator.counters().rejectedSignatures()).isZero();
    }

    private static String text(Random random, int[] points) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    @Test
    void aFormWithAFileIsAccepted() throws IOException {
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("data", "a.png", RequestBody.create(new byte[100_000], MediaType.get("image/png")))
                .build();
        JsonNode echo = success(
                new Request.Builder().url(url("/echo/202309/upload")).post(form).build());
        assertThat(echo.path("content_type").asText()).isEqualTo("multipart/form-data");
        assertThat(echo.path("body_bytes").asLong()).isEqualTo(form.contentLength());
    }

    @Test
    void manyCallsWithAnEndedTokenCostOneRefresh() throws Exception {
        simulator.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<JsonNode>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                calls.add(() -> success(search()));
            }
            for (Future<JsonNode> done : threads.invokeAll(calls)) {
                assertThat(done.get().path("products")).hasSize(5);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void theEndOfTheAuthorizationIsTold() {
        simulator.revoke(SimulatedSeller.ONE_SHOP);
        assertThat(failing(search()).kind()).isEqualTo(Kind.AUTHORIZATION_REQUIRED);
        assertThat(failing(search()).kind()).isIn(Kind.AUTHORIZATION_REQUIRED, Kind.TOKEN_REFUSED);
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void anAnswerLostOnTheWayIsNotMistakenForARefusal() {
        simulator.faults().always(SimulatedEndpoint.PRODUCTS, Fault.cutShort());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> success(search())))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(TikTokCallException.class);
        assertThat(simulator.counters().refreshes()).isZero();
    }

    @Test
    void aRedirectElsewhereIsRefused() {
        simulator.faults().once(SimulatedEndpoint.PRODUCTS, Fault.redirect("http://localhost:9/elsewhere"));
        assertThat(failing(search()).kind()).isEqualTo(Kind.REDIRECT_REFUSED);
    }

    @Test
    void aStoppedClockIsTold() {
        // The simulator's answers carry the machine's date, which is not the simulated time: the repeat cannot help.
        simulator.advance(Duration.ofDays(3000));
        simulator.seedAuthorization(
                simulator.seller(SimulatedSeller.ONE_SHOP),
                simulator.now().plus(Duration.ofDays(1)),
                simulator.now().plus(Duration.ofDays(2)));
        assertThat(failing(shops()).kind()).isEqualTo(Kind.CLOCK);
        assertThat(simulator.counters().refreshes()).isZero();
    }
}
