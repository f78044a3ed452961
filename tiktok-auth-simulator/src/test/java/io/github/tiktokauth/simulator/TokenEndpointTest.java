package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {

    private final Instant start = Instant.parse("2026-11-22T10:00:00.700Z");
    private TikTokSimulator simulator =
            TikTokSimulator.builder().clock(() -> start).start();
    private TestClient client = new TestClient(simulator);

    private void restart(SimulatorBuilder builder) {
        simulator.close();
        simulator = builder.clock(() -> start).start();
        client = new TestClient(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aCodeBuysTokensWithAbsoluteSeconds() {
        JsonNode answer = client.exchange(simulator.allow(client.authUrl("s")).code());
        assertThat(answer.get("code").asInt()).isZero();
        assertThat(answer.get("request_id").asText()).isNotEmpty();
        JsonNode data = answer.get("data");
        long now = start.getEpochSecond();
        assertThat(data.get("access_token_expire_in").asLong()).isEqualTo(now + 7 * 86_400);
        assertThat(data.get("refresh_token_expire_in").asLong()).isEqualTo(now + 365 * 86_400);
        assertThat(data.get("access_token").asText()).startsWith("ROW_").hasSize(96);
        assertThat(data.get("seller_name").asText()).isEqualTo("Teapot & Co");
        assertThat(data.get("seller_base_region").asText()).isEqualTo("GB");
        assertThat(data.get("user_type").asInt()).isZero();
        assertThat(data.get("granted_scopes")).extracting(JsonNode::asText).contains("seller.authorization.info");
        assertThat(data.get("open_id").asText())
                .isEqualTo(simulator.seller(SimulatedSeller.ONE_SHOP).openId());
    }

    @Test
    void aLongAuthorizationEndsBeyondTwoToThe32() {
        restart(TikTokSimulator.builder().refreshTokenLifetime(Duration.ofDays(99 * 365)));
        long end = client.connect(SimulatedSeller.ONE_SHOP)
                .get("refresh_token_expire_in")
                .asLong();
        assertThat(end).isGreaterThan(1L << 32);
    }

    @Test
    void nameAndRegionMayBeMissing() {
        JsonNode data = client.connect(SimulatedSeller.NAMELESS);
        assertThat(data.get("seller_name").isNull()).isTrue();
        assertThat(data.has("seller_base_region")).isFalse();
    }

    @Test
    void aCodeWorksOnce() {
        String code = simulator.allow(client.authUrl("s")).code();
        assertThat(client.exchange(code).get("code").asInt()).isZero();
        assertThat(client.exchange(code).get("code").asInt()).isEqualTo(36004004);
        assertThat(simulator.counters().exchanges()).isEqualTo(2);
        assertThat(simulator.counters().exchanged()).isEqualTo(1);
    }

    @Test
    void aCodeLivesThirtyMinutes() {
        String code = simulator.allow(client.authUrl("s")).code();
        String other = simulator.allow(client.authUrl("s")).code();
        simulator.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(client.exchange(code).get("code").asInt()).isZero();
        simulator.advance(Duration.ofMillis(1));
        assertThat(client.exchange(other).get("code").asInt()).isEqualTo(36004004);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "unknown"})
    void aCodeThatWasNeverGivenIsRefused(String code) {
        JsonNode answer = client.exchange(code);
        assertThat(answer.get("code").asInt()).isEqualTo(36004004);
        assertThat(answer.has("data")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "app_key, 7345678901234567890",
        "app_secret, wrong",
        "grant_type, authorization_code",
        "auth_code, ''",
    })
    void aWrongParameterOfTheExchangeIsRefusedAndSpendsNothing(String name, String value) {
        String code = simulator.allow(client.authUrl("s")).code();
        Map<String, String> parameters = client.exchangeParameters(code);
        parameters.put(name, value);
        assertParameterRefused(client.get("/api/v2/token/get", parameters));
        parameters.remove(name);
        assertParameterRefused(client.get("/api/v2/token/get", parameters));
        assertThat(client.exchange(code).get("code").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"app_key, x", "app_secret, wrong", "grant_type, authorized_code", "refresh_token, ''"})
    void aWrongParameterOfTheRefreshIsRefused(String name, String value) {
        String token =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        Map<String, String> parameters = client.refreshParameters(token);
        parameters.put(name, value);
        assertParameterRefused(client.get("/api/v2/token/refresh", parameters));
        parameters.remove(name);
        assertParameterRefused(client.get("/api/v2/token/refresh", parameters));
    }

    private static void assertParameterRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestClient.code(answer)).isEqualTo(98001004);
    }

    @Test
    void aRepeatedParameterIsRefused() {
        String code = simulator.allow(client.authUrl("s")).code();
        String query = "?app_key=" + client.key() + "&app_secret=" + client.secret() + "&auth_code=" + code
                + "&grant_type=authorized_code&grant_type=authorized_code";
        assertParameterRefused(client.get("/api/v2/token/get" + query, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/token/get", "/api/v2/token/refresh"})
    void aPostIsAnsweredWithPlainText(String path) {
        HttpResponse<String> answer = client.send(client.request(path, Map.of())
                .POST(BodyPublishers.ofString("{}"))
                .build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body()).doesNotContain("{");
    }

    @Test
    void aRefreshGivesANewAccessTokenAndDoesNotExtendTheAuthorization() {
        JsonNode first = client.connect(SimulatedSeller.ONE_SHOP);
        simulator.advance(Duration.ofDays(6));
        JsonNode second = client.refresh(first.get("refresh_token").asText()).get("data");
        assertThat(second.get("access_token")).isNotEqualTo(first.get("access_token"));
        assertThat(second.get("refresh_token")).isEqualTo(first.get("refresh_token"));
        assertThat(second.get("refresh_token_expire_in")).isEqualTo(first.get("refresh_token_expire_in"));
        assertThat(second.get("access_token_expire_in").asLong()).isEqualTo(start.getEpochSecond() + 13 * 86_400);
    }

    @Test
    void anUnknownRefreshTokenIsRefused() {
        assertThat(client.refresh("ROW_unknown").get("code").asInt()).isEqualTo(36004005);
    }

    @Test
    void aRefreshTokenEndsWithTheAuthorization() {
        String token =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        simulator.advance(Duration.ofDays(365));
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004001);
    }

    @Test
    void aSellerCanEndTheTimeAndTheAuthorization() {
        String token =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        simulator.expireAuthorizations(SimulatedSeller.ONE_SHOP);
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004001);
        assertThat(simulator.revoke(SimulatedSeller.ONE_SHOP)).isTrue();
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004005);
        assertThat(simulator.revoke(SimulatedSeller.ONE_SHOP)).isFalse();
        assertThat(simulator.tokensOf(SimulatedSeller.ONE_SHOP)).isEmpty();
    }

    @Test
    void rotationMayLeaveTheOldTokenValid() {
        restart(TikTokSimulator.builder().rotation(RefreshTokenRotation.OLD_STAYS_VALID));
        String old =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        String next = client.refresh(old).get("data").get("refresh_token").asText();
        assertThat(next).isNotEqualTo(old);
        assertThat(client.refresh(old).get("code").asInt()).isZero();
        assertThat(client.refresh(next).get("code").asInt()).isZero();
        assertThat(simulator.counters().reusedRefreshTokens()).isEqualTo(1);
    }

    @Test
    void rotationMayRefuseTheOldTokenOnly() {
        restart(TikTokSimulator.builder().rotation(RefreshTokenRotation.OLD_IS_REFUSED));
        String old =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        String next = client.refresh(old).get("data").get("refresh_token").asText();
        assertThat(client.refresh(old).get("code").asInt()).isEqualTo(36004005);
        assertThat(client.refresh(next).get("code").asInt()).isZero();
    }

    @Test
    void rotationMayEndTheWholeAuthorizationWhenAnOldTokenIsReused() {
        restart(TikTokSimulator.builder().rotation(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION));
        String old =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        JsonNode next = client.refresh(old).get("data");
        assertThat(client.refresh(old).get("code").asInt()).isEqualTo(36004005);
        assertThat(client.refresh(next.get("refresh_token").asText())
                        .get("code")
                        .asInt())
                .isEqualTo(36004005);
        assertThat(TestClient.code(client.shops(next.get("access_token").asText())))
                .isEqualTo(105001);
        assertThat(simulator.counters().reusedRefreshTokens()).isEqualTo(1);
        assertThat(simulator.counters().refreshed()).isEqualTo(1);
        assertThat(simulator.counters().refreshes()).isEqualTo(3);
        assertThat(simulator.counters().maxRefreshesInFlightPerSeller()).isEqualTo(1);
        assertThat(simulator.requests().refreshesWith(old)).isEqualTo(2);
        assertThat(simulator.requests().refreshesOf(SimulatedSeller.ONE_SHOP)).isEqualTo(3);
    }

    @Test
    void aRefreshMayEndOldAccessTokens() {
        JsonNode first = client.connect(SimulatedSeller.ONE_SHOP);
        client.refresh(first.get("refresh_token").asText());
        assertThat(TestClient.code(client.shops(first.get("access_token").asText())))
                .isZero();

        restart(TikTokSimulator.builder().oldAccessTokensLive(false));
        first = client.connect(SimulatedSeller.ONE_SHOP);
        JsonNode second = client.refresh(first.get("refresh_token").asText()).get("data");
        assertThat(TestClient.code(client.shops(first.get("access_token").asText())))
                .isEqualTo(105001);
        assertThat(TestClient.code(client.shops(second.get("access_token").asText())))
                .isZero();
    }

    @Test
    void aNewConsentMayEndOlderOnes() {
        String old =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        client.connect(SimulatedSeller.ONE_SHOP);
        assertThat(client.refresh(old).get("code").asInt()).isZero();

        restart(TikTokSimulator.builder().newConsentEndsOlder(true));
        old = client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        String other = client.connect(SimulatedSeller.ANOTHER_SHOP)
                .get("refresh_token")
                .asText();
        String next =
                client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
        assertThat(client.refresh(old).get("code").asInt()).isEqualTo(36004005);
        assertThat(client.refresh(other).get("code").asInt()).isZero();
        assertThat(client.refresh(next).get("code").asInt()).isZero();
    }

    @Test
    void theCurrentPairCanBeAskedFor() {
        JsonNode first = client.connect(SimulatedSeller.ONE_SHOP);
        client.refresh(first.get("refresh_token").asText());
        SimulatedTokens now = simulator.tokensOf(SimulatedSeller.ONE_SHOP).orElseThrow();
        assertThat(now.accessToken()).isNotEqualTo(first.get("access_token").asText());
        assertThat(TestClient.code(client.shops(now.accessToken()))).isZero();
        assertThat(now.toString()).doesNotContain(now.accessToken()).doesNotContain(now.refreshToken());
    }

    @Test
    void authorizationsCanBeSeeded() {
        SimulatedTokens seeded = simulator.seedAuthorization(
                SimulatedSeller.withOneShop("u-1"), start.minusSeconds(60), start.plus(Duration.ofDays(30)));
        assertThat(TestClient.code(client.shops(seeded.accessToken()))).isEqualTo(105002);
        JsonNode fresh = client.refresh(seeded.refreshToken()).get("data");
        assertThat(fresh.get("open_id").asText()).isEqualTo(seeded.openId());
        assertThat(TestClient.code(client.shops(fresh.get("access_token").asText())))
                .isZero();
    }

    @Test
    void tokensCanBeLongAndMarked() {
        restart(TikTokSimulator.builder().tokenLength(6000).tokenMark("MARKED"));
        SimulatedCallback callback = simulator.allow(client.authUrl("s"));
        assertThat(callback.code()).contains("MARKED");
        JsonNode data = client.exchange(callback.code()).get("data");
        assertThat(data.get("access_token").asText()).contains("MARKED").hasSize(6000);
        assertThat(data.get("refresh_token").asText()).contains("MARKED").hasSize(6000);
    }
}
