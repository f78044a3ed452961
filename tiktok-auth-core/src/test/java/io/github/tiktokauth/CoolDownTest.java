package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the cluster lets TikTok rest. */
class CoolDownTest {

    private static final Duration DAY = Duration.ofDays(1);
    private final TestHost host = new TestHost();

    @BeforeEach
    void connect() {
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0,24,36",
        "1,48,72",
        "2,96,144",
        "3,192,288",
        "4,384,576",
        "5,768,900",
        "6,900,900",
        "7,900,900",
        "63,900,900",
        "64,900,900",
        "2147483647,900,900",
        "-1,24,36"
    })
    void itDoublesWithJitterUpToFifteenMinutes(int failures, long least, long most) {
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Duration coolDown = CoolDown.after(failures, null, DAY);
            assertThat(coolDown).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
            seen.add(coolDown);
        }
        if (least != most) {
            assertThat(seen).as("nodes do not come back at once").hasSizeGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100})
    void withoutAValidTokenItIsAMinuteAtMost(int failures) {
        assertThat(CoolDown.after(failures, null, Duration.ofSeconds(-1))).isLessThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(CoolDown.after(failures, Duration.ofHours(3), Duration.ZERO)).isEqualTo(Duration.ofSeconds(60));
    }

    /** One that began in the token's last minutes would otherwise stop callers for a quarter of an hour. */
    @Test
    void itOutlastsTheTokenByAMinuteAtMost() {
        assertThat(CoolDown.after(20, null, Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(160));
        assertThat(CoolDown.after(20, null, Duration.ofSeconds(870))).isEqualTo(Duration.ofSeconds(900));
        assertThat(CoolDown.after(20, Duration.ofHours(1), Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofSeconds(61));
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT1S", "PT1S,PT1S", "PT47S,PT47S", "PT15M,PT15M", "PT24H,PT15M"})
    void whatTiktokAsksForWinsWithinBounds(Duration retryAfter, Duration expected) {
        assertThat(CoolDown.after(5, retryAfter, DAY)).isEqualTo(expected);
    }

    private void fail(Duration retryAfter) {
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable(retryAfter);
        });
    }

    @Test
    void itStandsInTheRowSoThatEveryNodeKeepsIt() {
        host.untilEnded();
        fail(Duration.ofSeconds(40));
        assertThat(TestFailures.retryAfter(host::token)).isEqualTo(Duration.ofSeconds(40));
        try (TestHost other = host.another()) {
            host.time.advance(Duration.ofSeconds(15));
            assertThat(TestFailures.retryAfter(other::token)).isEqualTo(Duration.ofSeconds(25));
            assertThat(host.tikTok.spent).hasSize(1);
            host.time.advance(Duration.ofSeconds(25));
            assertThat(other.token()).isEqualTo("access-2");
        }
    }

    @Test
    void itIsToldInWholeSecondsOrMore() {
        host.untilEnded();
        fail(Duration.ofSeconds(40));
        TestFailures.retryAfter(host::token);
        host.time.advance(Duration.ofMillis(39_999));
        assertThat(TestFailures.retryAfter(host::token)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void failuresCountUpInTheRowAndASuccessClearsThem() {
        host.untilEnded();
        for (int i = 1; i <= 3; i++) {
            fail(Duration.ofSeconds(1));
            TestFailures.retryAfter(host::token);
            assertThat(host.row().refresh().failures()).isEqualTo(i);
            assertThat(host.row().refresh().lastCode()).isEqualTo("36009002");
            assertThat(host.row().refresh().lastRequestId()).isEqualTo("r429");
            assertThat(host.row().refresh().leaseOwner())
                    .as("the lease is given back")
                    .isNull();
            host.time.advance(Duration.ofSeconds(1));
        }
        host.token();
        assertThat(host.row().refresh()).isEqualTo(io.github.tiktokauth.spi.RefreshState.CLEAR);
    }

    @Test
    void aManualRefreshPassesOverIt() {
        host.untilEnded();
        fail(Duration.ofSeconds(60));
        TestFailures.retryAfter(host::token);
        assertThat(host.auth.refresh(USER).value()).isEqualTo("access-2");
    }

    @Test
    void aTokenThatTiktokRefusedDoesNotPassOverIt() {
        AccessToken refused = host.auth.getValidAccessToken(USER);
        fail(Duration.ofSeconds(50));
        TestFailures.retryAfter(() -> host.auth.replaceRefusedToken(USER, refused));
        assertThat(TestFailures.retryAfter(() -> host.auth.replaceRefusedToken(USER, refused)))
                .isEqualTo(Duration.ofSeconds(50));
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void aManualRefreshDoesNotPassOverTheLeaseOfAnotherNode() {
        host.rows.acquireLease(host.row().id(), 1, "another node", Duration.ofSeconds(300), false, false);
        assertThat(TestFailures.retryAfter(() -> host.auth.refresh(USER))).isEqualTo(Duration.ofSeconds(1));
        assertThat(host.tikTok.spent).isEmpty();
        assertThat(host.time.wall().instant())
                .as("waited for as long as callers wait")
                .isBetween(ManualTime.START.plusSeconds(25), ManualTime.START.plusSeconds(26));
    }

    @Test
    void aManualRefreshOfOneWhoMustAuthorizeAgainSendsNothing() {
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        assertThat(TestFailures.reason(() -> host.auth.refresh(USER))).isEqualTo(Reason.REVOKED);
        assertThat(TestFailures.reason(() -> host.auth.refresh(USER))).isEqualTo(Reason.REVOKED);
        assertThat(host.tikTok.spent).hasSize(1);
    }
}
