package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The orders of steps in which the natural-looking rules lose tokens, replayed with two nodes on each database. TikTok's answers
 * are held, and the database's clock is moved, so each order is the same at every run.
 */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
class KnownInterleavingsTest {

    private static final Duration LEASE_AND_MORE = Duration.ofSeconds(21);

    @Parameter
    TestServer server;

    private World world;
    private HikariDataSource poolA;
    private HikariDataSource poolB;
    private TikTokAuth a;
    private TikTokAuth b;

    @BeforeEach
    void start() {
        world = World.on(server, RefreshTokenRotation.OLD_IS_REFUSED);
        world.connectExpired("u");
        poolA = world.database.pool(2);
        poolB = world.database.pool(2);
        a = world.node(poolA).build();
        b = world.node(poolB).build();
    }

    @AfterEach
    void stop() {
        if (world != null) {
            a.close();
            b.close();
            poolA.close();
            poolB.close();
            world.close();
        }
    }

    private static String token(TikTokAuth node) {
        return node.getValidAccessToken("u").value();
    }

    /** A call whose request TikTok carries out, and whose answer waits at the gate. */
    private CompletableFuture<String> spend(TikTokAuth node, Gate gate) {
        return held(node, Fault.heldAfter(gate), gate);
    }

    private CompletableFuture<String> held(TikTokAuth node, Fault fault, Gate gate) {
        world.tikTok.faults().once(SimulatedEndpoint.REFRESH, fault);
        CompletableFuture<String> call = Actors.start(() -> token(node));
        gate.awaitArrivals(1);
        return call;
    }

    private void connectAnew(TikTokAuth node) {
        SimulatedCallback back = world.tikTok.allow(node.initiate("u").authUrl(), World.sellerOf("u"));
        node.callback("u", back.code(), back.requireState());
    }

    private void assertReason(Runnable call, Reason reason) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        AuthorizationRequiredException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aSpendsTheLeaseEndsBIsRefusedAndMarksAndAStillSaves() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = spend(a, gate);
        world.advance(LEASE_AND_MORE);
        assertReason(() -> token(b), Reason.OUTCOME_UNKNOWN);
        assertThat(world.row("u").refresh().reauthorizationReason()).isEqualTo("OUTCOME_UNKNOWN");

        gate.open();

        assertThat(Actors.result(ofA)).isEqualTo(world.tikToksTokens("u").accessToken());
        assertThat(world.row("u").generation()).isEqualTo(2);
        assertThat(token(b)).isEqualTo(Actors.result(ofA));
        world.assertAlive("u");
    }

    @Test
    void aSpendsTheLeaseEndsBTakesItAndAStillSaves() {
        Gate gateOfA = new Gate();
        Gate gateOfB = new Gate();
        CompletableFuture<String> ofA = spend(a, gateOfA);
        world.advance(LEASE_AND_MORE);
        CompletableFuture<String> ofB = held(b, Fault.heldBefore(gateOfB), gateOfB);

        gateOfA.open();
        String token = Actors.result(ofA);
        assertThat(world.row("u").generation()).isEqualTo(2);
        // Refused now, and what it was refused is no longer the stored one.
        gateOfB.open();

        assertThat(Actors.result(ofB)).isEqualTo(token);
        assertThat(token).isEqualTo(world.tikToksTokens("u").accessToken());
        world.assertAlive("u");
    }

    @Test
    void aLoserWhoComesLateNeitherMarksNorDeletesTheWinnersTokens() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = held(a, Fault.heldBefore(gate), gate);
        world.advance(LEASE_AND_MORE);
        String token = token(b);
        StoredAuthorization winners = world.row("u");

        gate.open();

        assertThat(Actors.result(ofA)).isEqualTo(token);
        assertThat(world.row("u").tokens()).isEqualTo(winners.tokens());
        assertThat(world.row("u").generation()).isEqualTo(2);
        world.assertAlive("u");
    }

    @Test
    void aLateFailureDoesNotTouchTheNextLease() {
        Gate gateOfA = new Gate();
        Gate gateOfB = new Gate();
        CompletableFuture<String> ofA = held(a, Fault.unavailable().behind(gateOfA), gateOfA);
        world.advance(LEASE_AND_MORE);
        CompletableFuture<String> ofB = held(b, Fault.heldBefore(gateOfB), gateOfB);
        String lease = world.row("u").refresh().leaseOwner();

        gateOfA.open();
        assertThatThrownBy(() -> Actors.result(ofA)).isInstanceOf(TikTokUnavailableException.class);
        assertThat(world.row("u").refresh().leaseOwner()).isEqualTo(lease).isNotNull();
        assertThat(world.row("u").refresh().coolDownUntil()).isNull();
        gateOfB.open();

        assertThat(Actors.result(ofB)).isEqualTo(world.tikToksTokens("u").accessToken());
        world.assertAlive("u");
    }

    @Test
    void aDisconnectDuringARefreshWins() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = spend(a, gate);
        assertThat(b.disconnect("u")).isTrue();

        gate.open();

        assertReason(() -> Actors.result(ofA), Reason.NOT_CONNECTED);
        assertThat(world.stores.tokenStore().find("u")).isEmpty();
        assertThat(world.database.ask("SELECT access_token FROM tiktok_shop_auth WHERE former_user_id = 'u'"))
                .hasSize(1)
                .containsOnlyNulls();
        assertThat(world.database.ask("SELECT refresh_token FROM tiktok_shop_auth WHERE former_user_id = 'u'"))
                .hasSize(1)
                .containsOnlyNulls();
        assertReason(() -> token(a), Reason.NOT_CONNECTED);
    }

    @Test
    void aReconnectDuringARefreshWinsAndTheWaiterGetsItsToken() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = spend(a, gate);
        b.disconnect("u");
        connectAnew(b);
        StoredAuthorization anew = world.row("u");
        // The same number as the refresh under way has read: only the connection's id tells them apart.
        assertThat(anew.generation()).isEqualTo(1);

        gate.open();

        assertThat(Actors.result(ofA)).isEqualTo(world.tikToksTokens("u").accessToken());
        assertThat(world.row("u").tokens()).isEqualTo(anew.tokens());
        assertThat(world.row("u").id()).isEqualTo(anew.id());
        world.assertAlive("u");
    }

    @Test
    void aRenewalDuringARefreshWinsAndTheWaiterGetsItsToken() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = spend(a, gate);
        connectAnew(b);
        StoredAuthorization renewed = world.row("u");
        assertThat(renewed.generation()).isEqualTo(2);

        gate.open();

        assertThat(Actors.result(ofA)).isEqualTo(world.tikToksTokens("u").accessToken());
        assertThat(world.row("u").tokens()).isEqualTo(renewed.tokens());
        assertThat(world.row("u").generation()).isEqualTo(2);
        world.assertAlive("u");
    }

    @Test
    void aRenewalClearsTheMarkOfTheConnectionBefore() {
        Gate gate = new Gate();
        CompletableFuture<String> ofA = spend(a, gate);
        world.advance(LEASE_AND_MORE);
        assertReason(() -> token(b), Reason.OUTCOME_UNKNOWN);
        connectAnew(b);

        gate.open();

        assertThat(Actors.result(ofA)).isEqualTo(world.tikToksTokens("u").accessToken());
        world.assertAlive("u");
    }

    @Test
    void aLostAnswerIsTriedOnceMoreAndThenMarkedAsUnknown() {
        world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.lost());
        assertThatThrownBy(() -> token(a)).isInstanceOf(TikTokUnavailableException.class);
        assertThat(world.row("u").refresh().outcomeUnknown()).isTrue();
        // The whole cluster rests.
        assertThatThrownBy(() -> token(b)).isInstanceOf(TikTokUnavailableException.class);
        assertThat(world.tikTok.counters().refreshes()).isEqualTo(1);

        world.advance(Duration.ofMinutes(1));

        assertReason(() -> token(b), Reason.OUTCOME_UNKNOWN);
        assertReason(() -> token(a), Reason.OUTCOME_UNKNOWN);
        assertThat(world.tikTok.counters().refreshes()).isEqualTo(2);
        assertThat(world.row("u").generation()).isEqualTo(1);
    }
}
