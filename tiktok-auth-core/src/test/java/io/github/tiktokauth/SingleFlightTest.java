package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.TestThreads.Crowd;
import io.github.tiktokauth.TestThreads.End;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In one process one refresh of a user at a time; the others share its end. */
class SingleFlightTest {

    private static final int THREADS = 64;

    private final TestHost host = new TestHost();
    private final Crowd crowd = new Crowd();

    @BeforeEach
    void connect() {
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void onceGathered(ScriptedTikTok.Answer<TokenResponse> answer) {
        host.tikTok.onRefresh(token -> {
            crowd.gathered();
            return answer.to(token);
        });
    }

    @Test
    void callersOfAnEndedTokenShareOneRequest() throws Exception {
        host.untilEnded();
        onceGathered(token -> host.tikTok.tokenResponse());
        List<End> ends = crowd.run(THREADS, host::token);
        assertThat(ends).extracting(End::value).containsOnly("access-2");
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        assertThat(host.store.count("saveTokens")).isEqualTo(1);
    }

    @Test
    void callersWhoAskForARefreshAtOnceShareIt() throws Exception {
        onceGathered(token -> host.tikTok.tokenResponse());
        List<End> ends = crowd.run(THREADS, () -> host.auth.refresh(USER).value());
        assertThat(ends).extracting(End::value).containsOnly("access-2");
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
    }

    @Test
    void callersWhoseTokenWasRefusedShareOneRequest() throws Exception {
        AccessToken refused = host.auth.getValidAccessToken(USER);
        onceGathered(token -> host.tikTok.tokenResponse());
        List<End> ends = crowd.run(
                THREADS, () -> host.auth.replaceRefusedToken(USER, refused).value());
        assertThat(ends).extracting(End::value).containsOnly("access-2");
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
    }

    /** Or each of them would in turn pass over the cool-down of the one before. */
    @Test
    void aFailedRefreshThatManyAskedForIsNotRepeatedByEach() throws Exception {
        onceGathered(token -> {
            throw ScriptedTikTok.unavailable();
        });
        List<End> ends = crowd.run(THREADS, () -> host.auth.refresh(USER));
        assertThat(ends).extracting(End::thrown).hasOnlyElementsOfType(TikTokUnavailableException.class);
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void eachCallerGetsAnExceptionOfItsOwn() throws Exception {
        host.untilEnded();
        onceGathered(token -> {
            throw ScriptedTikTok.refused(36004005);
        });
        List<End> ends = crowd.run(THREADS, host::token);
        Map<Throwable, Boolean> distinct = new IdentityHashMap<>();
        ends.forEach(end -> distinct.put(end.thrown(), true));
        assertThat(distinct).hasSize(THREADS);
        assertThat(distinct.keySet())
                .allSatisfy(thrown -> assertThat(thrown)
                        .isInstanceOfSatisfying(
                                AuthorizationRequiredException.class,
                                e -> assertThat(e.reason()).isEqualTo(AuthorizationRequiredException.Reason.REVOKED)));
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void usersDoNotWaitForEachOther() throws Exception {
        int users = 16;
        for (int i = 0; i < users; i++) {
            host.tikTok.shops = List.of(new io.github.tiktokauth.spi.StoredShop("shop-" + i, null, null, null, false));
            host.connect("crowd-" + i);
        }
        host.untilEnded();
        CountDownLatch all = new CountDownLatch(users);
        for (int i = 0; i < users; i++) {
            host.tikTok.onRefresh(token -> {
                all.countDown();
                TestThreads.await(all);
                return host.tikTok.tokenResponse();
            });
        }
        Map<String, Boolean> taken = new ConcurrentHashMap<>();
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        List<End> ends = crowd.run(users, () -> {
            String user = "crowd-" + next.getAndIncrement();
            return taken.put(host.auth.getValidAccessToken(user).value(), true);
        });
        assertThat(ends).allSatisfy(end -> assertThat(end.thrown()).isNull());
        assertThat(taken).hasSize(users);
        assertThat(host.tikTok.spent).hasSize(users);
    }

    /** An early one fails at a cool-down that a forced one passes over. */
    @Test
    void aForcedRefreshIsNotContentWithTheFailureOfAnEarlyOneThatItJoined() throws Exception {
        host.untilSoon();
        CountDownLatch atTikTok = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        host.tikTok.onRefresh(token -> {
            atTikTok.countDown();
            TestThreads.await(answer);
            throw ScriptedTikTok.unavailable();
        });
        host.token();
        Thread early = new Thread(host::runBackground);
        early.start();
        TestThreads.await(atTikTok);
        String[] got = new String[1];
        Thread forced = new Thread(() -> got[0] = host.auth.refresh(USER).value());
        forced.start();
        TestThreads.untilWaiting(forced);
        answer.countDown();
        forced.join();
        early.join();
        assertThat(got[0]).isEqualTo("access-2");
        assertThat(host.tikTok.spent).hasSize(2);
    }

    @Test
    void anInterruptOfOneWhoWaitsEndsItsWaitAndNobodyElses() throws Exception {
        host.untilLeft(Duration.ofSeconds(60));
        CountDownLatch atTikTok = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        host.tikTok.onRefresh(token -> {
            atTikTok.countDown();
            TestThreads.await(answer);
            return host.tikTok.tokenResponse();
        });
        String[] led = new String[1];
        Thread leader = new Thread(() -> led[0] = host.token());
        leader.start();
        TestThreads.await(atTikTok);
        Thread.currentThread().interrupt();
        assertThat(host.token()).as("the one that is still valid").isEqualTo("access-1");
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        answer.countDown();
        leader.join();
        assertThat(led[0]).isEqualTo("access-2");
    }

    /** By what runs on it: a driver, or a listener. */
    @Test
    void anInterruptOfTheThreadThatRefreshesLosesNothing() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            Thread.currentThread().interrupt();
            return host.tikTok.tokenResponse();
        });
        host.store.before("saveTokens", () -> {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("a driver may give up when interrupted")
                    .isFalse();
            if (host.store.count("saveTokens") < 3) {
                throw ProbedStore.down();
            }
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(Thread.interrupted()).as("it is not the caller's").isFalse();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }
}
