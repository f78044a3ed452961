package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Authorizations that TikTok starts are bound to nobody until a signed-in user claims them. */
class ParkedCodeTest {

    private final SimulatedCluster cluster = new SimulatedCluster();
    private final TikTokAuth node = cluster.node();
    private final SimulatedCallback fromAppStore = cluster.tikTok.authorizeFromAppStore(SimulatedSeller.ONE_SHOP);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static void assertRejected(Rejection reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CallbackRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(reason));
    }

    @Test
    void aSignedInUserClaimsItOnAnyNode() {
        String claim = node.parkCallback(fromAppStore.code(), "browser");
        assertThat(cluster.tikTok.counters().exchanges())
                .as("nothing is attached by itself")
                .isZero();
        ClaimRequest request = ClaimRequest.of("alice", claim).withBrowserBinding("browser");
        assertThat(cluster.node().claimParked(request).shop().shopId()).isNotBlank();
        assertThat(node.status("alice").connected()).isTrue();
        assertRejected(Rejection.STATE_ALREADY_USED, () -> node.claimParked(request));
    }

    @Test
    void anotherBrowserCannotClaimItAndTheRightOneStillCan() {
        String claim = node.parkCallback(fromAppStore.code(), "browser");
        for (String other : new String[] {null, "", "other", "Browser", "browser "}) {
            assertRejected(
                    Rejection.STATE_OF_ANOTHER_BROWSER,
                    () -> node.claimParked(ClaimRequest.of("mallory", claim).withBrowserBinding(other)));
        }
        assertThat(cluster.tikTok.counters().exchanges()).isZero();
        node.claimParked(ClaimRequest.of("alice", claim).withBrowserBinding("browser"));
        assertThat(node.status("alice").connected()).isTrue();
    }

    @Test
    void aClaimWithoutBindingNeedsNone() {
        String claim = node.parkCallback(fromAppStore.code(), null);
        node.claimParked(ClaimRequest.of("alice", claim).withBrowserBinding("any"));
        assertThat(node.status("alice").connected()).isTrue();
    }

    @Test
    void itRunsOutWithTheCodeAfter30Minutes() {
        String first = node.parkCallback(fromAppStore.code(), null);
        cluster.time.advance(Duration.ofMinutes(30).minusMillis(2));
        String second = node.parkCallback(fromAppStore.code(), null);
        cluster.time.advance(Duration.ofMillis(2));
        assertRejected(Rejection.STATE_EXPIRED, () -> node.claimParked(ClaimRequest.of("alice", first)));
        cluster.time.advance(Duration.ofMinutes(30));
        assertRejected(Rejection.STATE_EXPIRED, () -> node.claimParked(ClaimRequest.of("alice", second)));
        assertThat(cluster.tikTok.counters().exchanges()).isZero();
    }

    @Test
    void itCanBeClaimedUntil30MinutesAreOver() {
        String claim = node.parkCallback(fromAppStore.code(), null);
        cluster.time.advance(Duration.ofMinutes(30).minusMillis(2));
        node.claimParked(ClaimRequest.of("alice", claim));
        assertThat(node.status("alice").connected()).isTrue();
    }

    @Test
    void theNodesOwnClockDoesNotMatter() {
        ManualTime wrong = new ManualTime();
        wrong.advance(Duration.ofDays(400));
        try (TestHost host = new TestHost();
                TikTokAuth late = TikTokAuth.builder(TikTokConfig.fromMap(TestHost.SETTINGS))
                        .tokenStore(host.rows)
                        .stateStore(host.states)
                        .time(wrong)
                        .api(host.tikTok)
                        .build()) {
            late.claimParked(ClaimRequest.of("alice", host.auth.parkCallback("the-code", null)));
            host.auth.claimParked(ClaimRequest.of("alice", late.parkCallback("the-next", null)));
            assertThat(host.tikTok.codes).containsExactly("the-code", "the-next");
        }
    }

    @Test
    void ofTwoClaimsOfOneCodeOneIsSpent() {
        String first = node.parkCallback(fromAppStore.code(), null);
        String second = cluster.node().parkCallback(fromAppStore.code(), "browser");
        assertThat(second).isNotEqualTo(first);
        node.claimParked(ClaimRequest.of("alice", first));
        assertRejected(
                Rejection.STATE_ALREADY_USED,
                () -> cluster.node().claimParked(ClaimRequest.of("bob", second).withBrowserBinding("browser")));
        assertThat(cluster.tikTok.counters().exchanges()).isEqualTo(1);
        assertThat(node.status("bob").connected()).isFalse();
    }

    @Test
    void ofManyClaimsAtOnceOneIsSpent() throws Exception {
        TikTokAuth other = cluster.node();
        List<String> claims = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            claims.add(node.parkCallback(fromAppStore.code(), null));
        }
        CyclicBarrier start = new CyclicBarrier(claims.size());
        ExecutorService pool = Executors.newFixedThreadPool(claims.size());
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < claims.size(); i++) {
                ClaimRequest request = ClaimRequest.of("user-" + i, claims.get(i));
                TikTokAuth at = i % 2 == 0 ? node : other;
                results.add(pool.submit(() -> {
                    start.await();
                    try {
                        at.claimParked(request);
                        return true;
                    } catch (CallbackRejectedException e) {
                        assertThat(e.rejection()).isEqualTo(Rejection.STATE_ALREADY_USED);
                        return false;
                    }
                }));
            }
            int connected = 0;
            for (Future<Boolean> result : results) {
                connected += result.get() ? 1 : 0;
            }
            assertThat(connected).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(cluster.tikTok.counters().exchanges()).isEqualTo(1);
    }

    @Test
    void aClaimIsNoStateAndAStateNoClaim() {
        String claim = node.parkCallback(fromAppStore.code(), null);
        assertRejected(Rejection.STATE_UNKNOWN, () -> node.callback("alice", fromAppStore.code(), claim));
        String state = node.initiate("alice").state();
        assertRejected(Rejection.STATE_UNKNOWN, () -> node.claimParked(ClaimRequest.of("alice", state)));
    }

    @Test
    void aDenialIsNotParked() {
        assertRejected(Rejection.CODE_MISSING, () -> node.parkCallback("null", null));
        assertRejected(Rejection.CODE_MISSING, () -> node.parkCallback(null, null));
    }
}
