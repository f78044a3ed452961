package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    private final TikTokSimulator simulator = TikTokSimulator.builder()
            .rotation(RefreshTokenRotation.OLD_IS_REFUSED)
            .start();
    private final TestClient client = new TestClient(simulator);
    private final FaultScript faults = simulator.faults();

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> sendRefresh(String token) {
        return client.get("/api/v2/token/refresh", client.refreshParameters(token));
    }

    private String connected() {
        return client.connect(SimulatedSeller.ONE_SHOP).get("refresh_token").asText();
    }

    @Test
    void aFaultAnswersInsteadOfDoingTheWork() {
        String token = connected();
        faults.times(2, SimulatedEndpoint.REFRESH, Fault.error(200, 36009003, "internal error"));
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36009003);
        assertThat(faults.pending(SimulatedEndpoint.REFRESH)).isEqualTo(1);
        assertThat(client.refresh(token).get("data").isNull()).isTrue();
        assertThat(simulator.counters().refreshed()).isZero();
        assertThat(client.refresh(token).get("code").asInt()).isZero();
    }

    @Test
    void faultsForTheNextCallsComeBeforeThoseThatLast() {
        String token = connected();
        faults.always(SimulatedEndpoint.REFRESH, Fault.unavailable().retryAfter("7"));
        faults.once(SimulatedEndpoint.REFRESH, Fault.rateLimited(3));
        HttpResponse<String> first = sendRefresh(token);
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("3");
        assertThat(TestClient.code(first)).isEqualTo(36009002);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> next = sendRefresh(token);
            assertThat(next.statusCode()).isEqualTo(503);
            assertThat(next.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(next.body()).startsWith("<!DOCTYPE html>");
        }
        faults.clear(SimulatedEndpoint.REFRESH);
        assertThat(client.refresh(token).get("code").asInt()).isZero();
    }

    @Test
    void faultsStayAtTheirEndpoint() {
        faults.always(SimulatedEndpoint.EXCHANGE, Fault.empty(200));
        faults.always(SimulatedEndpoint.PRODUCTS, Fault.html(200));
        SimulatedTokens tokens = simulator.seedAuthorization(
                simulator.seller(SimulatedSeller.ONE_SHOP),
                simulator.now().plusSeconds(60),
                simulator.now().plusSeconds(600));
        String cipher =
                simulator.seller(SimulatedSeller.ONE_SHOP).shops().get(0).cipher();
        assertThat(client.products(tokens.accessToken(), cipher, "{}").body()).startsWith("<!DOCTYPE");
        assertThat(TestClient.code(client.shops(tokens.accessToken()))).isZero();
        String code = simulator.allow(client.authUrl("s")).code();
        assertThat(client.get("/api/v2/token/get", client.exchangeParameters(code))
                        .body())
                .isEmpty();
        faults.clear();
        assertThat(client.exchange(code).get("code").asInt()).isZero();
    }

    @Test
    void aLostAnswerSpendsTheToken() {
        String token = connected();
        faults.once(SimulatedEndpoint.REFRESH, Fault.lost());
        assertThat(client.rawGet("/api/v2/token/refresh", client.refreshParameters(token)))
                .isEmpty();
        assertThat(simulator.counters().refreshed()).isEqualTo(1);
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004005);
        assertThat(simulator.requests().last())
                .extracting(ObservedRequest::status, ObservedRequest::code, ObservedRequest::scripted)
                .endsWith(tuple(0, -1, true), tuple(200, 36004005, false));
    }

    @Test
    void aDroppedConnectionSpendsNothing() {
        String token = connected();
        faults.once(SimulatedEndpoint.REFRESH, Fault.dropped());
        assertThat(client.rawGet("/api/v2/token/refresh", client.refreshParameters(token)))
                .isEmpty();
        assertThat(simulator.counters().refreshed()).isZero();
        assertThat(client.refresh(token).get("code").asInt()).isZero();
    }

    @Test
    void anAnswerCutShortSpendsTheToken() {
        String token = connected();
        faults.once(SimulatedEndpoint.REFRESH, Fault.cutShort());
        assertThatThrownBy(() -> sendRefresh(token)).isInstanceOf(UncheckedIOException.class);
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004005);
    }

    @Test
    void anyFaultCanBeCarriedOut() {
        String token = connected();
        faults.once(SimulatedEndpoint.REFRESH, Fault.html(504).butCarriedOut());
        assertThat(sendRefresh(token).statusCode()).isEqualTo(504);
        assertThat(client.refresh(token).get("code").asInt()).isEqualTo(36004005);
    }

    @Test
    void dataOfASuccessCanBeMissingOrStrange() {
        faults.once(SimulatedEndpoint.EXCHANGE, Fault.data("null"));
        faults.once(SimulatedEndpoint.EXCHANGE, Fault.data("[]"));
        faults.once(SimulatedEndpoint.EXCHANGE, Fault.without("granted_scopes", "refresh_token"));
        faults.once(SimulatedEndpoint.EXCHANGE, Fault.with("access_token_expire_in", "604800"));
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            JsonNode answer =
                    client.exchange(simulator.allow(client.authUrl("s")).code());
            assertThat(answer.get("code").asInt()).isZero();
            answers.add(answer.get("data"));
        }
        assertThat(answers.get(0).isNull()).isTrue();
        assertThat(answers.get(1).isArray()).isTrue();
        assertThat(answers.get(2).has("granted_scopes")).isFalse();
        assertThat(answers.get(2).has("refresh_token")).isFalse();
        assertThat(answers.get(2).has("access_token")).isTrue();
        assertThat(answers.get(3).get("access_token_expire_in").asLong()).isEqualTo(604_800);
        assertThat(simulator.counters().exchanged()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(OddTokenResponse.class)
    void anOddTokenResponseIsASuccessThatDiffersInOneField(OddTokenResponse odd) {
        JsonNode good;
        JsonNode answer;
        try (TikTokSimulator still = TikTokSimulator.builder()
                .clock(() -> Instant.ofEpochSecond(1_795_000_000))
                .start()) {
            TestClient stillClient = new TestClient(still);
            good = stillClient.connect(SimulatedSeller.ONE_SHOP);
            still.faults().once(SimulatedEndpoint.REFRESH, odd.fault());
            answer = stillClient.refresh(good.get("refresh_token").asText());
            assertThat(still.counters().refreshed()).isEqualTo(1);
        }
        assertThat(answer.get("code").asText()).isEqualTo("0");
        JsonNode data = answer.get("data");
        List<String> odds = new ArrayList<>();
        good.fieldNames().forEachRemaining(field -> {
            JsonNode value = data.path(field);
            boolean token = field.equals("access_token") || field.equals("refresh_token");
            if (token ? !value.asText().matches("ROW_[\\w-]{20,}") : !value.equals(good.get(field))) {
                odds.add(field);
            }
        });
        if (odd == OddTokenResponse.CODE_AS_TEXT) {
            assertThat(answer.get("code").isTextual()).isTrue();
            assertThat(odds).isEmpty();
        } else {
            assertThat(answer.get("code").isInt()).isTrue();
            assertThat(odds).hasSize(1);
        }
    }

    @Test
    void aRefusalStaysOneWhenDataOfASuccessWouldChange() {
        faults.once(SimulatedEndpoint.REFRESH, Fault.data("{}"));
        assertThat(client.refresh("ROW_unknown").get("code").asInt()).isEqualTo(36004005);
    }

    @Test
    void anAnswerCanBeHugeOrARedirectOrAnything() {
        String token = connected();
        faults.once(SimulatedEndpoint.REFRESH, Fault.oversized(3_000_000));
        faults.once(SimulatedEndpoint.REFRESH, Fault.redirect("https://example.com/token"));
        faults.once(SimulatedEndpoint.REFRESH, Fault.answer(418, "text/plain", "short and stout"));
        assertThat(sendRefresh(token).body()).hasSizeGreaterThan(3_000_000);
        HttpResponse<String> redirect = sendRefresh(token);
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).hasValue("https://example.com/token");
        assertThat(sendRefresh(token).body()).isEqualTo("short and stout");
    }

    @Test
    void aFaultCanBeForOneSellerOnly() {
        String token = connected();
        String other = client.connect(SimulatedSeller.ANOTHER_SHOP)
                .get("refresh_token")
                .asText();
        faults.always(SimulatedEndpoint.REFRESH, Fault.unavailable().onlyFor(SimulatedSeller.ANOTHER_SHOP));
        assertThat(sendRefresh(other).statusCode()).isEqualTo(503);
        assertThat(sendRefresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void aTestDecidesWhenARequestGoesOn() {
        String token = connected();
        Gate before = new Gate();
        Gate after = new Gate();
        faults.once(SimulatedEndpoint.REFRESH, Fault.heldBefore(before));
        CompletableFuture<HttpResponse<String>> answer = refreshAsync(token);
        before.awaitArrivals(1);
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
        assertThat(simulator.counters().refreshed()).isZero();
        before.open();
        String next =
                Json.read(answer.join().body()).get("data").get("refresh_token").asText();

        faults.once(SimulatedEndpoint.REFRESH, Fault.heldAfter(after));
        answer = refreshAsync(next);
        after.awaitArrivals(1);
        assertThat(simulator.counters().refreshed()).isEqualTo(2);
        assertThat(answer).isNotDone();
        after.open();
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> refreshAsync(String token) {
        HttpRequest request = client.request("/api/v2/token/refresh", client.refreshParameters(token))
                .build();
        return client.http().sendAsync(request, BodyHandlers.ofString());
    }

    @Test
    void aGateSaysWhatDidNotCome() {
        assertThatThrownBy(() -> new Gate().awaitArrivals(2, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 of 2");
    }

    @Test
    void hundredsOfRequestsWaitAtOnceAndAreCounted() {
        int requests = 256;
        Gate gate = new Gate();
        faults.always(SimulatedEndpoint.REFRESH, Fault.heldBefore(gate));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            // Two requests of each seller.
            SimulatedSeller seller = SimulatedSeller.withOneShop("u" + i / 2);
            SimulatedTokens tokens = simulator.seedAuthorization(
                    seller, simulator.now(), simulator.now().plusSeconds(600));
            answers.add(refreshAsync(tokens.refreshToken()));
        }
        gate.awaitArrivals(requests);
        gate.open();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(TestClient.code(answer.join())).isZero());
        SimulatorCounters counters = simulator.counters();
        assertThat(counters.refreshed()).isEqualTo(requests);
        assertThat(counters.maxRefreshesInFlight()).isEqualTo(requests);
        assertThat(counters.maxRefreshesInFlightPerSeller()).isEqualTo(2);
        assertThat(simulator.requests().refreshesBySeller())
                .hasSize(requests / 2)
                .containsEntry("u7", 2);
        simulator.resetCounters();
        assertThat(simulator.counters().refreshes()).isZero();
        assertThat(simulator.counters().maxRefreshesInFlight()).isZero();
    }

    @Test
    void closingLetsNobodyWait() {
        String token = connected();
        Gate gate = new Gate();
        faults.once(SimulatedEndpoint.REFRESH, Fault.heldBefore(gate));
        CompletableFuture<HttpResponse<String>> answer = refreshAsync(token);
        gate.awaitArrivals(1);
        simulator.close();
        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void itCanGoAwayAndComeBackAsItWas() {
        String token = connected();
        simulator.goOffline();
        assertThatThrownBy(() -> sendRefresh(token)).hasCauseInstanceOf(java.net.ConnectException.class);
        simulator.goOnline();
        assertThat(client.refresh(token).get("code").asInt()).isZero();
        simulator.goOnline();
        simulator.close();
        simulator.goOnline();
        assertThatThrownBy(() -> sendRefresh(token)).hasCauseInstanceOf(java.net.ConnectException.class);
        assertThat(simulator.url().getPort()).isPositive();
    }

    @Test
    void nothingSecretIsObserved() {
        String token = connected();
        client.refresh(token);
        client.shops(simulator.tokensOf(SimulatedSeller.ONE_SHOP).orElseThrow().accessToken());
        assertThat(simulator.requests().last()).hasSize(3);
        assertThat(simulator.requests().last().toString())
                .contains("refresh_token", "one-shop", "/api/v2/token/refresh")
                .doesNotContain(token)
                .doesNotContain("ROW_")
                .doesNotContain(client.secret());
    }
}
