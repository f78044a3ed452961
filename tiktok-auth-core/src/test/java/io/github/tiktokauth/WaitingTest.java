package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers wait for a refresh, each for its own time; that they leave changes nothing about it. */
class WaitingTest {

    private static final String CALLERS_TENANT = "tenant of the caller";
    private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    private final TestHost host = new TestHost();
    private final CountDownLatch atTikTok = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile Thread refreshing;

    @AfterEach
    void close() {
        answer.countDown();
        host.close();
    }

    private void connect() {
        host.connect();
        host.tikTok.onRefresh(token -> {
            refreshing = Thread.currentThread();
            atTikTok.countDown();
            TestThreads.await(answer);
            return host.tikTok.tokenResponse();
        });
    }

    /** A call that wants a refresh. */
    enum Call {
        TOKEN {
            @Override
            String by(TestHost host) {
                return host.token();
            }
        },
        REFRESH {
            @Override
            String by(TestHost host) {
                return host.auth.refresh(USER).value();
            }
        },
        REPLACE {
            @Override
            String by(TestHost host) {
                AccessToken refused = AccessToken.of("access-1", ManualTime.START, "shop", null);
                return host.auth.replaceRefusedToken(USER, refused).value();
            }
        };

        abstract String by(TestHost host);
    }

    private static Thread start(Runnable call, AtomicReference<Throwable> thrown) {
        Thread thread = new Thread(() -> {
            try {
                call.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void assertStoredInTheEnd() {
        answer.countDown();
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        assertThat(host.store.count("recordFailure")).isZero();
        assertThat(host.store.count("saveTokens")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoseTimeIsUpLeavesAndWritesNothingAndTheAnswerIsStored(Call call) throws Exception {
        // Longer than anybody waits, so that only the caller's own bound is met.
        try (TestHost slow = new TestHost(builder -> builder.leaseDuration(Duration.ofMinutes(10)))) {
            slow.connect();
            slow.untilEnded();
            slow.tikTok.onRefresh(token -> {
                atTikTok.countDown();
                TestThreads.await(answer);
                return slow.tikTok.tokenResponse();
            });
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = start(() -> call.by(slow), thrown);
            TestThreads.await(atTikTok);
            TestThreads.untilWaiting(caller);
            int before = slow.store.count();
            slow.time.advance(Duration.ofSeconds(25));
            caller.join();
            assertThat(thrown.get())
                    .isInstanceOfSatisfying(
                            TikTokUnavailableException.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
            assertThat(slow.store.count()).as("calls of the store").isEqualTo(before);
            assertThat(slow.row().refresh().leaseOwner()).isNotNull();
            answer.countDown();
            assertThat(slow.token()).isEqualTo("access-2");
            assertThat(slow.stored().refreshToken()).isEqualTo("refresh-2");
            assertThat(slow.tikTok.spent).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerLeavesAtOnceAndTheAnswerIsStored(Call call) throws Exception {
        connect();
        host.untilEnded();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        boolean[] flag = new boolean[1];
        Thread caller = start(
                () -> {
                    try {
                        call.by(host);
                    } finally {
                        flag[0] = Thread.currentThread().isInterrupted();
                    }
                },
                thrown);
        TestThreads.await(atTikTok);
        TestThreads.untilWaiting(caller);
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(TikTokUnavailableException.class);
        assertThat(flag[0]).as("the flag is kept").isTrue();
        assertStoredInTheEnd();
    }

    @ParameterizedTest
    @EnumSource
    void oneWhoWasInterruptedBeforeLeavesToo(Call call) {
        connect();
        host.untilEnded();
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(() -> call.by(host));
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        TestThreads.await(atTikTok);
        assertStoredInTheEnd();
    }

    @Test
    void whatARefreshBringsAfterItsCallerHasLeftIsHandedOutAtOnce() {
        connect();
        assertThat(host.token()).as("and cached").isEqualTo("access-1");
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(() -> host.auth.refresh(USER));
        assertThat(Thread.interrupted()).isTrue();
        TestThreads.await(atTikTok);
        assertThat(host.token()).isEqualTo("access-1");
        answer.countDown();
        host.auth.close();
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void withinTheSafetyMarginOneWhoLeavesGetsTheTokenThatIsStillValid() {
        connect();
        host.untilLeft(Duration.ofSeconds(60));
        Thread.currentThread().interrupt();
        assertThat(host.token()).isEqualTo("access-1");
        assertThat(Thread.interrupted()).isTrue();
        TestThreads.await(atTikTok);
        assertStoredInTheEnd();
    }

    /** Going on would start them all at once. */
    @Test
    void anInterruptedSchedulerEndsItsWalkAndLosesNoAnswer() {
        int users = 5;
        connect();
        for (int i = 0; i < users; i++) {
            host.tikTok.shops = List.of(new StoredShop("shop-" + i, null, null, null, false));
            host.connect("user-of-shop-" + i);
        }
        host.untilSoon();
        Thread.currentThread().interrupt();
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(2), 10))
                .isEqualTo(new RefreshReport(0, 0, 1, true));
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        TestThreads.await(atTikTok);
        assertThat(host.tikTok.spent).hasSize(1);
        answer.countDown();
        host.close();
        assertThat(host.rows.page("", 10))
                .hasSize(users + 1)
                .satisfiesOnlyOnce(row -> assertThat(row.generation()).isEqualTo(2));
    }

    @Test
    void anInterruptOfTheHostsExecutorLosesNoAnswer() {
        ExecutorService hosts = Executors.newSingleThreadExecutor(DaemonThreads.named("host"));
        try (TestHost hasty = new TestHost(builder -> builder.refreshExecutor(hosts))) {
            hasty.connect();
            hasty.untilSoon();
            hasty.tikTok.onRefresh(token -> {
                atTikTok.countDown();
                TestThreads.await(answer);
                return hasty.tikTok.tokenResponse();
            });
            hasty.token();
            TestThreads.await(atTikTok);
            hosts.shutdownNow();
            answer.countDown();
            hasty.auth.close();
            assertThat(hasty.stored().refreshToken()).isEqualTo("refresh-2");
        }
    }

    @Test
    void aRefreshInheritsNothingFromTheCallerWhoStartedIt() {
        connect();
        host.untilEnded();
        answer.countDown();
        String[] seen = {"nothing"};
        host.store.before("saveTokens", () -> seen[0] = TENANT.get());
        TENANT.set(CALLERS_TENANT);
        try {
            host.token();
        } finally {
            TENANT.remove();
        }
        assertThat(seen[0]).isNull();
        assertThat(refreshing.getContextClassLoader())
                .isSameAs(Thread.currentThread().getContextClassLoader());
    }

    @Test
    void afterClosingNoThreadIsLeft() throws Exception {
        connect();
        host.untilEnded();
        answer.countDown();
        host.token();
        host.close();
        refreshing.join(60_000);
        assertThat(refreshing.isAlive()).isFalse();
        assertThat(TestFailures.thrown(TikTokUnavailableException.class, () -> host.auth.refresh(USER)))
                .hasMessageContaining("closed");
    }

    @Test
    void closingWaitsForAStuckRefreshForABoundedTime() throws Exception {
        connect();
        host.untilEnded();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = start(host::token, thrown);
        TestThreads.await(atTikTok);
        Thread closing = start(host.auth::close, thrown);
        TestThreads.untilWaiting(closing);
        host.time.advance(Duration.ofSeconds(29));
        TestThreads.untilWaiting(closing);
        assertThat(host.tikTok.closed).isFalse();
        host.time.advance(Duration.ofSeconds(1));
        closing.join();
        assertThat(host.tikTok.closed).isTrue();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(TikTokUnavailableException.class);
    }

    @Test
    void aConsentWaitsForAsLongAsItsCallsMayTakeAndNoLonger() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        host.tikTok.onExchange(code -> {
            arrived.countDown();
            TestThreads.await(answer);
            return host.tikTok.tokenResponse();
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = start(host::connect, thrown);
        TestThreads.await(arrived);
        TestThreads.untilWaiting(caller);
        host.time.advance(Duration.ofSeconds(10));
        TestThreads.untilWaiting(caller);
        assertThat(caller.isAlive()).isTrue();
        host.time.advance(Duration.ofSeconds(1));
        caller.join();
        assertThat(thrown.get()).isInstanceOf(TikTokUnavailableException.class);
        assertThat(host.rows.find(USER)).isEmpty();
    }

    @Test
    void anInterruptOfAConsentNeitherAbortsItsCallsNorLosesTheirAnswers() {
        Thread caller = Thread.currentThread();
        host.tikTok.onExchange(code -> {
            caller.interrupt();
            return host.tikTok.tokenResponse();
        });
        host.tikTok.onShops(token -> {
            caller.interrupt();
            return host.tikTok.shops;
        });
        assertThat(host.connect().renewed()).isFalse();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        caller.interrupt();
        assertThat(host.connect().renewed()).isTrue();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    }
}
