package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that goes leaves the authorizations to the others as they are. */
class ClosingTest {

    private final List<AuthorizationEvent> events = new ArrayList<>();
    private final TestHost host = new TestHost(builder -> builder.listener(events::add));

    @BeforeEach
    void connect() {
        host.connect();
        events.clear();
    }

    private void assertNothingBegun() {
        assertThat(host.tikTok.spent).isEmpty();
        assertThat(host.store.count("acquireLease")).isZero();
        assertThat(host.store.count("recordFailure")).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void afterwardsAnEndedTokenIsLeftToTheOtherNodesWithoutACoolDownOrALease() {
        host.untilEnded();
        host.close();
        assertThat(TestFailures.thrown(TikTokUnavailableException.class, host::token)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(1));
        TestFailures.thrown(TikTokUnavailableException.class, () -> host.auth.refresh(USER));
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(30), 10).refreshed())
                .isZero();
        assertNothingBegun();
        try (TestHost other = host.another()) {
            assertThat(other.token()).isEqualTo("access-2");
        }
    }

    @Test
    void afterwardsAValidTokenIsHandedOutAndNotRefreshedEarly() {
        host.untilSoon();
        host.token();
        host.close();
        assertThat(host.token()).isEqualTo("access-1");
        host.runBackground();
        assertNothingBegun();
    }

    @Test
    void aRefreshUnderWayIsFinished() throws Exception {
        host.untilEnded();
        CountDownLatch atTikTok = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        host.tikTok.onRefresh(token -> {
            atTikTok.countDown();
            TestThreads.await(answer);
            return host.tikTok.tokenResponse();
        });
        String[] got = new String[1];
        Thread caller = new Thread(() -> got[0] = host.token());
        caller.start();
        TestThreads.await(atTikTok);
        Thread closing = new Thread(host::close);
        closing.start();
        TestThreads.untilWaiting(closing);
        assertThat(host.tikTok.closed).isFalse();
        answer.countDown();
        caller.join();
        closing.join();
        assertThat(got[0]).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.tikTok.closed).isTrue();
    }
}
