package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} of the node that has spent the refresh token and has not got the answer. */
@Tag("slow")
class NodeDeathTest {

    private static final int THREADS = 4;

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, NONE",
        "POSTGRESQL, OLD_STAYS_VALID",
        "MARIADB, NONE",
        "MARIADB, OLD_STAYS_VALID",
    })
    void whereTheOldTokenStillWorksTheOthersGoOnAfterTheLease(TestServer server, RefreshTokenRotation rotation) {
        afterTheDeath(server, rotation, (world, results) -> {
            assertThat(results)
                    .containsOnly("token " + Hash.of(world.tikToksTokens("u").accessToken()));
            assertThat(world.tikTok.counters().refreshes()).isEqualTo(2);
            assertThat(world.row("u").generation()).isEqualTo(2);
            world.assertAlive("u");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void whereTheOldTokenIsSpentTheConnectionIsMarkedAndKept(TestServer server) {
        afterTheDeath(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION, (world, results) -> {
            assertThat(results)
                    .allMatch(result -> result.startsWith("failed AuthorizationRequiredException OUTCOME_UNKNOWN"));
            // The dead node's, and one to find out: then nobody asks any more.
            assertThat(world.tikTok.counters().refreshes()).isEqualTo(2);
            StoredAuthorization row = world.row("u");
            assertThat(row.generation()).isEqualTo(1);
            assertThat(row.refresh().reauthorizationReason()).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(row.refresh().lastCode()).isEqualTo("36004005");
            assertThat(row.refresh().leaseOwner()).isNull();
            assertThat(Hash.of(world.storedAccessToken("u"))).isEqualTo(world.hashAtConnect("u"));
        });
    }

    private static void afterTheDeath(
            TestServer server, RefreshTokenRotation rotation, BiConsumer<World, List<String>> check) {
        Gate gate = new Gate();
        try (World world = World.on(server, rotation)) {
            world.connectExpired("u");
            Cluster others = Cluster.open(world.settings());
            try (NodeProcess victim = NodeProcess.launch().ready()) {
                victim.open(world.settings());
                world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.heldAfter(gate));
                victim.arm(List.of("token u"));
                victim.awaitArmed();
                victim.go();
                gate.awaitArrivals(1);
                victim.kill();
            }
            assertThat(world.row("u").refresh().leaseOwner()).isNotNull();
            assertThat(world.tikTok.counters().refreshed()).isEqualTo(1);

            others.begin(node -> Collections.nCopies(THREADS, "token u"));
            // Nobody asks TikTok while the dead node's lease runs.
            assertThat(world.tikTok.counters().refreshes()).isEqualTo(1);
            others.advance(Duration.ofSeconds(21));
            List<String> results = others.results();

            assertThat(results).hasSize(Cluster.NODES * THREADS);
            check.accept(world, results);
        } finally {
            gate.open();
        }
    }
}
