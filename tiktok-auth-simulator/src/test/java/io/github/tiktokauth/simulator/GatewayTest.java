package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    private final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    private final TikTokSimulator simulator =
            TikTokSimulator.builder().clock(() -> start).start();
    private final TestClient client = new TestClient(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    private String token(String sellerId) {
        return client.connect(sellerId).get("access_token").asText();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, int code) {
        assertThat(TestClient.code(answer)).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.read(answer.body()).get("data").isNull()).isTrue();
    }

    @Test
    void theShopListHoldsWhatASellerHas() {
        HttpResponse<String> answer = client.shops(token(SimulatedSeller.SEVERAL_SHOPS));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode shops = Json.read(answer.body()).get("data").get("shops");
        assertThat(shops).hasSize(4);
        JsonNode first = shops.get(0);
        assertThat(first.get("id").isTextual()).isTrue();
        assertThat(first.get("id").asText()).matches("7\\d{18}");
        assertThat(first.get("region").asText()).isEqualTo("GB");
        assertThat(first.get("seller_type").asText()).isEqualTo("CROSS_BORDER");
        assertThat(first.get("cipher").asText()).startsWith("ROW_");
        assertThat(shops.get(2).get("name").asText()).isEqualTo("Nordstern Größe ✓");
    }

    @Test
    void aSellerMayHaveNoShop() {
        JsonNode data =
                Json.read(client.shops(token(SimulatedSeller.NO_SHOP)).body()).get("data");
        assertThat(data.get("shops")).isEmpty();
    }

    @Test
    void aCreatorHasNoShopList() {
        assertRefused(client.shops(token(SimulatedSeller.CREATOR)), 400, 101000);
    }

    @Test
    void anUnknownARevokedAndAnExpiredTokenAreToldApart() {
        assertRefused(client.shops("ROW_unknown"), 401, 105001);
        String token = token(SimulatedSeller.ONE_SHOP);
        simulator.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        assertRefused(client.shops(token), 401, 105002);
        simulator.revoke(SimulatedSeller.ONE_SHOP);
        assertRefused(client.shops(token), 401, 105001);
    }

    @Test
    void anAccessTokenEndsWithItsTime() {
        String token = token(SimulatedSeller.ONE_SHOP);
        simulator.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(TestClient.code(client.shops(token))).isZero();
        simulator.advance(Duration.ofSeconds(1));
        assertRefused(client.shops(token), 401, 105002);
    }

    @Test
    void aMissingTokenHeaderIsAnInvalidHeader() {
        HttpRequest request = client.signed("GET", TestClient.SHOPS, Map.of(), "", "", "application/json");
        HttpResponse<String> answer = client.send(request);
        assertRefused(answer, 400, 36009004);
        assertThat(answer.body()).contains("access_token").contains("header is invalid");
    }

    @Test
    void aShopCipherOnTheShopListIsRefused() {
        HttpRequest request = client.signed(
                "GET",
                TestClient.SHOPS,
                Map.of("shop_cipher", "ROW_x"),
                "",
                token(SimulatedSeller.ONE_SHOP),
                "application/json");
        assertRefused(client.send(request), 400, 36009004);
    }

    @ParameterizedTest
    @CsvSource({"-301, 36009004", "-300, 0", "0, 0", "30, 0", "31, 36009004"})
    void theTimestampHasAWindow(long seconds, int code) {
        String token = token(SimulatedSeller.ONE_SHOP);
        Map<String, String> query = signedShopQuery(start.plusSeconds(seconds));
        HttpResponse<String> answer = sendShops(query, token);
        assertThat(TestClient.code(answer)).isEqualTo(code);
        if (code != 0) {
            assertThat(answer.body()).contains("timestamp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "1795000000000"})
    void theTimestampMustBeInSeconds(String timestamp) {
        Map<String, String> query = signedShopQuery(start);
        query.put("timestamp", timestamp);
        HttpResponse<String> answer = sendShops(query, token(SimulatedSeller.ONE_SHOP));
        assertRefused(answer, 400, 36009004);
        assertThat(answer.body()).contains("timestamp");
    }

    @Test
    void aWrongAppKeyIsToldBeforeTheSignature() {
        Map<String, String> query = signedShopQuery(start);
        query.put("app_key", "other");
        HttpResponse<String> answer = sendShops(query, token(SimulatedSeller.ONE_SHOP));
        assertRefused(answer, 400, 36009004);
        assertThat(answer.body()).contains("app_key");
        assertThat(simulator.counters().rejectedSignatures()).isZero();
    }

    @Test
    void aWrongSignatureIsRefusedAndCounted() {
        String token = token(SimulatedSeller.ONE_SHOP);
        Map<String, String> query = signedShopQuery(start);
        String sign = Objects.requireNonNull(query.get("sign"));
        query.put("sign", sign.toUpperCase(Locale.ROOT));
        assertRefused(sendShops(query, token), 401, 106001);
        query.put("sign", sign);
        query.put("locale", "en");
        assertRefused(sendShops(query, token), 401, 106001);
        query.remove("locale");
        query.remove("sign");
        assertRefused(sendShops(query, token), 400, 36009004);
        assertThat(simulator.counters().rejectedSignatures()).isEqualTo(3);
        query.put("sign", sign);
        assertThat(TestClient.code(sendShops(query, token))).isZero();
    }

    private Map<String, String> signedShopQuery(Instant at) {
        return TestSigner.sign(
                client.key(), client.secret(), TestClient.SHOPS, Map.of(), "application/json", new byte[0], at);
    }

    private HttpResponse<String> sendShops(Map<String, String> query, String token) {
        return client.send(client.request(TestClient.SHOPS, query)
                .header("x-tts-access-token", token)
                .header("Content-Type", "application/json")
                .build());
    }

    @Test
    void productsAreThoseOfTheShopPageByPage() {
        SimulatedShop shop = SimulatedShop.local("Big", "GB").withProducts(23);
        simulator.add(SimulatedSeller.of("big", "Big", "GB", shop));
        String token = token("big");
        Set<String> ids = new HashSet<>();
        String page = "";
        for (int expected : new int[] {10, 10, 3}) {
            Map<String, String> query = new HashMap<>(Map.of("shop_cipher", shop.cipher(), "page_size", "10"));
            if (!page.isEmpty()) {
                query.put("page_token", page);
            }
            HttpResponse<String> answer = client.send(client.signed(
                    "POST", TestClient.PRODUCTS, query, "{\"status\":\"ALL\"}", token, "application/json"));
            JsonNode data = Json.read(answer.body()).get("data");
            assertThat(data.get("total_count").asInt()).isEqualTo(23);
            assertThat(data.get("products")).hasSize(expected);
            data.get("products").forEach(product -> ids.add(product.get("id").asText()));
            page = data.get("next_page_token").asText();
        }
        assertThat(page).isEmpty();
        assertThat(ids).hasSize(23);
        assertThat(simulator.counters().productSearches()).isEqualTo(3);
    }

    @Test
    void productsAreSearchedByStatus() {
        SimulatedSeller seller = simulator.seller(SimulatedSeller.ONE_SHOP);
        HttpResponse<String> answer =
                client.products(token(seller.id()), seller.shops().get(0).cipher(), "{\"status\":\"DRAFT\"}");
        JsonNode products = Json.read(answer.body()).get("data").get("products");
        assertThat(products).hasSize(3);
        assertThat(StreamSupport.stream(products.spliterator(), false))
                .allSatisfy(
                        product -> assertThat(product.get("status").asText()).isEqualTo("DRAFT"));
    }

    @Test
    void aProductSearchWithoutOrWithAForeignCipherIsRefused() {
        String token = token(SimulatedSeller.ONE_SHOP);
        HttpRequest without =
                client.signed("POST", TestClient.PRODUCTS, Map.of("page_size", "10"), "{}", token, "application/json");
        assertRefused(client.send(without), 400, 106013);
        String foreign =
                simulator.seller(SimulatedSeller.ANOTHER_SHOP).shops().get(0).cipher();
        assertRefused(client.products(token, foreign, "{}"), 400, 101000);
    }

    @Test
    void aProductSearchSignsItsBody() {
        String cipher =
                simulator.seller(SimulatedSeller.ONE_SHOP).shops().get(0).cipher();
        String token = token(SimulatedSeller.ONE_SHOP);
        HttpRequest signed = client.signed(
                "POST",
                TestClient.PRODUCTS,
                Map.of("page_size", "10", "shop_cipher", cipher),
                "{\"status\":\"ALL\"}",
                token,
                "application/json");
        HttpRequest changed = HttpRequest.newBuilder(signed, (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofString("{\"status\":\"DRAFT\"}"))
                .build();
        assertRefused(client.send(changed), 401, 106001);
        assertThat(TestClient.code(client.send(signed))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"{}, text/plain, 36009023", "[], application/json, 36009022", "{, application/json, 36009022"})
    void aProductSearchWantsAJsonObject(String body, String contentType, int code) {
        String cipher =
                simulator.seller(SimulatedSeller.ONE_SHOP).shops().get(0).cipher();
        HttpRequest request = client.signed(
                "POST",
                TestClient.PRODUCTS,
                Map.of("page_size", "10", "shop_cipher", cipher),
                body,
                token(SimulatedSeller.ONE_SHOP),
                contentType);
        assertRefused(client.send(request), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "ten"})
    void thePageSizeHasBounds(String size) {
        String cipher =
                simulator.seller(SimulatedSeller.ONE_SHOP).shops().get(0).cipher();
        HttpRequest request = client.signed(
                "POST",
                TestClient.PRODUCTS,
                Map.of("page_size", size, "shop_cipher", cipher),
                "{}",
                token(SimulatedSeller.ONE_SHOP),
                "application/json");
        assertRefused(client.send(request), 400, 36009004);
    }

    @Test
    void aMissingScopeIsRefused() {
        simulator.add(simulator.seller(SimulatedSeller.ONE_SHOP).withScopes("seller.authorization.info"));
        String cipher =
                simulator.seller(SimulatedSeller.ONE_SHOP).shops().get(0).cipher();
        String token = token(SimulatedSeller.ONE_SHOP);
        assertThat(TestClient.code(client.shops(token))).isZero();
        assertRefused(client.products(token, cipher, "{}"), 401, 105005);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /authorization/202309/shop, 404, 36009009",
        "GET, //authorization/202309/shops, 404, 36009009",
        "GET, /authorization/202212/shops, 400, 36009014",
        "POST, /authorization/202309/shops, 400, 36009010",
        "GET, /product/202309/products/search, 400, 36009010",
    })
    void wrongPathsMethodsAndVersionsAreToldApart(String method, String path, int status, int code) {
        HttpRequest request =
                client.signed(method, path, Map.of(), "", token(SimulatedSeller.ONE_SHOP), "application/json");
        assertRefused(client.send(request), status, code);
        assertThat(simulator.counters().unknownPaths()).isEqualTo(1);
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() {
        HttpRequest request =
                client.signed("HEAD", "/echo/202309/x", Map.of(), "", token(SimulatedSeller.ONE_SHOP), "text/plain");
        HttpResponse<String> answer = client.send(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theEchoChecksTheSignatureOfAnyPathAndTellsWhatCame() {
        String token = token(SimulatedSeller.ONE_SHOP);
        String path = "/echo/202309/a//b%20c";
        Map<String, String> query = Map.of("q", "+ / = & % ü 😀", "empty", "", "\uFF5E", "1", "\uD83D\uDE00", "2");
        HttpResponse<String> answer =
                client.send(client.signed("PUT", path, query, "Größe", token, "text/plain; charset=utf-8"));
        JsonNode data = Json.read(answer.body()).get("data");
        assertThat(data.get("path").asText()).isEqualTo(path);
        assertThat(data.get("method").asText()).isEqualTo("PUT");
        assertThat(data.get("content_type").asText()).isEqualTo("text/plain");
        assertThat(data.get("body_bytes").asInt()).isEqualTo(7);
        query.forEach((name, value) ->
                assertThat(data.get("parameters").get(name).asText()).isEqualTo(value));
    }
}
