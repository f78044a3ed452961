package io.github.tiktokauth.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page is right: its code is the code that compiles, and that code lists products. */
class CallingTheApiTest {

    private static final Path PAGE = Path.of("..", "docs", "calling-the-api.md");
    private static final Path CODE = Path.of("src/test/java/io/github/tiktokauth/documentation/CallingTheApi.java");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String USER = "alice";

    private final TikTokSimulator simulator = TikTokSimulator.start();
    private final OkHttpClient okHttp = new OkHttpClient();
    private final HttpClient jdk = HttpClient.newHttpClient();
    private final TikTokAuth auth = open();

    private TikTokAuth open() {
        Map<String, String> settings = new HashMap<>(simulator.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k1"));
        return CallingTheApi.open(settings);
    }

    @BeforeEach
    void connect() {
        SimulatedCallback back = simulator.allow(auth.initiate(USER).authUrl());
        auth.callback(USER, back.code(), back.state());
        simulator.resetCounters();
    }

    @AfterEach
    void close() {
        auth.close();
        simulator.close();
        okHttp.dispatcher().executorService().shutdown();
        okHttp.connectionPool().evictAll();
    }

    @Test
    void everyCodeBlockOfThePageIsTheCodeThatCompiles() throws IOException {
        Map<String, String> blocks = new TreeMap<>();
        Matcher block = Pattern.compile("(?s)<!-- region: ([\\w-]+) -->\n```java\n(.*?)\n```")
                .matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.put(block.group(1), block.group(2));
        }
        Map<String, String> regions = new TreeMap<>();
        Matcher region =
                Pattern.compile("(?s)// region: ([\\w-]+)\n(.*?)\n *// end\n").matcher(Files.readString(CODE));
        while (region.find()) {
            regions.put(region.group(1), region.group(2).stripIndent().stripTrailing());
        }
        assertThat(regions).hasSize(5);
        assertThat(blocks).isEqualTo(regions);
    }

    @Test
    void thePageIsShortAndSaysWhichCodeIsNotCompiled() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page.lines()).hasSizeLessThan(200);
        assertThat(Pattern.compile("(?<!-->\n)```java").matcher(page).find())
                .as("a code block without a mark")
                .isFalse();
    }

    private static void assertProducts(String json) throws IOException {
        JsonNode products = MAPPER.readTree(json).path("data").path("products");
        assertThat(products).isNotEmpty();
        assertThat(products.get(0).path("title").asText()).isNotBlank();
    }

    @Test
    void productsAreListedWithOkHttp() throws IOException {
        assertProducts(CallingTheApi.productsWithOkHttp(auth, USER, okHttp));
        assertThat(simulator.counters().rejectedSignatures()).isZero();
    }

    @Test
    void productsAreListedWithTheJdk() throws Exception {
        assertProducts(CallingTheApi.productsWithTheJdk(auth, USER, jdk));
        assertThat(simulator.counters().rejectedSignatures()).isZero();
    }

    @Test
    void bothReplaceARefusedToken() throws Exception {
        simulator.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        assertProducts(CallingTheApi.productsWithOkHttp(auth, USER, okHttp));
        simulator.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        assertProducts(CallingTheApi.productsWithTheJdk(auth, USER, jdk));
        assertThat(simulator.counters().refreshes()).isEqualTo(2);
    }

    @Test
    void theNextStepsAreAsThePageSays() {
        simulator.faults().once(SimulatedEndpoint.PRODUCTS, Fault.rateLimited(7));
        assertThat(nextStep()).isEqualTo("try again in 7 s");
        simulator.faults().once(SimulatedEndpoint.PRODUCTS, Fault.error(401, 105005, "Access denied."));
        assertThat(nextStep()).startsWith("tell the operator: ").contains("105005");
        simulator.revoke(SimulatedSeller.ONE_SHOP);
        assertThat(nextStep()).startsWith("send the user to " + simulator.url());
    }

    private String nextStep() {
        TikTokCallException e = catchThrowableOfType(
                TikTokCallException.class, () -> CallingTheApi.productsWithOkHttp(auth, USER, okHttp));
        return CallingTheApi.nextStep(auth, USER, e);
    }

    @Test
    void withTheJdkARateLimitIsTold() {
        simulator.faults().once(SimulatedEndpoint.PRODUCTS, Fault.rateLimited(7));
        assertThatIOException()
                .isThrownBy(() -> CallingTheApi.productsWithTheJdk(auth, USER, jdk))
                .withMessageContaining("RATE_LIMITED")
                .withMessageContaining("36009002")
                .withMessageContaining("PT7S");
    }

    @Test
    void theTagLeavesTheCipherOut() throws IOException {
        Request request = CallingTheApi.withoutCipher(HttpUrl.get(simulator.url() + "/echo/202309/anything"));
        OkHttpClient client = io.github.tiktokauth.okhttp.TikTokShopClient.forUser(auth, USER, okHttp);
        try (Response response = client.newCall(request).execute()) {
            JsonNode parameters =
                    MAPPER.readTree(response.body().string()).path("data").path("parameters");
            assertThat(parameters.has("app_key")).isTrue();
            assertThat(parameters.has("shop_cipher")).isFalse();
        }
    }
}
