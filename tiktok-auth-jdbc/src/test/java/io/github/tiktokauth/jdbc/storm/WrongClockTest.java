package io.github.tiktokauth.jdbc.storm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatorCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes whose clocks are wrong. Expiry, leases and cool-downs are the database's to judge. */
@Tag("slow")
class WrongClockTest {

    private static final int THREADS = 8;

    /** A fast one, a slow one and one that is right. */
    private static final List<NodeProcess> NODES = new ArrayList<>();

    @AfterAll
    static void stop() {
        NODES.forEach(NodeProcess::close);
        NODES.clear();
    }

    private static void start() {
        Faketime.require();
        if (NODES.isEmpty()) {
            Stream.of("+600", "-600", "+0").map(WrongClockTest::launch).forEach(NODES::add);
            NODES.forEach(NodeProcess::ready);
        }
    }

    private static NodeProcess launch(String seconds) {
        // Without the setting, each timed wait in a JVM ends at once.
        return NodeProcess.launch(
                List.of("env", "FAKETIME_FORCE_MONOTONIC_FIX=0", "faketime", "--exclude-monotonic", "-f", seconds),
                "-Dorg.slf4j.simpleLogger.log.io.github.tiktokauth=warn");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void clocksTenMinutesOffCostNoRequestAndNoFailure(TestServer server) {
        try (World world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION)) {
            // Still valid by the slow clock, ended by the fast one.
            world.connect("ended", Duration.ofMinutes(-5));
            world.connect("valid", Duration.ofMinutes(8));
            start();
            NODES.forEach(node -> node.open(world.settings()));
            assertThat(offsetInMinutes(NODES.get(0))).isEqualTo(10);
            assertThat(offsetInMinutes(NODES.get(1))).isEqualTo(-10);
            Cluster cluster = Cluster.of(NODES);

            assertThat(cluster.storm(node -> Collections.nCopies(THREADS, "token valid")))
                    .containsOnly("token " + world.hashAtConnect("valid"));
            assertThat(world.tikTok.counters().refreshes()).isZero();

            assertThat(cluster.storm(node -> Collections.nCopies(THREADS, "token ended")))
                    .containsOnly(
                            "token " + Hash.of(world.tikToksTokens("ended").accessToken()));
            SimulatorCounters counters = world.tikTok.counters();
            assertThat(counters.refreshes()).isEqualTo(1);
            assertThat(counters.reusedRefreshTokens()).isZero();
            world.assertAlive("ended");
        }
    }

    /** Shows that the node's clock is wrong indeed. */
    private static long offsetInMinutes(NodeProcess node) {
        String millis = node.call("now").get(0);
        return Math.round((Long.parseLong(millis) - System.currentTimeMillis()) / 60_000.0);
    }

    /** Where faketime is not installed, this still holds. */
    @Test
    void nothingReadsThisMachinesClockButTheSigningOfRequests() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.tiktokauth")
                .that(DescribedPredicate.describe(
                        "the machinery and its stores",
                        type -> List.of("io.github.tiktokauth", "io.github.tiktokauth.jdbc")
                                .contains(type.getPackageName())));
        assertThat(classes).hasSizeGreaterThan(50);

        noClasses().should().callMethodWhere(readsAClock()).check(classes);
        noClasses().should().callConstructor(Date.class).check(classes);
        noClasses()
                .that()
                .haveSimpleNameNotContaining("HttpTikTokApi")
                .and()
                // The one stamps calls, the other passes the clock to it.
                .doNotHaveSimpleName("SignedCalls")
                .and()
                .doNotHaveSimpleName("Services")
                .should()
                .callMethodWhere(asksForTheWallClock())
                .check(classes);
    }

    private static DescribedPredicate<JavaMethodCall> readsAClock() {
        return DescribedPredicate.describe("read this machine's clock", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                    || (owner.startsWith("java.time.") && name.equals("now"))
                    || (owner.equals("java.time.Clock") && name.startsWith("system"));
        });
    }

    private static DescribedPredicate<JavaMethodCall> asksForTheWallClock() {
        return DescribedPredicate.describe("ask for the wall clock", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            return (owner.equals("io.github.tiktokauth.Time") && name.equals("wall"))
                    || (owner.equals("java.time.InstantSource") && !name.equals("system"));
        });
    }
}
