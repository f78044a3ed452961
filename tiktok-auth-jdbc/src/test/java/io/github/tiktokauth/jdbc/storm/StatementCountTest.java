package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call costs the database. */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
class StatementCountTest {

    @Parameter
    TestServer server;

    private World world;
    private CountingDataSource counting;
    private TikTokAuth auth;

    @BeforeEach
    void start() {
        world = World.on(server, RefreshTokenRotation.NONE);
        counting = new CountingDataSource(world.pool);
        auth = world.node(counting.dataSource()).build();
        // The first use of all also asks how the database compares ids.
        auth.status("nobody");
        counting.statements();
    }

    @AfterEach
    void stop() {
        if (world != null) {
            auth.close();
            world.close();
        }
    }

    @Test
    void aColdReadCostsOneAndTheNextOnesNone() {
        world.connect("u", Duration.ofDays(7));

        auth.getValidAccessToken("u");
        assertThat(counting.statements()).isEqualTo(1);
        for (int i = 0; i < 1000; i++) {
            auth.getValidAccessToken("u");
        }
        assertThat(counting.statements()).isZero();
    }

    @Test
    void aCallThatFindsAnExpiredTokenCostsReadingLeaseAndWrite() {
        world.connectExpired("u");

        auth.getValidAccessToken("u");
        assertThat(counting.statements()).isEqualTo(3);
        assertThat(world.tikTok.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void aRefreshByHandCostsReadingLeaseAndWrite() {
        world.connect("u", Duration.ofDays(7));

        auth.refresh("u");
        assertThat(counting.statements()).isEqualTo(3);
    }

    @Test
    void aFailedRefreshCostsReadingLeaseAndNote() {
        world.connectExpired("u");
        world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.unavailable());

        assertThatThrownBy(() -> auth.getValidAccessToken("u")).isInstanceOf(TikTokUnavailableException.class);
        assertThat(counting.statements()).isEqualTo(3);
        // In the cool-down the reading is enough to know.
        assertThatThrownBy(() -> auth.getValidAccessToken("u")).isInstanceOf(TikTokUnavailableException.class);
        assertThat(counting.statements()).isEqualTo(1);
    }

    @Test
    void aRefusedRefreshCostsReadingLeaseAndMark() {
        world.connectExpired("u");
        world.tikTok.revoke(World.sellerOf("u"));

        assertThatThrownBy(() -> auth.getValidAccessToken("u")).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(counting.statements()).isEqualTo(3);
        assertThatThrownBy(() -> auth.getValidAccessToken("u")).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(counting.statements()).isEqualTo(1);
    }

    @Test
    void looksAndADisconnectCostOneEach() {
        world.connect("u", Duration.ofDays(7));

        auth.status("u");
        assertThat(counting.statements()).isEqualTo(1);
        auth.status("nobody");
        assertThat(counting.statements()).isEqualTo(1);
        auth.shopInfo("u");
        assertThat(counting.statements()).isEqualTo(1);
        auth.maintenance().diagnose("u");
        assertThat(counting.statements()).isEqualTo(1);
        auth.disconnect("u");
        assertThat(counting.statements()).isEqualTo(1);
    }
}
