package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callbacks that meet on several nodes: states, shops and users have one winner each, and the database decides. */
@Tag("slow")
class ClusterRaceTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 5;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aStateIsTakenOnceByAllNodesTogether(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.NONE);
                TikTokAuth auth = world.node(world.pool).build()) {
            Cluster cluster = Cluster.open(world.settings());
            for (int round = 1; round <= ROUNDS; round++) {
                String user = "u" + round;
                world.tikTok.add(SimulatedSeller.withOneShop("seller" + round));
                String callback = consent(world, auth, user, "seller" + round);

                List<String> results = cluster.storm(node -> Collections.nCopies(THREADS, callback));

                assertThat(results).filteredOn(r -> r.startsWith("connected")).hasSize(1);
                assertThat(results)
                        .filteredOn(r -> !r.startsWith("connected"))
                        .hasSize(Cluster.NODES * THREADS - 1)
                        .allMatch(r -> r.startsWith("failed CallbackRejectedException STATE_ALREADY_USED"));
                assertThat(world.tikTok.counters().exchanges()).isEqualTo(round);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void ofManyUsersOnAllNodesWhoWantOneShopOneGetsIt(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.NONE);
                TikTokAuth auth = world.node(world.pool).build()) {
            Cluster cluster = Cluster.open(world.settings());
            for (int round = 1; round <= ROUNDS; round++) {
                String seller = "seller" + round;
                world.tikTok.add(SimulatedSeller.withOneShop(seller));
                String shop = world.tikTok.seller(seller).shops().get(0).id();
                List<String> users = new ArrayList<>();
                List<String> callbacks = new ArrayList<>();
                for (int i = 0; i < Cluster.NODES * THREADS; i++) {
                    String user = "u" + round + "-" + i;
                    users.add(user);
                    callbacks.add(consent(world, auth, user, seller));
                }

                List<String> results = cluster.storm(node -> callbacks.subList(node * THREADS, (node + 1) * THREADS));

                assertOneWinner(results, "SHOP_HELD_BY_ANOTHER_USER");
                String winner = users.get(IntStream.range(0, results.size())
                        .filter(i -> results.get(i).startsWith("connected"))
                        .findFirst()
                        .orElseThrow());
                assertThat(world.database.ask("SELECT user_id FROM tiktok_shop_auth WHERE shop_id = '" + shop + "'"))
                        .containsExactly(winner);
                assertThat(world.database.ask("SELECT COUNT(*) FROM tiktok_shop_auth"))
                        .containsExactly("" + round);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aUserWhoRacesForSeveralShopsGetsOne(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.NONE);
                TikTokAuth auth = world.node(world.pool).build()) {
            Cluster cluster = Cluster.open(world.settings());
            for (int round = 1; round <= ROUNDS; round++) {
                String user = "u" + round;
                List<String> callbacks = new ArrayList<>();
                for (int i = 0; i < Cluster.NODES; i++) {
                    String seller = "seller" + round + "-" + i;
                    world.tikTok.add(SimulatedSeller.withOneShop(seller));
                    callbacks.add(consent(world, auth, user, seller));
                }

                List<String> results = cluster.storm(node -> List.of(callbacks.get(node)));

                assertOneWinner(results, "USER_HOLDS_ANOTHER_SHOP");
                assertThat(results)
                        .contains("connected " + world.row(user).shop().shopId() + " null");
            }
        }
    }

    private static void assertOneWinner(List<String> results, String conflict) {
        assertThat(results).filteredOn(r -> r.startsWith("connected")).hasSize(1);
        assertThat(results)
                .filteredOn(r -> !r.startsWith("connected"))
                .hasSize(results.size() - 1)
                .allMatch(r -> r.startsWith("failed ShopConflictException " + conflict));
    }

    private static String consent(World world, TikTokAuth auth, String user, String seller) {
        SimulatedCallback back = world.tikTok.allow(auth.initiate(user).authUrl(), seller);
        return "callback " + user + " " + back.code() + " " + back.state();
    }
}
