package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.OddTokenResponse;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedShop;
import io.github.tiktokauth.simulator.SimulatorBuilder;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library's real HTTP against the simulator: neither may need what the other does not give. */
class LibraryAgainstSimulatorTest {

    private final ManualTime time = new ManualTime();
    private TikTokSimulator simulator =
            TikTokSimulator.builder().clock(time.wall()).start();
    private TikTokAuth auth = library(Map.of());

    @AfterEach
    void close() {
        auth.close();
        simulator.close();
    }

    private void restart(SimulatorBuilder builder) {
        close();
        simulator = builder.clock(time.wall()).start();
        auth = library(Map.of());
    }

    private TikTokAuth library(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(simulator.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k1"));
        settings.putAll(changes);
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(new InMemoryTokenStore(time.wall()))
                .stateStore(new InMemoryStateStore(time.wall()))
                .clock(time.wall())
                .refreshExecutor(Runnable::run)
                // The cache counts real time, which a clock moved by hand does not.
                .cacheTtl(Duration.ZERO)
                .build();
    }

    private SimulatedCallback consent(String userId, String sellerId) {
        return simulator.allow(auth.initiate(userId).authUrl(), sellerId);
    }

    private ShopInfo connect(String userId, String sellerId) {
        SimulatedCallback back = consent(userId, sellerId);
        return auth.callback(userId, back.code(), back.state()).shop();
    }

    private static CallbackRejectedException.Rejection rejected(Callable<?> call) {
        try {
            call.call();
        } catch (CallbackRejectedException e) {
            return e.rejection();
        } catch (Exception e) {
            throw new AssertionError("not a rejection", e);
        }
        throw new AssertionError("not rejected");
    }

    @Test
    void theWholePathWorks() {
        ShopInfo shop = connect("alice", SimulatedSeller.ONE_SHOP);
        assertThat(shop.shopName()).isEqualTo("Teapot & Co London");
        AccessToken token = auth.getValidAccessToken("alice");
        ApiClient client = new ApiClient(simulator);
        String cipher = Objects.requireNonNull(token.shopCipher());
        assertThat(client.products(token.value(), cipher)).isZero();

        simulator.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        assertThat(client.products(token.value(), cipher)).isEqualTo(105002);
        AccessToken other = auth.replaceRefusedToken("alice", token);
        assertThat(client.products(other.value(), cipher)).isZero();
        assertThat(simulator.counters().rejectedSignatures()).isZero();
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
        assertThat(auth.disconnect("alice")).isTrue();
    }

    @Test
    void nothingIsSentThatIsNotAsked() {
        connect("alice", SimulatedSeller.ONE_SHOP);
        auth.refresh("alice");
        assertThat(simulator.requests().last())
                .extracting(request -> request.path() + " " + request.parameters())
                .containsExactly(
                        "/api/v2/token/get [app_key, app_secret, auth_code, grant_type]",
                        "/authorization/202309/shops [app_key, sign, timestamp]",
                        "/api/v2/token/refresh [app_key, app_secret, grant_type, refresh_token]");
    }

    @Test
    void aDenialConnectsNothingAndSendsNothing() {
        SimulatedCallback back = simulator.deny(auth.initiate("alice").authUrl());
        assertThat(rejected(() -> auth.callback(
                        CallbackRequest.of("alice", back.code(), back.state()).withError(back.error()))))
                .isEqualTo(CallbackRejectedException.Rejection.DENIED);
        assertThat(simulator.requests().last()).isEmpty();
    }

    @Test
    void anInstallationFromTheAppStoreIsNotAttachedByItself() {
        SimulatedCallback back = simulator.authorizeFromAppStore(SimulatedSeller.ONE_SHOP);
        assertThat(rejected(() -> auth.callback("alice", back.code(), back.state())))
                .isEqualTo(CallbackRejectedException.Rejection.STATE_MISSING);
        assertThat(simulator.counters().exchanges()).isZero();
    }

    @Test
    void accountsWithoutAShopAreTurnedAway() {
        assertThat(rejected(() -> connect("alice", SimulatedSeller.NO_SHOP)))
                .isEqualTo(CallbackRejectedException.Rejection.NO_SHOP);
        assertThat(rejected(() -> connect("alice", SimulatedSeller.CREATOR)))
                .isEqualTo(CallbackRejectedException.Rejection.NOT_A_SELLER);
        assertThat(auth.status("alice").connected()).isFalse();
        assertThat(connect("alice", SimulatedSeller.NAMELESS).region()).isEqualTo("US");
    }

    @Test
    void oneOfSeveralShopsCanBeChosen() {
        List<SimulatedShop> shops =
                simulator.seller(SimulatedSeller.SEVERAL_SHOPS).shops();
        SimulatedCallback back = consent("alice", SimulatedSeller.SEVERAL_SHOPS);
        ShopInfo shop = auth.callback(
                        CallbackRequest.of("alice", back.code(), back.state()).withRegion("DE"))
                .shop();
        assertThat(shop.shopId()).isEqualTo(shops.get(2).id());
        assertThat(shop.shopName()).isEqualTo("Nordstern Größe ✓");
        assertThat(shop.shopCipher()).isEqualTo(shops.get(2).cipher());
    }

    @Test
    void aUsedOrAbandonedCodeIsRefused() {
        SimulatedCallback back = consent("alice", SimulatedSeller.ONE_SHOP);
        assertThat(new ApiClient(simulator).exchange(back.code())).isZero();
        assertThat(rejected(() -> auth.callback("alice", back.code(), back.state())))
                .isEqualTo(CallbackRejectedException.Rejection.CODE_REFUSED);
    }

    @Test
    void theAppKeyInPlaceOfTheServiceIdIsNoticedByThePage() {
        auth.close();
        auth = library(Map.of("TIKTOK_SERVICE_ID", "1234567890"));
        AuthorizationRequest request = auth.initiate("alice");
        assertThatThrownBy(() -> simulator.allow(request.authUrl()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The service does not exist.");
    }

    @Test
    void aWrongSecretIsAMatterOfConfiguration() {
        auth.close();
        auth = library(Map.of("TIKTOK_CLIENT_SECRET", "wrong"));
        assertThatThrownBy(() -> connect("alice", SimulatedSeller.ONE_SHOP)).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @EnumSource(RefreshTokenRotation.class)
    void aYearOfRefreshesNeverReusesASpentToken(RefreshTokenRotation rotation) {
        restart(TikTokSimulator.builder().rotation(rotation).oldAccessTokensLive(false));
        connect("alice", SimulatedSeller.ONE_SHOP);
        ApiClient client = new ApiClient(simulator);
        for (int week = 0; week < 52; week++) {
            AccessToken token = auth.getValidAccessToken("alice");
            assertThat(client.shops(token.value())).isZero();
            time.advance(Duration.ofDays(7));
        }
        assertThat(simulator.counters().refreshed()).isEqualTo(51);
        assertThat(simulator.counters().reusedRefreshTokens()).isZero();
        time.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> auth.getValidAccessToken("alice")).isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void manyThreadsShareOneRefresh() throws Exception {
        restart(TikTokSimulator.builder().rotation(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION));
        connect("alice", SimulatedSeller.ONE_SHOP);
        time.advance(Duration.ofDays(8));
        Gate gate = new Gate();
        simulator.faults().always(SimulatedEndpoint.REFRESH, Fault.heldAfter(gate));
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<AccessToken>> tokens = java.util.stream.Stream.generate(
                            () -> threads.submit(() -> auth.getValidAccessToken("alice")))
                    .limit(32)
                    .toList();
            gate.awaitArrivals(1);
            gate.open();
            for (Future<AccessToken> token : tokens) {
                assertThat(token.get().value())
                        .isEqualTo(simulator
                                .tokensOf(SimulatedSeller.ONE_SHOP)
                                .orElseThrow()
                                .accessToken());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void strangeAnswersConnectNothing() {
        List<Fault> strange = List.of(
                Fault.html(200),
                Fault.html(503),
                Fault.empty(200),
                Fault.oversized(2_000_000),
                Fault.data("null"),
                Fault.data("[]"),
                Fault.without("access_token"),
                Fault.without("refresh_token"),
                Fault.redirect(simulator.url() + "/api/v2/token/get"),
                Fault.lost(),
                Fault.cutShort(),
                Fault.dropped());
        for (Fault fault : strange) {
            simulator.faults().once(SimulatedEndpoint.EXCHANGE, fault);
            assertThatThrownBy(() -> connect("alice", SimulatedSeller.ONE_SHOP))
                    .isInstanceOf(TikTokUnavailableException.class);
        }
        assertThat(simulator.counters().exchanges()).isEqualTo(strange.size());
        assertThat(simulator.faults().pending(SimulatedEndpoint.EXCHANGE)).isZero();
        assertThat(auth.status("alice").connected()).isFalse();
        simulator
                .faults()
                .once(SimulatedEndpoint.EXCHANGE, Fault.without("granted_scopes", "seller_name", "user_type"));
        assertThat(connect("alice", SimulatedSeller.ONE_SHOP).scope()).isNull();
    }

    @ParameterizedTest
    @EnumSource(OddTokenResponse.class)
    void anOddAnswerToAnExchangeConnectsWithBothTokens(OddTokenResponse odd) {
        simulator.faults().once(SimulatedEndpoint.EXCHANGE, odd.fault());
        if (odd.name().contains("_TOKEN_")) {
            assertThatThrownBy(() -> connect("alice", SimulatedSeller.ONE_SHOP))
                    .isInstanceOf(TikTokUnavailableException.class);
            return;
        }
        connect("alice", SimulatedSeller.ONE_SHOP);
        assertThat(auth.getValidAccessToken("alice").value()).isEqualTo(presentToken());
        assertThat(simulator.counters().refreshes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(OddTokenResponse.class)
    void anOddAnswerToARefreshCostsNoAuthorization(OddTokenResponse odd) {
        restart(TikTokSimulator.builder()
                .rotation(
                        odd.name().startsWith("REFRESH_TOKEN")
                                ? RefreshTokenRotation.OLD_STAYS_VALID
                                : RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION));
        connect("alice", SimulatedSeller.ONE_SHOP);
        time.advance(Duration.ofDays(8));
        simulator.faults().once(SimulatedEndpoint.REFRESH, odd.fault());
        boolean hasToken = !odd.name().startsWith("ACCESS_TOKEN");
        if (!hasToken) {
            assertThatThrownBy(() -> auth.getValidAccessToken("alice")).isInstanceOf(TikTokUnavailableException.class);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(auth.getValidAccessToken("alice").value()).isEqualTo(presentToken());
        }
        assertThat(simulator.counters().refreshes()).isEqualTo(hasToken ? 1 : 2);
        time.advance(Duration.ofDays(8));
        assertThat(auth.getValidAccessToken("alice").value()).isEqualTo(presentToken());
        assertThat(simulator.counters().refreshed()).isEqualTo(hasToken ? 2 : 3);
    }

    private String presentToken() {
        return simulator.tokensOf(SimulatedSeller.ONE_SHOP).orElseThrow().accessToken();
    }

    @Test
    void aTokenSoonToExpireIsServedWhileTikTokFails() {
        connect("alice", SimulatedSeller.ONE_SHOP);
        AccessToken first = auth.getValidAccessToken("alice");
        time.advance(Duration.ofDays(7).minusHours(1));
        simulator.faults().always(SimulatedEndpoint.REFRESH, Fault.rateLimited(60));
        assertThat(auth.getValidAccessToken("alice")).isEqualTo(first);
        assertThat(auth.getValidAccessToken("alice")).isEqualTo(first);
        assertThat(simulator.counters().refreshes()).isEqualTo(1);
        time.advance(Duration.ofSeconds(61));
        simulator.faults().clear();
        auth.getValidAccessToken("alice");
        assertThat(auth.getValidAccessToken("alice").value()).isNotEqualTo(first.value());
        assertThat(simulator.counters().refreshes()).isEqualTo(2);
    }

    @Test
    void aLostAnswerWithReuseDetectionEndsInANewConsent() {
        restart(TikTokSimulator.builder().rotation(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION));
        connect("alice", SimulatedSeller.ONE_SHOP);
        time.advance(Duration.ofDays(8));
        simulator.faults().once(SimulatedEndpoint.REFRESH, Fault.lost());
        assertThatThrownBy(() -> auth.getValidAccessToken("alice")).isInstanceOf(TikTokUnavailableException.class);
        time.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> auth.getValidAccessToken("alice")).isInstanceOf(AuthorizationRequiredException.class);
        connect("alice", SimulatedSeller.ONE_SHOP);
        assertThat(auth.getValidAccessToken("alice").value())
                .isEqualTo(simulator
                        .tokensOf(SimulatedSeller.ONE_SHOP)
                        .orElseThrow()
                        .accessToken());
    }

    @Test
    void aRevokedAuthorizationAsksForANewConsent() {
        connect("alice", SimulatedSeller.ONE_SHOP);
        simulator.revoke(SimulatedSeller.ONE_SHOP);
        assertThatThrownBy(() -> auth.refresh("alice"))
                .isInstanceOf(AuthorizationRequiredException.class)
                .extracting(e -> ((AuthorizationRequiredException) e)
                        .tikTokError()
                        .orElseThrow()
                        .code())
                .isEqualTo(36004005L);
    }
}
