package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.AuthorizationRequest;
import io.github.tiktokauth.CallbackRequest;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection for the whole application: whoever held it during HTTP would stop everybody else. */
@Tag("slow")
class PoolOfOneTest {

    @ParameterizedTest
    @CsvSource({"H2, true", "H2, false", "POSTGRESQL, true", "POSTGRESQL, false", "MARIADB, true", "MARIADB, false"})
    void whileTikTokHangsTheConnectionIsFree(TestServer server, boolean autoCommit) {
        Gate refresh = new Gate();
        Gate exchange = new Gate();
        Gate shops = new Gate();
        try (World world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION);
                HikariDataSource pool = world.database.pool(1, config -> config.setAutoCommit(autoCommit));
                TikTokAuth auth = world.node(pool).build()) {
            world.connectExpired("expired");
            world.connect("valid", Duration.ofDays(7));
            CountingDataSource counting = new CountingDataSource(pool);
            try (TikTokAuth hanging = world.node(counting.dataSource()).build()) {
                world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.heldAfter(refresh));
                CompletableFuture<?> refreshing = Actors.start(() -> hanging.getValidAccessToken("expired"));
                refresh.awaitArrivals(1);
                assertFree(counting, auth);
                refresh.open();
                Actors.result(refreshing);

                world.tikTok.add(SimulatedSeller.withOneShop("new"));
                SimulatedCallback back = world.tikTok.allow(auth.initiate("new").authUrl(), "new");
                world.tikTok.faults().once(SimulatedEndpoint.EXCHANGE, Fault.heldAfter(exchange));
                world.tikTok.faults().once(SimulatedEndpoint.SHOPS, Fault.heldAfter(shops));
                CompletableFuture<?> connecting =
                        Actors.start(() -> hanging.callback("new", back.code(), back.requireState()));
                exchange.awaitArrivals(1);
                assertFree(counting, auth);
                exchange.open();
                shops.awaitArrivals(1);
                assertFree(counting, auth);
                shops.open();
                Actors.result(connecting);
            }
            assertThat(counting.openConnections()).isZero();
            world.assertAlive("expired");
            world.assertAliveAs("new", "new");
        } finally {
            refresh.open();
            exchange.open();
            shops.open();
        }
    }

    private static void assertFree(CountingDataSource counting, TikTokAuth auth) {
        assertThat(counting.openConnections()).isZero();
        // Through the same pool; it would wait for the connection and fail.
        assertThat(auth.status("valid").connected()).isTrue();
        assertThat(auth.getValidAccessToken("valid")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"H2, true", "H2, false", "POSTGRESQL, true", "POSTGRESQL, false", "MARIADB, true", "MARIADB, false"})
    void everyOperationWorksAlsoForManyThreadsAtOnce(TestServer server, boolean autoCommit) {
        try (World world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION);
                HikariDataSource pool = world.database.pool(1, config -> config.setAutoCommit(autoCommit));
                TikTokAuth auth = world.node(pool).build()) {
            List<CompletableFuture<Void>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String user = "u" + i;
                world.tikTok.add(SimulatedSeller.withOneShop(World.sellerOf(user)));
                users.add(Actors.start(() -> {
                    wholeLife(world, auth, user);
                    return null;
                }));
            }
            users.forEach(Actors::result);

            assertThat(auth.maintenance().reencrypt(null, 100).read()).isZero();
            assertThat(world.tikTok.counters().reusedRefreshTokens()).isZero();
        }
    }

    private static void wholeLife(World world, TikTokAuth auth, String user) {
        String seller = World.sellerOf(user);
        AuthorizationRequest request = auth.initiate(user);
        SimulatedCallback back = world.tikTok.allow(request.authUrl(), seller);
        auth.callback(CallbackRequest.of(user, back.code(), back.state()));
        assertThat(auth.getValidAccessToken(user).value())
                .isEqualTo(world.tikToksTokens(user).accessToken());
        assertThat(auth.refresh(user).value())
                .isEqualTo(world.tikToksTokens(user).accessToken());
        world.tikTok
                .faults()
                .once(SimulatedEndpoint.REFRESH, Fault.unavailable().onlyFor(seller));
        assertThatThrownBy(() -> auth.refresh(user)).isInstanceOf(TikTokUnavailableException.class);
        assertThat(auth.refresh(user).value())
                .isEqualTo(world.tikToksTokens(user).accessToken());
        assertThat(auth.replaceRefusedToken(user, auth.getValidAccessToken(user))
                        .value())
                .isEqualTo(world.tikToksTokens(user).accessToken());
        assertThat(auth.shopInfo(user).shopId())
                .isEqualTo(world.tikTok.seller(seller).shops().get(0).id());
        assertThat(auth.maintenance().diagnose(user).generation()).isPositive();
        assertThat(auth.disconnect(user)).isTrue();
        assertThat(auth.status(user).connected()).isFalse();
        assertThat(auth.erase(user)).isPositive();
    }
}
