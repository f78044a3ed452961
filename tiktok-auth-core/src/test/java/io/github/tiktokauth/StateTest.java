package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state lets through, once, and what it stops before the code is spent. */
class StateTest {

    private final TestHost host = new TestHost();

    @AfterEach
    void close() {
        host.close();
    }

    private void assertRejected(Rejection reason, CallbackRequest request) {
        int spent = host.tikTok.codes.size();
        assertThatExceptionOfType(CallbackRejectedException.class)
                .isThrownBy(() -> host.auth.callback(request))
                .satisfies(e -> assertThat(e.rejection()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.rejection().concernsState()).isTrue());
        assertThat(host.tikTok.codes).as("the code is not spent").hasSize(spent);
    }

    private static CallbackRequest request(String userId, String state) {
        return CallbackRequest.of(userId, "the-code", state);
    }

    @Test
    void aStateWorksOnce() {
        String state = host.auth.initiate(USER).state();
        host.auth.callback(USER, "first-code", state);
        assertRejected(Rejection.STATE_ALREADY_USED, request(USER, state));
        assertThat(host.tikTok.codes).containsExactly("first-code");
    }

    @Test
    void aStateIsUsedUpBeforeTheCodeIsSpent() {
        String state = host.auth.initiate(USER).state();
        host.tikTok.onExchange(code -> {
            assertRejected(Rejection.STATE_ALREADY_USED, request(USER, state));
            throw ScriptedTikTok.unavailable();
        });
        assertThatExceptionOfType(TikTokUnavailableException.class)
                .isThrownBy(() -> host.auth.callback(USER, "first-code", state));
        assertRejected(Rejection.STATE_ALREADY_USED, request(USER, state));
    }

    @Test
    void aStateLivesTenMinutesByTheStoresClock() {
        String first = host.auth.initiate(USER).state();
        host.time.advance(Duration.ofMinutes(10).minusMillis(1));
        host.auth.callback(USER, "c", first);
        String second = host.auth.initiate(USER).state();
        host.time.advance(Duration.ofMinutes(10));
        assertRejected(Rejection.STATE_EXPIRED, request(USER, second));
    }

    @Test
    void theNodesOwnClockDoesNotMatter() {
        ManualTime wrong = new ManualTime();
        wrong.advance(Duration.ofDays(400));
        TikTokAuth node = TikTokAuth.builder(TikTokConfig.fromMap(TestHost.SETTINGS))
                .tokenStore(host.rows)
                .stateStore(host.states)
                .time(wrong)
                .api(host.tikTok)
                .build();
        String state = node.initiate(USER).state();
        assertThat(node.callback(USER, "c", state).shop().shopId()).isEqualTo(TestHost.SHOP.shopId());
        assertThat(node.getValidAccessToken(USER).value()).isEqualTo("access-1");
    }

    @Test
    void aStateIsOfOneUser() {
        String state = host.auth.initiate(USER).state();
        assertRejected(Rejection.STATE_OF_ANOTHER_USER, request("user-2", state));
        assertThat(host.auth.status("user-2").connected()).isFalse();
        assertThat(host.auth.status(USER).connected()).isFalse();
        host.auth.callback(request(USER, state));
        assertThat(host.auth.status(USER).connected())
                .as("the attempt spent nothing")
                .isTrue();
        assertRejected(Rejection.STATE_OF_ANOTHER_USER, request("user-2", state));
    }

    @Test
    void aStateMayBeOfOneBrowser() {
        AuthorizationOptions options = AuthorizationOptions.forUser(USER).withBrowserBinding("cookie-1");
        String state = host.auth.initiate(options).state();
        for (String other : new String[] {null, "", "cookie-2", "COOKIE-1", "cookie-1 "}) {
            assertRejected(
                    Rejection.STATE_OF_ANOTHER_BROWSER, request(USER, state).withBrowserBinding(other));
        }
        host.auth.callback(request(USER, state).withBrowserBinding("cookie-1"));
        assertThat(host.auth.status(USER).connected()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n"})
    void aMissingStateIsToldApart(String state) {
        assertRejected(Rejection.STATE_MISSING, request(USER, state));
    }

    @Test
    void aStateOfSomebodyElsesMakingIsUnknownHoweverItLooks() {
        String real = host.auth.initiate(USER).state();
        List<String> hostile = new ArrayList<>(List.of(
                real.substring(1),
                real + "A",
                real.toLowerCase(java.util.Locale.ROOT) + "x",
                " " + real,
                Text.sha256(real),
                "null",
                "undefined",
                "\u0000",
                real + "\u0000",
                "\ud800",
                "' OR 1=1 --",
                "x".repeat(256),
                "x".repeat(257),
                "店".repeat(1_000_000)));
        for (String state : hostile) {
            assertRejected(Rejection.STATE_UNKNOWN, request(USER, state));
        }
        host.auth.callback(USER, "c", real);
    }

    @Test
    void tenMayBeOpenAndTheOldestGivesWay() {
        String other = host.auth.initiate("user-2").state();
        List<String> states = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            host.time.advance(Duration.ofSeconds(1));
            states.add(host.auth.initiate(USER).state());
        }
        assertRejected(Rejection.STATE_UNKNOWN, request(USER, states.get(0)));
        for (String state : states.subList(1, 11)) {
            host.auth.callback(USER, "c", state);
        }
        host.tikTok.shops = List.of(new io.github.tiktokauth.spi.StoredShop("2", null, null, null, false));
        host.auth.callback("user-2", "c", other);
    }

    @Test
    void statesThatHaveRunOutAreClearedAway() {
        for (int i = 0; i < 50; i++) {
            host.auth.initiate("user-" + i);
        }
        host.time.advance(Duration.ofMinutes(11));
        host.auth.initiate(USER);
        assertThat(host.states.purge(1000)).isZero();
    }

    @Test
    void erasingAUserEndsConsentsUnderWay() {
        String state = host.auth.initiate(USER).state();
        host.auth.erase(USER);
        assertRejected(Rejection.STATE_UNKNOWN, request(USER, state));
    }
}
