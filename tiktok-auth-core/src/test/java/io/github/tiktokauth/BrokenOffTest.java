package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.TestThreads.Crowd;
import io.github.tiktokauth.TestThreads.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors in the middle of a refresh: every caller is told, nobody is locked out, and no token that TikTok gave is lost. */
class BrokenOffTest {

    private static final String SECRET = "s3cr3t-of-an-error";

    /** What a JVM, a class path or a defect throws. */
    enum Breakage {
        NO_MEMORY(OutOfMemoryError.class) {
            @Override
            void strike() {
                throw new OutOfMemoryError(SECRET);
            }
        },
        NO_CLASS(NoClassDefFoundError.class) {
            @Override
            void strike() {
                throw new NoClassDefFoundError(SECRET);
            }
        },
        NO_STACK(StackOverflowError.class) {
            @Override
            void strike() {
                nest(0);
            }

            private int nest(int depth) {
                return depth < 0 ? 0 : nest(depth + 1) + 1;
            }
        },
        DEFECT(IllegalStateException.class) {
            @Override
            void strike() {
                throw new IllegalStateException(SECRET);
            }
        };

        private final Class<? extends Throwable> type;

        Breakage(Class<? extends Throwable> type) {
            this.type = type;
        }

        abstract void strike();
    }

    private final List<AuthorizationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final TestHost host = new TestHost(builder -> builder.listener(events::add));
    private final Crowd crowd = new Crowd();

    @BeforeEach
    void connect() {
        host.connect();
        events.clear();
    }

    @AfterEach
    void close() {
        host.store.heal();
        host.close();
    }

    private void breakWhileReading(Breakage breakage) {
        host.tikTok.onRefresh(token -> {
            breakage.strike();
            return host.tikTok.tokenResponse();
        });
    }

    private void assertNothingNoted() {
        assertThat(host.store.count("recordFailure")).isZero();
        assertThat(host.store.count("requireReauthorization")).isZero();
        assertThat(host.store.count("saveTokens")).isZero();
        assertThat(host.row().refresh().leaseOwner()).as("the lease stays").isNotNull();
        assertThat(host.row().refresh().failures()).isZero();
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneWhileTheAnswerIsReadIsToldAndWritesNothing(Breakage breakage) throws Exception {
        host.untilEnded();
        breakWhileReading(breakage);
        TestLog testLog = new TestLog();
        TikTokUnavailableException e = TestFailures.thrown(TikTokUnavailableException.class, host::token);
        assertThat(e).hasNoCause().hasMessageNotContaining(SECRET);
        assertThat(e.retryAfter())
                .as("no sooner than the lease ends")
                .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
        assertNothingNoted();
        String log = testLog.text();
        assertThat(log).contains("ERROR").contains(breakage.type.getName()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void theNextCallerWaitsForTheLeaseAndGoesOn(Breakage breakage) {
        host.untilEnded();
        breakWhileReading(breakage);
        TestFailures.retryAfter(host::token);
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.time.slept.stream().mapToLong(Duration::toMillis).sum())
                .as("waited for the lease")
                .isBetween(20_000L, 20_500L);
        assertThat(host.tikTok.spent).hasSize(2);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** It may have been carried out. */
    @ParameterizedTest
    @EnumSource
    void afterwardsARefusalCountsAsAnUnknownOutcomeOnEveryNode(Breakage breakage) {
        host.untilEnded();
        breakWhileReading(breakage);
        TestFailures.retryAfter(host::token);
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        try (TestHost other = host.another()) {
            assertThat(TestFailures.reason(other::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allWhoWaitAreToldEachByAnExceptionOfItsOwn(Breakage breakage) throws Exception {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            crowd.gathered();
            breakage.strike();
            return host.tikTok.tokenResponse();
        });
        List<End> ends = crowd.run(16, host::token);
        assertThat(ends).extracting(End::thrown).hasOnlyElementsOfType(TikTokUnavailableException.class);
        assertThat(ends).extracting(End::thrown).doesNotHaveDuplicates();
        assertThat(host.tikTok.spent).hasSize(1);
        assertNothingNoted();
    }

    @ParameterizedTest
    @EnumSource
    void whoHasAValidTokenIsGivenIt(Breakage breakage) {
        host.untilLeft(Duration.ofSeconds(60));
        breakWhileReading(breakage);
        assertThat(host.token()).isEqualTo("access-1");
        assertNothingNoted();
    }

    @ParameterizedTest
    @EnumSource
    void besideTheCallsAndFromASchedulerItHarmsNobody(Breakage breakage) {
        host.untilSoon();
        breakWhileReading(breakage);
        host.token();
        host.runBackground();
        assertThat(host.token()).isEqualTo("access-1");
        assertNothingNoted();
        host.time.advance(Duration.ofSeconds(21));
        breakWhileReading(breakage);
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(2), 10))
                .isEqualTo(new RefreshReport(0, 1, 0, false));
        host.time.advance(Duration.ofSeconds(21));
        assertThat(host.auth.maintenance().refreshDue(Duration.ofDays(2), 10))
                .isEqualTo(new RefreshReport(1, 0, 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void oneInTheStoreBeforeAnythingIsSentIsToldAndPasses(Breakage breakage) {
        host.untilEnded();
        host.store.before("acquireLease", breakage::strike);
        TestFailures.retryAfter(host::token);
        assertThat(host.tikTok.spent).isEmpty();
        host.store.heal();
        assertThat(host.token()).isEqualTo("access-2");
    }

    @ParameterizedTest
    @EnumSource
    void oneInTheSaveIsOutlivedWithinTheBudget(Breakage breakage) {
        host.untilEnded();
        host.store.before("saveTokens", () -> {
            if (host.store.count("saveTokens") < 4) {
                breakage.strike();
            }
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(events).noneMatch(AuthorizationEvent.TokensUnsaved.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void oneInEverySaveLeavesThePairInMemoryUntilItCanBeStored(Breakage breakage) {
        host.untilEnded();
        host.store.before("saveTokens", breakage::strike);
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(events).containsExactly(new AuthorizationEvent.TokensUnsaved(USER));
        for (int i = 0; i < 3; i++) {
            host.time.advance(Duration.ofSeconds(2));
            assertThat(host.token()).as("each tries to store it").isEqualTo("access-2");
        }
        assertThat(host.tikTok.spent).hasSize(1);
        host.store.heal();
        host.time.advance(Duration.ofSeconds(2));
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @ParameterizedTest
    @EnumSource
    void oneInTheLastSaveOfAllDoesNotBreakOffClosing(Breakage breakage) {
        host.untilEnded();
        host.store.before("saveTokens", breakage::strike);
        host.token();
        host.close();
        assertThat(host.tikTok.closed).isTrue();
        host.store.heal();
        host.close();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** The only copy is the one on its way into the store. */
    @ParameterizedTest
    @EnumSource
    void oneBetweenTwoTriesOfTheSaveDropsNothing(Breakage breakage) {
        host.untilEnded();
        host.store.fail("saveTokens");
        host.time.beforeSleep = breakage::strike;
        TestFailures.retryAfter(host::token);
        host.time.beforeSleep = () -> {};
        host.store.heal();
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void oneInAListenerNeitherEndsTheRefreshNorKeepsTheOthersFromBeingTold(Breakage breakage) {
        List<AuthorizationEvent> told = Collections.synchronizedList(new ArrayList<>());
        try (TestHost noisy = new TestHost(
                builder -> builder.listener(event -> breakage.strike()).listener(told::add))) {
            noisy.connect();
            noisy.untilEnded();
            assertThat(noisy.token()).isEqualTo("access-2");
            assertThat(noisy.stored().refreshToken()).isEqualTo("refresh-2");
            noisy.store.fail("saveTokens");
            assertThat(noisy.auth.refresh(USER).value()).isEqualTo("access-3");
            noisy.store.heal();
            noisy.auth.disconnect(USER);
        }
        assertThat(told)
                .hasExactlyElementsOfTypes(
                        AuthorizationEvent.ShopConnected.class,
                        AuthorizationEvent.TokenRefreshed.class,
                        AuthorizationEvent.TokensUnsaved.class,
                        AuthorizationEvent.ShopDisconnected.class);
    }

    /** "Unable to create native thread." */
    @ParameterizedTest
    @EnumSource
    void whereNoThreadIsToBeHadCallersAreToldAndMayTryAgain(Breakage breakage) {
        AtomicInteger refusals = new AtomicInteger(3);
        Executor poor = work -> {
            if (refusals.getAndDecrement() > 0) {
                breakage.strike();
            }
            work.run();
        };
        try (TestHost small = new TestHost(builder -> builder.callThreads(poor))) {
            TestFailures.thrown(TikTokUnavailableException.class, small::connect);
            refusals.set(0);
            small.connect();
            small.untilEnded();
            refusals.set(2);
            TestFailures.retryAfter(small::token);
            TestFailures.retryAfter(small::token);
            assertThat(small.store.count("acquireLease")).isZero();
            assertThat(small.token()).isEqualTo("access-2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneInACallOfAConsentIsToldAsNoUsableAnswer(Breakage breakage) throws Exception {
        host.auth.disconnect(USER);
        host.tikTok.onExchange(code -> {
            breakage.strike();
            return host.tikTok.tokenResponse();
        });
        host.tikTok.onShops(token -> {
            breakage.strike();
            return host.tikTok.shops;
        });
        TestLog testLog = new TestLog();
        for (int i = 0; i < 2; i++) {
            assertThat(TestFailures.thrown(TikTokUnavailableException.class, host::connect))
                    .hasMessageNotContaining(SECRET);
        }
        assertThat(host.connect().renewed()).isFalse();
        String log = testLog.text();
        assertThat(log).contains(breakage.type.getName()).doesNotContain(SECRET);
    }
}
