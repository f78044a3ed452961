package io.github.tiktokauth.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.tiktokauth.benchmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "io.github.tiktokauth.benchmarks.";

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.github.tiktokauth.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onePlaceStartsPostgres = onlyKnownTo("io.zonky..", BASE + "servers.Postgres");

    @ArchTest
    static final ArchRule onePlaceConfiguresPools =
            onlyKnownTo("com.zaxxer.hikari.HikariConfig", BASE + "servers.Pools");

    @ArchTest
    static final ArchRule onePlaceListens = onlyKnownTo("com.sun.net.httpserver..", BASE + "servers.OAuthTokenHost");

    @ArchTest
    static final ArchRule onePlaceSimulatesTikTok =
            onlyKnownTo("io.github.tiktokauth.simulator..", BASE + "servers.TikTokTokenHost");

    @ArchTest
    static final ArchRule onePlaceDraws = onlyKnownTo("org.knowm.xchart..", BASE + "report.Charts");

    private static ArchRule onlyKnownTo(String known, String only) {
        String pattern = known.replace(".", "\\.").replace("\\.\\.", "\\..*");
        return noClasses()
                .that()
                .haveNameNotMatching(only.replace(".", "\\.") + "(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(pattern);
    }
}
