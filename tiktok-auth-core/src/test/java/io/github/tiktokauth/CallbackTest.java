package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.SHOP;
import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the browser's return to the stored connection. */
class CallbackTest {

    private final List<AuthorizationEvent> events = new ArrayList<>();
    private final TestHost host = new TestHost(builder -> builder.listener(events::add));

    @AfterEach
    void close() {
        host.close();
    }

    private CallbackRequest request(String code) {
        return CallbackRequest.of(USER, code, host.auth.initiate(USER).state());
    }

    private CallbackRejectedException rejected(CallbackRequest request) {
        try {
            host.auth.callback(request);
        } catch (CallbackRejectedException e) {
            assertThat(host.rows.find(USER)).as("nothing is connected").isEmpty();
            return e;
        }
        throw new AssertionError("not rejected");
    }

    @Test
    void aCallbackConnectsAndStoresWhatTiktokGave() {
        ConnectedShop connected = host.auth.callback(request("the-code"));
        assertThat(host.tikTok.codes).containsExactly("the-code");
        assertThat(connected.renewed()).isFalse();
        assertThat(connected.shop()).isEqualTo(host.auth.shopInfo(USER));
        assertThat(connected.shop().shopId()).isEqualTo("7494049642642441621");
        assertThat(connected.shop().shopName()).isEqualTo("Größe 店");
        assertThat(connected.shop().region()).isEqualTo("GB");
        assertThat(connected.shop().shopCipher()).isEqualTo("ROW_cipher");
        assertThat(connected.shop().scope()).isEqualTo("scope.a scope.b");
        TokenResponse stored = host.stored();
        assertThat(stored.accessToken()).isEqualTo("access-1");
        assertThat(stored.refreshToken()).isEqualTo("refresh-1");
        assertThat(stored.openId()).isEqualTo("open");
        assertThat(stored.accessTokenExpiresAt()).isEqualTo(ManualTime.START.plus(Duration.ofDays(7)));
        assertThat(stored.refreshTokenExpiresAt()).isEqualTo(ManualTime.START.plus(Duration.ofDays(36_500)));
        assertThat(events).containsExactly(new AuthorizationEvent.ShopConnected(USER, connected.shop()));
    }

    @Test
    void theHostsValueAndTheWishedScopeComeBack() {
        String value = "/orders?x=1&y=ü\n店 👗";
        AuthorizationRequest request = host.auth.initiate(
                AuthorizationOptions.forUser(USER).withHostState(value).withScope("seller.order.info"));
        ConnectedShop connected = host.auth.callback(USER, "c", request.state());
        assertThat(connected.hostState()).isEqualTo(value);
        assertThat(connected.requestedScope()).isEqualTo("seller.order.info");
    }

    @Test
    void withoutSuchValuesNoneComeBack() {
        ConnectedShop connected = host.connect();
        assertThat(connected.hostState()).isNull();
        assertThat(connected.requestedScope()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "null,auth_denied,DENIED",
                "-,auth_denied,DENIED",
                "a-code,access_denied,DENIED",
                "null,-,CODE_MISSING",
                "-,-,CODE_MISSING",
                "'','',CODE_MISSING",
                "' ',-,CODE_MISSING"
            })
    void aDenialChangesNothingAndLeavesTheStateOpen(String code, String error, Rejection reason) {
        CallbackRequest good = request("good-code");
        CallbackRequest denied = CallbackRequest.of(USER, code, good.state()).withError(error);
        CallbackRejectedException e = rejected(denied);
        assertThat(e.rejection()).isEqualTo(reason);
        assertThat(e.rejection().concernsState()).isFalse();
        assertThat(host.tikTok.codes).isEmpty();
        assertThat(host.auth.callback(good).shop().shopId()).isEqualTo(SHOP.shopId());
    }

    @Test
    void aDenialWithoutStateAndOfAConnectedUserChangesNothing() {
        host.connect();
        TokenResponse before = host.stored();
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> host.auth.callback(
                        CallbackRequest.of(USER, "null", null).withError("auth_denied")))
                .satisfies(e -> assertThat(e.rejection()).isEqualTo(Rejection.DENIED));
        assertThat(host.stored()).isEqualTo(before);
        assertThat(host.token()).isEqualTo("access-1");
    }

    @ParameterizedTest
    @MethodSource("hostileCodes")
    void aHostileCodeIsRefusedUnspentAndLeavesTheStateOpen(String code) {
        CallbackRequest good = request("good-code");
        assertThat(rejected(CallbackRequest.of(USER, code, good.state())).rejection())
                .isEqualTo(Rejection.CODE_REFUSED);
        assertThat(host.tikTok.codes).isEmpty();
        host.auth.callback(good);
    }

    static List<String> hostileCodes() {
        return List.of(
                "a\u0000b",
                "a\r\nX-Header: 1",
                "a\ud800",
                "\udc00",
                "x".repeat(4097),
                "店".repeat(1_000_000),
                "\u001b[2J");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "NULL", "TTP_abc", "a b", "../../etc", "'; DROP TABLE x; --", "店"})
    void anyOtherCodeIsTiktoksToJudge(String code) {
        host.auth.callback(request(code));
        assertThat(host.tikTok.codes).containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 99})
    void anAccountThatIsNoSellersConnectsNothing(int userType) {
        host.tikTok.onExchange(code -> withType(host.tikTok.tokenResponse(), userType));
        assertThat(rejected(request("c")).rejection()).isEqualTo(Rejection.NOT_A_SELLER);
    }

    private static TokenResponse withType(TokenResponse response, int userType) {
        return new TokenResponse(
                response.accessToken(),
                response.refreshToken(),
                response.accessTokenExpiresAt(),
                response.refreshTokenExpiresAt(),
                response.openId(),
                response.scope(),
                userType);
    }

    @ParameterizedTest
    @CsvSource({
        "36004004,CODE_REFUSED",
        "36004001,CODE_REFUSED",
        "36004005,CODE_REFUSED",
        "105005,REFUSED_BY_TIKTOK",
        "424242,REFUSED_BY_TIKTOK",
        "-2147483648,REFUSED_BY_TIKTOK"
    })
    void aRefusedCodeConnectsNothingAndTellsTiktoksAnswer(long code, Rejection reason) {
        host.tikTok.onExchange(secret -> {
            throw ScriptedTikTok.refused(code);
        });
        CallbackRejectedException e = rejected(request("c"));
        assertThat(e.rejection()).isEqualTo(reason);
        assertThat(e.tikTokError()).contains(new TikTokError(200, code, "refused", "r" + code));
    }

    @ParameterizedTest
    @ValueSource(longs = {98001004, 36009033, 106001})
    void settingsThatTiktokDoesNotAcceptAreToldAsThat(long code) {
        host.tikTok.onExchange(secret -> {
            throw ScriptedTikTok.refused(code);
        });
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> host.auth.callback(request("c")))
                .satisfies(e -> assertThat(e.tikTokError()).isPresent())
                .satisfies(e -> assertThat(e.problems()).hasSize(1));
    }

    @Test
    void noUsableAnswerIsUnavailableWithAWaitOfASecondOrMore() {
        host.tikTok.onExchange(secret -> {
            throw ScriptedTikTok.unavailable(Duration.ofSeconds(40));
        });
        host.tikTok.onExchange(secret -> {
            throw ScriptedTikTok.unavailable(Duration.ZERO);
        });
        host.tikTok.onExchange(secret -> {
            throw ScriptedTikTok.lost();
        });
        host.tikTok.onShops(secret -> {
            throw ScriptedTikTok.lost();
        });
        for (int seconds : new int[] {40, 1, 5, 5}) {
            assertThatExceptionOfType(TikTokUnavailableException.class)
                    .isThrownBy(() -> host.auth.callback(request("c")))
                    .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
        }
        assertThat(host.rows.find(USER)).isEmpty();
    }

    @Test
    void renewingReplacesTheTokensAndKeepsTheConnection() {
        host.connect();
        String id = host.row().id();
        host.time.advance(Duration.ofDays(2));
        ConnectedShop again = host.connect();
        assertThat(again.renewed()).isTrue();
        assertThat(again.shop().createdAt()).isEqualTo(ManualTime.START);
        assertThat(host.row().id()).isEqualTo(id);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.token()).as("not the cached one").isEqualTo("access-2");
        assertThat(events.get(1)).isInstanceOf(AuthorizationEvent.ShopRenewed.class);
    }

    @Test
    void aShopOfAnotherUserIsAConflictThatDoesNotSayWhose() {
        host.connect("somebody-else");
        assertThatExceptionOfType(ShopConflictException.class)
                .isThrownBy(host::connect)
                .satisfies(e ->
                        assertThat(e.conflict()).isEqualTo(ShopConflictException.Conflict.SHOP_HELD_BY_ANOTHER_USER))
                .withMessageNotContaining("somebody-else");
        assertThat(host.auth.status(USER).connected()).isFalse();
        assertThat(host.auth.getValidAccessToken("somebody-else").value()).isEqualTo("access-1");
        assertThat(events.get(1))
                .hasNoNullFieldsOrProperties()
                .hasToString(new AuthorizationEvent.ShopConflict(
                                USER, ShopConflictException.Conflict.SHOP_HELD_BY_ANOTHER_USER)
                        .toString());
    }

    @Test
    void anotherShopOfAConnectedUserIsAConflictUntilDisconnect() {
        host.connect();
        host.tikTok.shops = List.of(new io.github.tiktokauth.spi.StoredShop("2", null, null, null, false));
        assertThatExceptionOfType(ShopConflictException.class)
                .isThrownBy(host::connect)
                .satisfies(e ->
                        assertThat(e.conflict()).isEqualTo(ShopConflictException.Conflict.USER_HOLDS_ANOTHER_SHOP));
        assertThat(host.token()).isEqualTo("access-1");
        assertThat(host.auth.disconnect(USER)).isTrue();
        assertThat(host.connect().shop().shopId()).isEqualTo("2");
        host.tikTok.shops = List.of(SHOP);
        assertThat(host.connect("user-2").shop().shopId()).as("released").isEqualTo(SHOP.shopId());
    }

    @Test
    void aStoreThatFailsForAMomentLosesNoGrant() {
        host.store.fail("connect");
        int[] tries = {0};
        host.store.before("connect", () -> {
            if (++tries[0] == 4) {
                host.store.heal();
            }
        });
        host.auth.callback(request("c"));
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-1");
        assertThat(tries[0]).isEqualTo(4);
    }

    @Test
    void aStoreThatStaysDownIsToldWithinTheWriteBudget() {
        CallbackRequest request = request("c");
        host.store.fail("connect");
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> host.auth.callback(request));
        assertThat(host.time.wall().instant()).isBeforeOrEqualTo(ManualTime.START.plusSeconds(5));
        assertThat(host.store.count("connect")).isBetween(5, 30);
    }

    @Test
    void whatNoRepeatCanHelpIsNotRepeated() {
        CallbackRequest request = request("c");
        host.store.fail("connect", new StoreException(StoreException.Kind.BAD_VALUE, "too long", null));
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> host.auth.callback(request));
        assertThat(host.store.count("connect")).isEqualTo(1);
    }

    @Test
    void anInterruptedCallerStillGetsEveryRepeatOfTheWrite() {
        CallbackRequest request = request("c");
        Thread caller = Thread.currentThread();
        host.store.fail("connect");
        host.store.before("connect", () -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            if (host.store.count("connect") == 3) {
                host.store.heal();
            }
        });
        host.tikTok.onShops(token -> {
            caller.interrupt();
            return List.of(SHOP);
        });
        host.auth.callback(request);
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(host.rows.find(USER)).isPresent();
    }
}
