package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh whose thread is stuck for longer than its lease: the next caller goes on, and what it brings late is not lost. */
class OverdueTest {

    private static final Duration LEASE = Duration.ofSeconds(20);

    private final List<AuthorizationEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final TestHost host = new TestHost(builder -> builder.listener(events::add));
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final String[] late = new String[1];
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private Thread first;
    private volatile Thread refreshing;

    @BeforeEach
    void connect() {
        host.connect();
        host.untilEnded();
        events.clear();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        host.close();
    }

    private void beStuck() {
        refreshing = Thread.currentThread();
        stuck.countDown();
        TestThreads.await(goOn);
        goesOn.countDown();
    }

    private void stuckAtTikTok() {
        host.tikTok.onRefresh(token -> {
            beStuck();
            return host.tikTok.tokenResponse("late", "late-refresh");
        });
    }

    /** Whichever of our threads comes there first. */
    private void stuckIn(String method, boolean after) {
        Runnable once = () -> {
            if (Thread.currentThread().getName().startsWith("tiktok-auth-call") && stuck.getCount() > 0) {
                beStuck();
            }
        };
        if (after) {
            host.store.after(method, once);
        } else {
            host.store.before(method, once);
        }
    }

    private void start() {
        first = new Thread(() -> {
            try {
                late[0] = host.token();
            } catch (TikTokAuthException e) {
                late[0] = e.getClass().getSimpleName();
            }
        });
        first.setDaemon(true);
        first.start();
        TestThreads.await(stuck);
        TestThreads.untilWaiting(first);
    }

    private void letGo() {
        goOn.countDown();
        TestThreads.await(goesOn);
        // Idle, or gone; closing would keep it from beginning anything.
        TestThreads.untilDone(refreshing);
        TestThreads.join(first);
        host.auth.close();
    }

    @Test
    void nobodyTakesItsPlaceWhileItsLeaseRuns() throws Exception {
        stuckAtTikTok();
        start();
        host.time.advance(LEASE.minusMillis(1));
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(host::token);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        letGo();
        assertThat(late[0]).isEqualTo("late");
    }

    @Test
    void theNextCallerGoesOnAndTheLateAnswerIsDroppedForTheNewerTokens() throws Exception {
        stuckAtTikTok();
        start();
        // The one who waits would take its place.
        first.interrupt();
        first.join();
        host.time.advance(LEASE);
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.tikTok.spent).containsExactly("refresh-1", "refresh-1");
        letGo();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.row().generation()).isEqualTo(2);
    }

    @Test
    void whoeverWaitsForItGoesOnToo() throws Exception {
        stuckAtTikTok();
        start();
        host.time.advance(LEASE);
        first.join();
        assertThat(late[0]).isEqualTo("access-2");
        letGo();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** TikTok has carried out the first: its answer is the only way back. */
    @Test
    void theLateAnswerIsStoredAndClearsTheMarkOfARefusal() throws Exception {
        stuckAtTikTok();
        start();
        first.interrupt();
        first.join();
        host.time.advance(LEASE);
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
        letGo();
        assertThat(host.token()).isEqualTo("late");
        assertThat(host.stored().refreshToken()).isEqualTo("late-refresh");
        assertThat(host.row().refresh().reauthorizationReason()).isNull();
    }

    @Test
    void thatItIsGivenUpWritesNothingAndItsLeaseIsNeverGivenBack() {
        stuckAtTikTok();
        start();
        first.interrupt();
        String owner = host.row().refresh().leaseOwner();
        host.time.advance(LEASE);
        host.store.before("acquireLease", () -> {
            assertThat(host.row().refresh().leaseOwner()).isEqualTo(owner);
            assertThat(host.row().refresh().failures()).isZero();
            assertThat(host.row().refresh().coolDownUntil()).isNull();
        });
        host.token();
        assertThat(host.store.count("acquireLease")).isEqualTo(2);
        assertThat(host.store.count("recordFailure")).isZero();
        assertThat(host.store.count("requireReauthorization")).isZero();
    }

    /** The stored refresh token is spent, and its successor is in this very process. */
    @Test
    void stuckInItsSaveItIsServedFromMemoryAndNothingIsSentAgain() throws Exception {
        stuckIn("saveTokens", false);
        start();
        host.time.advance(LEASE);
        first.join();
        assertThat(late[0]).isEqualTo("access-2");
        assertThat(host.token()).isEqualTo("access-2");
        TestFailures.thrown(StorageException.class, () -> host.auth.refresh(USER));
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        letGo();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.store.count("saveTokens")).isEqualTo(1);
        assertThat(events).hasExactlyElementsOfTypes(AuthorizationEvent.TokenRefreshed.class);
        assertThat(host.token()).isEqualTo("access-2");
    }

    /** The lease began when the store gave it, a little after this process asked for it. */
    @Test
    void whatIsStuckInItsSaveIsWaitedForUntilItMayBeServed() {
        host.store.after("acquireLease", () -> host.time.advance(Duration.ofSeconds(2)));
        stuckIn("saveTokens", false);
        start();
        host.time.advance(LEASE.minusSeconds(2));
        TestThreads.join(first);
        assertThat(late[0]).isEqualTo("access-2");
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void ofTwoAnswersThatCannotBeStoredTheLaterRefreshsIsKept() {
        stuckAtTikTok();
        start();
        first.interrupt();
        TestThreads.join(first);
        host.time.advance(LEASE);
        host.store.fail("saveTokens");
        assertThat(host.token()).isEqualTo("access-2");
        int writes = host.store.count("saveTokens");
        goOn.countDown();
        TestThreads.until(() -> host.store.count("saveTokens") > writes);
        host.auth.close();
        assertThat(host.token()).isEqualTo("access-2");
        host.store.heal();
        host.auth.close();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @Test
    void beforeItsLeaseIsOverNobodySeesWhatIsNotStored() throws Exception {
        stuckIn("saveTokens", false);
        start();
        host.time.advance(LEASE.minusMillis(1));
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(host::token);
        assertThat(Thread.interrupted()).isTrue();
        letGo();
        assertThat(late[0]).isEqualTo("access-2");
    }

    @Test
    void stuckInItsSaveWhenTheLibraryClosesItIsSavedByClosing() {
        stuckIn("saveTokens", false);
        start();
        first.interrupt();
        Thread closing = new Thread(host.auth::close);
        closing.start();
        TestThreads.untilWaiting(closing);
        host.time.advance(Duration.ofSeconds(30));
        TestThreads.join(closing);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @Test
    void afterADisconnectWhatWasStuckIsNeitherServedNorKept() throws Exception {
        stuckIn("saveTokens", false);
        start();
        first.interrupt();
        first.join();
        host.auth.disconnect(USER);
        host.time.advance(LEASE);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        host.store.fail("saveTokens");
        letGo();
        assertThat(host.rows.find(USER)).isEmpty();
        assertThat(events).noneMatch(AuthorizationEvent.TokensUnsaved.class::isInstance);
    }

    @Test
    void stuckBeforeItHasALeaseItHoldsUpNobodyForLongerThanOne() throws Exception {
        stuckIn("acquireLease", false);
        start();
        first.interrupt();
        first.join();
        host.time.advance(LEASE);
        assertThat(host.token()).isEqualTo("access-2");
        letGo();
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** By then others have it, and may have sent the same token. */
    @Test
    void stuckWhileItTakesTheLeaseItSendsNothingWhenThatIsOver() throws Exception {
        stuckIn("acquireLease", true);
        start();
        first.interrupt();
        first.join();
        host.time.advance(LEASE);
        CountDownLatch newer = new CountDownLatch(1);
        CountDownLatch newersAnswer = new CountDownLatch(1);
        host.tikTok.onRefresh(token -> {
            newer.countDown();
            TestThreads.await(newersAnswer);
            return host.tikTok.tokenResponse();
        });
        Thread caller = new Thread(host::token);
        caller.start();
        TestThreads.await(newer);
        Thread closing = new Thread(this::letGo);
        closing.start();
        TestThreads.untilWaiting(closing);
        newersAnswer.countDown();
        TestThreads.join(closing);
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** A pause of the whole process: nobody here has noticed that the lease is over, therefore it runs on one thread. */
    @Test
    void aLeaseThatIsOverWhenItIsHadIsNotUsed() {
        try (TestHost paused = new TestHost(
                builder -> builder.waitTimeout(Duration.ofMinutes(1)).callThreads(Runnable::run))) {
            paused.connect();
            paused.untilEnded();
            Instant over = paused.time.wall().instant().plus(LEASE);
            paused.store.after("acquireLease", () -> {
                if (paused.store.count("acquireLease") == 1) {
                    paused.time.advance(LEASE);
                    assertThat(paused.rows.acquireLease(paused.row().id(), 1, "another node", LEASE, false, false))
                            .isTrue();
                }
            });
            Instant[] sent = new Instant[1];
            paused.tikTok.onRefresh(token -> {
                sent[0] = paused.time.wall().instant();
                return paused.tikTok.tokenResponse();
            });
            assertThat(paused.token()).isEqualTo("access-2");
            assertThat(sent[0]).as("waited for the other node's lease").isAfterOrEqualTo(over.plus(LEASE));
            assertThat(paused.tikTok.spent).hasSize(1);
            assertThat(paused.stored().refreshToken()).isEqualTo("refresh-2");
        }
    }

    @Test
    void givenUpItBeginsNothingMore() throws Exception {
        host.rows.acquireLease(host.row().id(), 1, "another node", LEASE, false, false);
        stuckIn("find", true);
        first = new Thread(() -> TestFailures.thrown(TikTokAuthException.class, () -> host.auth.refresh(USER)));
        first.setDaemon(true);
        first.start();
        TestThreads.await(stuck);
        first.interrupt();
        first.join();
        host.time.advance(LEASE.plusSeconds(1));
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable();
        });
        TestFailures.retryAfter(() -> host.auth.refresh(USER));
        letGo();
        assertThat(host.tikTok.spent)
                .as("a forced one passes over the cool-down")
                .hasSize(1);
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
    }

    @Test
    void itsEndDoesNotEndTheNewerOne() throws Exception {
        stuckAtTikTok();
        start();
        first.interrupt();
        first.join();
        host.time.advance(LEASE);
        CountDownLatch newer = new CountDownLatch(1);
        CountDownLatch newersAnswer = new CountDownLatch(1);
        host.tikTok.onRefresh(token -> {
            newer.countDown();
            TestThreads.await(newersAnswer);
            return host.tikTok.tokenResponse("dropped", "dropped-refresh");
        });
        String[] second = new String[1];
        Thread caller = new Thread(() -> second[0] = host.token());
        caller.start();
        TestThreads.await(newer);
        goOn.countDown();
        TestThreads.until(() -> host.row().generation() == 2);
        Thread third = new Thread(() -> host.auth.refresh(USER));
        third.start();
        TestThreads.untilWaiting(third);
        assertThat(host.store.count("acquireLease")).as("it joins").isEqualTo(2);
        newersAnswer.countDown();
        TestThreads.join(caller);
        TestThreads.join(third);
        assertThat(second[0]).as("what the late one has stored").isEqualTo("late");
        assertThat(host.tikTok.spent).containsExactly("refresh-1", "refresh-1", "late-refresh");
    }

    /** Its thread died before it could say so. */
    @Test
    void oneThatNeverEvenRanLocksNobodyOut() {
        boolean[] lost = {false};
        Executor forgetful = work -> {
            if (!lost[0]) {
                new Thread(work).start();
            }
            lost[0] = false;
        };
        TestHost unlucky = new TestHost(builder -> builder.callThreads(forgetful));
        unlucky.connect();
        unlucky.untilEnded();
        lost[0] = true;
        Thread.currentThread().interrupt();
        TestFailures.retryAfter(unlucky::token);
        assertThat(Thread.interrupted()).isTrue();
        unlucky.time.advance(LEASE);
        assertThat(unlucky.token()).isEqualTo("access-2");
        assertThat(unlucky.tikTok.spent).hasSize(1);
    }

    @Test
    void anEarlyOneThatIsStuckDoesNotKeepLaterOnesFromBeingStarted() throws Exception {
        host.connect();
        host.untilSoon();
        stuckAtTikTok();
        host.token();
        first = new Thread(host::runBackground);
        first.start();
        TestThreads.await(stuck);
        host.time.advance(LEASE);
        TestThreads.join(first);
        host.token();
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        host.runBackground();
        assertThat(host.tikTok.spent).hasSize(2);
        assertThat(host.token()).isEqualTo("access-3");
        letGo();
    }
}
