package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatorCounters;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four JVMs with sixteen threads each, one database, and a TikTok that punishes every second use of a refresh token. */
@Tag("slow")
class RefreshStormTest {

    private static final int THREADS = 16;
    private static final int USERS = 2000;

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void oneExpiredTokenIsRefreshedOnceForSixtyFourThreadsInFourJvms(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION)) {
            String spent = world.connectExpired("u").refreshToken();
            world.tikTok.faults().latency(SimulatedEndpoint.REFRESH, Duration.ofMillis(100));
            Cluster cluster = Cluster.open(world.settings());

            List<String> results = cluster.storm(node -> Collections.nCopies(THREADS, "token u"));

            assertThat(results)
                    .hasSize(Cluster.NODES * THREADS)
                    .containsOnly("token " + Hash.of(world.tikToksTokens("u").accessToken()));
            SimulatorCounters counters = world.tikTok.counters();
            assertThat(counters.refreshes()).isEqualTo(1);
            assertThat(counters.reusedRefreshTokens()).isZero();
            assertThat(world.tikTok.requests().refreshesWith(spent)).isEqualTo(1);
            assertThat(world.row("u").generation()).isEqualTo(2);
            world.assertAlive("u");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void twoThousandExpiredTokensAreRefreshedOnceEach(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION)) {
            IntStream.range(0, USERS).parallel().forEach(i -> world.connectExpired("u" + i));
            Cluster cluster = Cluster.open(world.settings());
            int slice = USERS / THREADS;

            // Every node wants every token, and all begin with the same ones.
            List<String> results = cluster.storm(node -> IntStream.range(0, THREADS)
                    .mapToObj(thread -> "sweep u " + thread * slice + " " + (thread + 1) * slice)
                    .toList());

            List<String> expected = IntStream.range(0, THREADS)
                    .mapToObj(thread -> "swept " + slice + " " + newestTokens(world, thread * slice, slice))
                    .toList();
            for (int node = 0; node < Cluster.NODES; node++) {
                assertThat(results.subList(node * THREADS, (node + 1) * THREADS))
                        .isEqualTo(expected);
            }
            SimulatorCounters counters = world.tikTok.counters();
            assertThat(counters.refreshes()).isEqualTo(USERS);
            assertThat(counters.reusedRefreshTokens()).isZero();
            assertThat(counters.maxRefreshesInFlightPerSeller()).isEqualTo(1);
            assertThat(world.tikTok.requests().refreshesBySeller()).hasSize(USERS);
            world.assertAlive("u0");
            world.assertAlive("u" + (USERS - 1));
        }
    }

    private static String newestTokens(World world, int from, int count) {
        StringBuilder tokens = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            tokens.append(world.tikToksTokens("u" + i).accessToken());
        }
        return Hash.of(tokens.toString());
    }
}
