package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.RefreshState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request without an answer: TikTok may still be at work on it, so the lease runs out instead of being given back. */
class UnansweredTest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final TestHost host = new TestHost();
    private final CountDownLatch atTikTok = new CountDownLatch(1);

    @BeforeEach
    void connect() {
        host.connect();
        host.untilEnded();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void answer(CallFailure failure, Duration after) {
        host.tikTok.onRefresh(token -> {
            host.time.advance(after);
            atTikTok.countDown();
            throw failure;
        });
    }

    /** A caller who stays would go on in the place of a refresh that outlives its lease. */
    private void refreshWithoutWaiting() {
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(host::token);
        assertThat(Thread.interrupted()).isTrue();
        TestThreads.await(atTikTok);
        host.close();
    }

    private void runIntoTheTimeout() {
        answer(ScriptedTikTok.lost(), CALL_TIMEOUT);
        TestFailures.retryAfter(host::token);
    }

    @Test
    void theFailureIsNotedAndTheLeaseRunsToItsEnd() {
        Instant sent = host.time.wall().instant();
        runIntoTheTimeout();
        RefreshState state = host.row().refresh();
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.lastCode()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(state.outcomeUnknown()).isTrue();
        assertThat(state.coolDownUntil()).isAfter(sent.plus(CALL_TIMEOUT));
        assertThat(state.leaseOwner()).isNotNull();
        assertThat(state.leaseUntil()).isEqualTo(sent.plusSeconds(20));
        assertThat(host.auth.maintenance().diagnose(USER).leaseHolder()).isEqualTo(state.leaseOwner());
        host.time.advance(Duration.ofSeconds(11));
        assertThat(host.auth.maintenance().diagnose(USER).leaseHolder()).isNull();
    }

    /** It passes over the cool-down, and would be the second with the same token. */
    @Test
    void aForcedRefreshWaitsForTheLeaseOnThisNodeAndOnOthers() {
        for (TestHost node : List.of(host, host.another())) {
            int spent = host.tikTok.spent.size();
            runIntoTheTimeout();
            Instant timedOut = host.time.wall().instant();
            host.tikTok.onRefresh(token -> {
                assertThat(host.time.wall().instant()).isAfterOrEqualTo(timedOut.plusSeconds(10));
                return host.tikTok.tokenResponse();
            });
            assertThat(node.auth.refresh(USER).value()).startsWith("access-");
            assertThat(host.tikTok.spent).hasSize(spent + 2);
            RefreshState state = host.row().refresh();
            assertThat(state.forcedRefresh())
                    .isEqualTo(new ForcedRefresh(host.row().tokensObtainedAt(), ForcedRefresh.REFRESHED));
            assertThat(state.toBuilder().forcedRefresh(null).build()).isEqualTo(RefreshState.CLEAR);
            host.untilEnded();
        }
    }

    @Test
    void callersWhoKeepTheCoolDownAreToldOfItAtOnce() {
        runIntoTheTimeout();
        Instant timedOut = host.time.wall().instant();
        try (TestHost other = host.another()) {
            assertThat(TestFailures.retryAfter(other::token)).isGreaterThan(Duration.ofSeconds(20));
        }
        assertThat(host.time.wall().instant()).isEqualTo(timedOut);
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(2), 10))
                .isEqualTo(new RefreshReport(0, 0, 0, false));
    }

    @Test
    void aRefusalAfterwardsIsAnUnknownOutcome() {
        runIntoTheTimeout();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        assertThat(TestFailures.reason(() -> host.auth.refresh(USER))).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void anAnswerThatSaysNothingGivesTheLeaseBack() {
        for (CallFailure failure : List.of(
                CallFailure.outcomeUnknown("TikTok's answer, HTTP 502, is not the JSON it should be", null),
                CallFailure.notSent("no answer from TikTok: ConnectException"),
                ScriptedTikTok.unavailable())) {
            answer(failure, Duration.ofSeconds(1));
            TestFailures.retryAfter(() -> host.auth.refresh(USER));
            assertThat(host.row().refresh().leaseOwner()).isNull();
        }
    }

    @Test
    void aTimeOutAfterTheEndOfTheLeaseTakesNone() {
        answer(ScriptedTikTok.lost(), Duration.ofSeconds(20));
        refreshWithoutWaiting();
        assertThat(host.row().refresh().failures()).isEqualTo(1);
        assertThat(host.row().refresh().leaseOwner()).isNull();
    }

    @Test
    void oneThatCannotBeNotedLeavesTheLeaseToo() {
        host.store.fail("recordFailure");
        runIntoTheTimeout();
        assertThat(host.row().refresh().leaseOwner()).isNotNull();
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void aLeaseThatCannotBeTakenAgainHidesNoFailure() {
        host.store.after("recordFailure", () -> host.store.fail("acquireLease"));
        answer(ScriptedTikTok.lost(), CALL_TIMEOUT);
        assertThat(TestFailures.retryAfter(host::token)).isGreaterThan(Duration.ofSeconds(20));
        assertThat(host.row().refresh().lastCode()).isEqualTo("OUTCOME_UNKNOWN");
        host.store.heal();
    }

    @Test
    void whoeverHasTakenTheLeaseOverKeepsIt() {
        answer(ScriptedTikTok.lost(), CALL_TIMEOUT);
        host.store.before("recordFailure", () -> {
            host.time.advance(CALL_TIMEOUT);
            assertThat(host.rows.acquireLease(host.row().id(), 1, "another node", Duration.ofSeconds(20), false, false))
                    .isTrue();
        });
        refreshWithoutWaiting();
        assertThat(host.row().refresh().leaseOwner()).isEqualTo("another node");
        assertThat(host.row().refresh().failures()).isZero();
    }
}
