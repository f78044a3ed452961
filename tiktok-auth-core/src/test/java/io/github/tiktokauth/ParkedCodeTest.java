package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.CallbackRejectedException.Reason;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static void assertRejected(Reason reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CallbackRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void a_signed_in_user_claims_it_on_any_node() {
        String claim = node.parkCallback(fromAppStore.code(), "browser");
        assertThat(cluster.tikTok.counters().exchanges())
                .as("nothing is attached by itself")
                .isZero();
        CallbackRequest request = CallbackRequest.of("alice", null, claim).withBrowserBinding("browser");
        assertThat(cluster.node().claimParked(request).shop().shopId()).isNotBlank();
        assertThat(node.status("alice").connected()).isTrue();
        assertRejected(Reason.STATE_ALREADY_USED, () -> node.claimParked(request));
    }

    @Test
    void another_browser_cannot_claim_it() {
        String claim = node.parkCallback(fromAppStore.code(), "browser");
        assertRejected(
                Reason.STATE_OF_ANOTHER_BROWSER,
                () -> node.claimParked(
                        CallbackRequest.of("mallory", null, claim).withBrowserBinding("other")));
        assertThat(cluster.tikTok.counters().exchanges()).isZero();
    }

    @Test
    void it_runs_out_with_the_code_after_30_minutes() {
        String claim = node.parkCallback(fromAppStore.code(), null);
        cluster.time.advance(Duration.ofMinutes(30));
        assertRejected(Reason.STATE_EXPIRED, () -> node.claimParked(CallbackRequest.of("alice", null, claim)));
    }

    @Test
    void a_claim_is_no_state_and_a_state_no_claim() {
        String claim = node.parkCallback(fromAppStore.code(), null);
        assertRejected(Reason.STATE_OF_ANOTHER_USER, () -> node.callback("alice", fromAppStore.code(), claim));
        String state = node.initiate("alice").state();
        assertRejected(Reason.STATE_OF_ANOTHER_USER, () -> node.claimParked(CallbackRequest.of("alice", null, state)));
        assertRejected(Reason.STATE_UNKNOWN, () -> node.claimParked(CallbackRequest.of("alice", null, "guess")));
    }

    @Test
    void the_code_is_encrypted_and_the_claim_hashed_at_rest() {
        List<StoredState> saved = new ArrayList<>();
        StateStore real = cluster.states;
        cluster.states = (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("save")) {
                        saved.add((StoredState) arguments[0]);
                    }
                    return method.invoke(real, arguments);
                });
        String claim = cluster.node().parkCallback(fromAppStore.code(), "browser");
        assertThat(saved).hasSize(1);
        StoredState state = saved.get(0);
        assertThat(List.of(state.hash(), state.userId(), state.bindingHash(), state.hostState()))
                .noneMatch(
                        text -> text.contains(fromAppStore.code()) || text.contains(claim) || text.contains("browser"));
    }

    @Test
    void a_denial_is_not_parked() {
        assertRejected(Reason.CODE_MISSING, () -> node.parkCallback("null", null));
        assertRejected(Reason.CODE_MISSING, () -> node.parkCallback(null, null));
    }
}
