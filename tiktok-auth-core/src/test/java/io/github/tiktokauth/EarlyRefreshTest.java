package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes beside the calls: nobody waits for them, and nothing they meet harms a caller. */
class EarlyRefreshTest {

    private final TestHost host = new TestHost();

    @AfterEach
    void close() {
        host.close();
    }

    private void soon() {
        host.connect();
        host.untilSoon();
    }

    @Test
    void manyCallsStartOneRefresh() {
        soon();
        for (int i = 0; i < 100; i++) {
            host.token();
            host.time.advance(Duration.ofMillis(100));
        }
        host.runBackground();
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
        for (int i = 0; i < 100; i++) {
            assertThat(host.token()).isEqualTo("access-2");
        }
        host.runBackground();
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void aRefreshThatAnotherNodeHasDoneMeanwhileIsNotDoneAgain() {
        soon();
        host.token();
        try (TestHost other = host.another()) {
            other.auth.refresh(USER);
        }
        host.runBackground();
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void aLeaseOfAnotherNodeIsNotWaitedFor() {
        soon();
        host.token();
        host.rows.acquireLease(host.row().id(), 1, "another node", Duration.ofSeconds(20), false, false);
        host.runBackground();
        assertThat(host.time.slept).isEmpty();
        assertThat(host.tikTok.spent).isEmpty();
        assertThat(host.token()).isEqualTo("access-1");
    }

    @Test
    void aFailedOneIsFollowedByTheNextAfterTheCoolDown() {
        soon();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable(Duration.ofSeconds(300));
        });
        for (int i = 0; i < 299; i++) {
            assertThat(host.token()).isEqualTo("access-1");
            host.runBackground();
            host.time.advance(Duration.ofSeconds(1));
        }
        assertThat(host.tikTok.spent).hasSize(1);
        host.time.advance(Duration.ofSeconds(31));
        host.token();
        host.runBackground();
        assertThat(host.tikTok.spent).hasSize(2);
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void whileTiktokIsDownCallsStillComeFromTheCache() {
        soon();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable(Duration.ofSeconds(600));
        });
        host.token();
        host.runBackground();
        int before = host.store.count();
        for (int i = 0; i < 100; i++) {
            host.token();
            host.runBackground();
        }
        assertThat(host.store.count() - before).as("calls to the store").isLessThanOrEqualTo(1);
        host.time.advance(Duration.ofSeconds(31));
        host.token();
        before = host.store.count();
        for (int i = 0; i < 100; i++) {
            host.token();
            host.runBackground();
        }
        assertThat(host.store.count() - before)
                .as("and after the entry was read anew")
                .isZero();
    }

    @Test
    void aSellerWhoMustAuthorizeAgainCostsNoReadingACall() {
        soon();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        host.token();
        host.runBackground();
        host.token();
        int before = host.store.count();
        for (int i = 0; i < 100; i++) {
            assertThat(host.token()).isEqualTo("access-1");
            host.runBackground();
        }
        assertThat(host.store.count() - before).isZero();
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void theCallingThreadDoesItWhereTheHostWantsThat() {
        Executor direct = Runnable::run;
        try (TestHost frozen = new TestHost(builder -> builder.refreshExecutor(direct))) {
            frozen.connect();
            frozen.untilSoon();
            frozen.token();
            assertThat(frozen.tikTok.spent).containsExactly("refresh-1");
            assertThat(frozen.token()).isEqualTo("access-2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExecutorThatRefusesHarmsNoCallerAndIsAskedAgain(boolean politely) {
        int[] asked = {0};
        Executor full = work -> {
            asked[0]++;
            if (asked[0] < 3) {
                throw politely ? new RejectedExecutionException("full") : new IllegalStateException("shut down");
            }
            work.run();
        };
        try (TestHost busy = new TestHost(builder -> builder.refreshExecutor(full))) {
            busy.connect();
            busy.untilSoon();
            for (int i = 0; i < 2; i++) {
                assertThat(busy.token()).isEqualTo("access-1");
                assertThat(busy.token()).as("not asked twice within a second").isEqualTo("access-1");
                assertThat(asked[0]).isEqualTo(i + 1);
                busy.time.advance(Duration.ofSeconds(1));
            }
            assertThat(busy.token()).isEqualTo("access-1");
            assertThat(busy.token()).as("the third time it worked").isEqualTo("access-2");
        }
    }

    @Test
    void aStoreThatFailsBesideTheCallsHarmsNoCaller() {
        soon();
        host.token();
        host.store.failAll();
        host.runBackground();
        assertThat(host.token()).isEqualTo("access-1");
        host.store.heal();
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        host.store.fail("acquireLease", new IllegalStateException("a store that keeps no contract"));
        host.runBackground();
        assertThat(host.token()).isEqualTo("access-1");
        host.store.heal();
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        host.runBackground();
        assertThat(host.token()).isEqualTo("access-2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingWaitsForThemOnOurThreadsAndOnTheHosts(boolean own) throws Exception {
        ExecutorService hosts = Executors.newSingleThreadExecutor(DaemonThreads.named("host"));
        TestHost leaving = new TestHost(builder -> builder.refreshExecutor(own ? null : hosts));
        CountDownLatch atTikTok = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        leaving.connect();
        leaving.untilSoon();
        leaving.tikTok.onRefresh(token -> {
            atTikTok.countDown();
            TestThreads.await(answer);
            assertThat(leaving.tikTok.closed).isFalse();
            return leaving.tikTok.tokenResponse();
        });
        leaving.token();
        TestThreads.await(atTikTok);
        Thread closing = new Thread(leaving.auth::close);
        closing.start();
        TestThreads.untilWaiting(closing);
        answer.countDown();
        closing.join();
        assertThat(leaving.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(leaving.tikTok.closed).isTrue();
        hosts.shutdownNow();
    }

    /** There are four threads; what has not begun counts too, and needs the HTTP client that closing ends. */
    @Test
    void closingWaitsForThoseThatHaveNotBegun() throws Exception {
        int users = 6;
        TestHost leaving = new TestHost(builder -> builder.refreshExecutor(null));
        CountDownLatch atTikTok = new CountDownLatch(4);
        CountDownLatch answer = new CountDownLatch(1);
        for (int i = 0; i < users; i++) {
            leaving.tikTok.shops = List.of(new StoredShop("shop-" + i, null, null, null, false));
            leaving.connect("user-" + i);
            leaving.tikTok.onRefresh(token -> {
                assertThat(leaving.tikTok.closed).isFalse();
                atTikTok.countDown();
                TestThreads.await(answer);
                return leaving.tikTok.tokenResponse();
            });
        }
        leaving.time.advance(Duration.ofDays(7).minusHours(17));
        for (int i = 0; i < users; i++) {
            leaving.auth.getValidAccessToken("user-" + i);
        }
        TestThreads.await(atTikTok);
        Thread closing = new Thread(leaving.auth::close);
        closing.start();
        TestThreads.untilWaiting(closing);
        answer.countDown();
        closing.join();
        for (int i = 0; i < users; i++) {
            assertThat(leaving.rows.find("user-" + i).orElseThrow().generation())
                    .isEqualTo(2);
        }
    }

    @Test
    void ourThreadsAreDaemonsAndNamed() throws Exception {
        Thread[] seen = new Thread[1];
        CountDownLatch done = new CountDownLatch(1);
        try (TestHost own = new TestHost(builder -> builder.refreshExecutor(null))) {
            own.connect();
            own.untilSoon();
            own.tikTok.onRefresh(token -> {
                seen[0] = Thread.currentThread();
                done.countDown();
                return own.tikTok.tokenResponse();
            });
            own.token();
            TestThreads.await(done);
        }
        assertThat(seen[0].isDaemon()).isTrue();
        assertThat(seen[0].getName()).startsWith("tiktok-auth-call-");
    }
}
