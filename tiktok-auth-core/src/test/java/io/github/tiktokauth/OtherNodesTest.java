package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers without a valid token, while another node has the lease, or the store is not what it should be. */
class OtherNodesTest {

    private final TestHost host = new TestHost();

    @BeforeEach
    void connect() {
        host.connect();
        host.untilEnded();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void lease(Duration duration) {
        assertThat(host.rows.acquireLease(host.row().id(), 1, "another node", duration, false, false))
                .isTrue();
    }

    /** After the waiting node has looked this often. */
    private void afterLooks(int looks, Runnable action) {
        host.store.before("find", () -> {
            if (host.store.count("find") == looks) {
                action.run();
            }
        });
    }

    @Test
    void aWaitingCallerGetsWhatTheOtherNodeBrings() {
        lease(Duration.ofSeconds(20));
        TokenEncryption encryption = new TokenEncryption(
                TikTokConfig.fromMap(TestHost.SETTINGS).cipher(), host.rows.name(), TestHost.APP_KEY);
        afterLooks(
                8,
                () -> host.rows.saveTokens(
                        host.row().id(),
                        1,
                        TestHost.APP_KEY,
                        encryption.seal(
                                USER,
                                PlainTokens.first(host.tikTok.tokenResponse("from-another", "r"), host.rows::now)),
                        false));
        assertThat(host.token()).isEqualTo("from-another");
        assertThat(host.tikTok.spent).isEmpty();
        assertThat(host.time.slept).hasSizeGreaterThan(4);
    }

    @Test
    void waitingLooksSeldomerAndSeldomerButFourTimesASecond() {
        lease(Duration.ofSeconds(20));
        host.token();
        assertThat(host.time.slept.get(0)).isEqualTo(Duration.ofMillis(10));
        assertThat(host.time.slept).isSorted().allMatch(pause -> pause.compareTo(Duration.ofMillis(250)) <= 0);
        assertThat(host.store.count("find")).as("in twenty seconds").isLessThan(110);
    }

    @Test
    void aWaitingCallerTakesOverFromANodeThatDied() {
        lease(Duration.ofSeconds(20));
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.time.slept.stream().mapToLong(Duration::toMillis).sum()).isBetween(20_000L, 20_500L);
    }

    @Test
    void aWaitingCallerIsToldOfTheOtherNodesFailure() {
        lease(Duration.ofSeconds(20));
        afterLooks(
                5,
                () -> host.rows.recordFailure(
                        host.row().id(),
                        1,
                        "another node",
                        Duration.ofSeconds(33),
                        io.github.tiktokauth.spi.RefreshFailure.of("36009003", null, false)));
        assertThat(TestFailures.retryAfter(host::token)).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(33));
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void aWaitingCallerIsToldThatTheSellerMustAuthorizeAgain() {
        lease(Duration.ofSeconds(20));
        afterLooks(
                5,
                () -> host.rows.requireReauthorization(
                        host.row().id(),
                        1,
                        "another node",
                        io.github.tiktokauth.spi.Reauthorization.hard("EXPIRED"),
                        io.github.tiktokauth.spi.RefreshFailure.of("36004001", null, false)));
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.EXPIRED);
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void aWaitingCallerIsToldOfADisconnectAndGivenWhatAReconnectBrings() {
        lease(Duration.ofSeconds(20));
        afterLooks(5, () -> host.rows.disconnect(USER));
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        host.connect();
        host.untilEnded();
        lease(Duration.ofSeconds(20));
        afterLooks(host.store.count("find") + 5, () -> {
            host.rows.disconnect(USER);
            host.connect();
        });
        assertThat(host.token()).isEqualTo("access-3");
        assertThat(host.tikTok.spent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 25})
    void nobodyWaitsForLongerThanTheLimit(int seconds) {
        try (TestHost hurried = new TestHost(builder -> builder.waitTimeout(Duration.ofSeconds(seconds)))) {
            hurried.connect();
            hurried.untilEnded();
            hurried.rows.acquireLease(hurried.row().id(), 1, "another node", Duration.ofHours(2), false, false);
            assertThat(TestFailures.retryAfter(hurried::token)).isEqualTo(Duration.ofSeconds(1));
            assertThat(hurried.time.slept.stream().mapToLong(Duration::toMillis).sum())
                    .isBetween(seconds * 1000L, seconds * 1000L + 250);
        }
    }

    @Test
    void anInterruptedCallerWaitsForNoOtherNodeAndLeavesARefreshThatDoes() {
        lease(Duration.ofSeconds(20));
        CountDownLatch left = new CountDownLatch(1);
        host.store.before("find", () -> {
            if (Thread.currentThread().getName().startsWith("tiktok-auth")) {
                TestThreads.await(left);
            }
        });
        Thread.currentThread().interrupt();
        assertThat(TestFailures.retryAfter(host::token)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        left.countDown();
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void afterTheLeaseTheRowThatWasSpentIsTheRowThatWasRead() {
        host.store.before("acquireLease", () -> {
            if (host.store.count("acquireLease") == 1) {
                try (TestHost other = host.another()) {
                    other.auth.refresh(USER);
                }
            }
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.tikTok.spent).as("the other node's request only").containsExactly("refresh-1");
    }

    /** Time stands still here unless somebody sleeps: a caller that never pauses would never come back. */
    @Test
    void aStoreThatNeverGivesTheLeaseIsGivenUpAfterAFewTries() {
        host.store.answer("acquireLease", false);
        StorageException e = TestFailures.thrown(StorageException.class, host::token);
        assertThat(e).hasMessageContaining("contract");
        assertThat(host.store.count("acquireLease")).isEqualTo(5);
        assertThat(host.time.slept).isNotEmpty();
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void aStoreThatNeverSavesCostsFewRequests() {
        host.store.answer("saveTokens", false);
        TestFailures.thrown(TikTokAuthException.class, host::token);
        assertThat(host.tikTok.spent).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aStoreThatMarksNothingIsGivenUpToo() {
        host.store.answer("requireReauthorization", false);
        for (int i = 0; i < 20; i++) {
            host.tikTok.onRefresh(token -> {
                throw ScriptedTikTok.refused(36004005);
            });
        }
        TestFailures.thrown(TikTokAuthException.class, host::token);
        assertThat(host.tikTok.spent).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void atMostThreeCallsOfTheStoreMakeARefreshAndOneAColdRead() {
        host.token();
        assertThat(host.store.count("find") - 1).as("beside the callback's").isEqualTo(1);
        assertThat(host.store.count("acquireLease")).isEqualTo(1);
        assertThat(host.store.count("saveTokens")).isEqualTo(1);
        assertThat(host.store.count()).as("connect and its find beside them").isEqualTo(5);
        host.token();
        assertThat(host.store.count()).isEqualTo(6);
    }

    @Test
    void aRefreshThatLeavesValuesOutKeepsTheOldOnes() {
        host.tikTok.onRefresh(token -> {
            TokenResponse whole = host.tikTok.tokenResponse();
            return new TokenResponse(whole.accessToken(), null, whole.accessTokenExpiresAt(), null, null, null, null);
        });
        TokenResponse before = host.stored();
        assertThat(host.token()).isEqualTo("access-2");
        TokenResponse after = host.stored();
        assertThat(after.refreshToken()).isEqualTo(before.refreshToken());
        assertThat(after.refreshTokenExpiresAt()).isEqualTo(before.refreshTokenExpiresAt());
        assertThat(after.openId()).isEqualTo(before.openId());
        assertThat(after.scope()).isEqualTo(before.scope());
        assertThat(host.auth.shopInfo(USER).shopCipher()).as("shop facts stay").isEqualTo("ROW_cipher");
    }
}
