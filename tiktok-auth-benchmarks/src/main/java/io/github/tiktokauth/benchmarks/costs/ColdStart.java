package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.BarChart;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedTokens;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** From the start of a JVM to its first token. */
final class ColdStart implements Costs.Part {

    private static final int RUNS = 11;
    private static final int MOST_TRIES = 4;
    private static final double SHARE_OF_SPRING = 0.9;
    private static final String VALID = Seed.userId(1);
    private static final String EXPIRED = Seed.userId(2);

    /** One program, what it is started with, and what it must print. */
    private record Contestant(
            String label,
            Child child,
            String user,
            List<String> refresh,
            Predicate<String> expected,
            List<Long> nanos) {

        double medianMillis() {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get(sorted.size() / 2) / 1e6;
        }

        double leastMillis() {
            return Collections.min(nanos) / 1e6;
        }
    }

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        Path folder = Files.createTempDirectory("cold-start");
        Seed renewed = Seed.of(3, Duration.ofDays(7));
        try (Folder temporary = new Folder(folder);
                TikTokSimulator tikTok =
                        TikTokSimulator.builder().tokenLength(Seed.TOKEN_LENGTH).start();
                OAuthTokenHost host = new OAuthTokenHost(renewed.accessToken(), renewed.refreshToken())) {
            ColdDatabase database = new ColdDatabase(temporary.path());
            Seed valid = Seed.of(1, Duration.ofDays(6));
            database.create(List.of(valid, expired(tikTok)));
            String stored = database.ciphertext(VALID);
            List<String> nowhere = List.of();
            Contestant ours =
                    contestant("ours", Bundle.OURS, ColdStarts.Ours.class, nowhere, valid.accessToken()::equals);
            List<String> springHost = List.of(host.url());
            Contestant spring = contestant(
                    "Spring JDBC, Gson",
                    Bundle.SPRING,
                    ColdStarts.Spring.class,
                    springHost,
                    valid.accessToken()::equals);
            Contestant jackson = contestant(
                    "Spring JDBC, Jackson",
                    Bundle.SPRING_JACKSON,
                    ColdStarts.Spring.class,
                    springHost,
                    valid.accessToken()::equals);
            Contestant oursRefreshed = refreshed(ours, settings(tikTok), token -> token.equals(current(tikTok)));
            Contestant springRefreshed = refreshed(spring, springHost, renewed.accessToken()::equals);
            List<Contestant> all = List.of(
                    contestant("empty JVM", Bundle.NOTHING, ColdStarts.Empty.class, nowhere, "empty"::equals),
                    contestant("raw JDBC", Bundle.NOTHING, ColdStarts.RawJdbc.class, nowhere, stored::equals),
                    contestant("Jdbi alone", Bundle.JDBI, ColdStarts.JdbiAlone.class, nowhere, stored::equals),
                    ours,
                    spring,
                    jackson,
                    oursRefreshed,
                    springRefreshed,
                    refreshed(jackson, springHost, renewed.accessToken()::equals));
            for (int run = 0; run <= RUNS; run++) {
                for (Contestant contestant : all) {
                    start(contestant, database, run > 0);
                }
            }
            requests(goals, tikTok.counters().refreshes(), host.requests());
            compare(goals, "JVM start to first token, valid", ours, spring);
            compare(goals, "JVM start to first token, after a refresh", oursRefreshed, springRefreshed);
            return chapter(all);
        }
    }

    private static Seed expired(TikTokSimulator tikTok) {
        SimulatedTokens tokens = tikTok.seedAuthorization(
                tikTok.seller(SimulatedSeller.ONE_SHOP),
                Instant.now().minusSeconds(60),
                Instant.now().plus(Duration.ofDays(300)));
        return new Seed(EXPIRED, tokens.accessToken(), tokens.refreshToken(), tokens.accessTokenExpiresAt());
    }

    private static String current(TikTokSimulator tikTok) {
        return tikTok.tokensOf(SimulatedSeller.ONE_SHOP).orElseThrow().accessToken();
    }

    private static List<String> settings(TikTokSimulator tikTok) {
        List<String> settings = new ArrayList<>();
        for (Map.Entry<String, String> setting : tikTok.environment().entrySet()) {
            settings.add(setting.getKey());
            settings.add(setting.getValue());
        }
        return settings;
    }

    private static Contestant contestant(
            String label, Bundle bundle, Class<?> main, List<String> refresh, Predicate<String> expected)
            throws Exception {
        List<Path> jars = new ArrayList<>(bundle.jars());
        for (String common : List.of("com.h2database:h2", "com.zaxxer:HikariCP", "org.slf4j:slf4j-simple")) {
            Build.dependencies().closure(common).stream()
                    .map(Build::jar)
                    .filter(jar -> !jars.contains(jar))
                    .forEach(jars::add);
        }
        Child child = Child.of(jars, main, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        return new Contestant(label + ", valid", child, VALID, refresh, expected, new ArrayList<>());
    }

    private static Contestant refreshed(Contestant like, List<String> refresh, Predicate<String> expected) {
        String label = like.label().replace(", valid", ", after a refresh");
        return new Contestant(label, like.child(), EXPIRED, refresh, expected, new ArrayList<>());
    }

    private static void start(Contestant contestant, ColdDatabase database, boolean counts) throws Exception {
        Child.FirstLine line = Child.FirstLine.NONE;
        // H2 now and then cannot open a file that it closed well: a NullPointerException in its background writer.
        for (int tries = 0; line.text().isEmpty() && tries < MOST_TRIES; tries++) {
            List<String> arguments = new ArrayList<>(List.of(database.copy(), contestant.user()));
            arguments.addAll(contestant.refresh());
            line = contestant.child().firstLine(database.errors(), arguments.toArray(String[]::new));
        }
        if (!contestant.expected().test(line.text())) {
            throw new IllegalStateException(
                    contestant.label() + " did not print its token:\n" + Files.readString(database.errors()));
        }
        if (counts) {
            contestant.nanos().add(line.nanos());
        }
    }

    private static void requests(Goals goals, int ours, int springs) {
        goals.must(
                "requests for " + (RUNS + 1) + " starts with an expired token",
                "one each",
                ours + " by ours, " + springs + " by the two of Spring",
                ours == RUNS + 1);
    }

    private static void compare(Goals goals, String what, Contestant ours, Contestant spring) {
        double share = ours.medianMillis() / spring.medianMillis();
        goals.strive(
                what,
                "≤ 0.9 × Spring's (with Gson)",
                String.format(
                        Locale.ROOT, "%.2f × (%.0f / %.0f ms)", share, ours.medianMillis(), spring.medianMillis()),
                share <= SHARE_OF_SPRING);
    }

    private static Costs.Chapter chapter(List<Contestant> all) {
        List<List<String>> rows = all.stream()
                .map(contestant -> List.of(
                        contestant.label(), millis(contestant.medianMillis()), millis(contestant.leastMillis())))
                .toList();
        List<BarChart.Bar> bars = all.stream()
                .map(contestant -> new BarChart.Bar(
                        contestant.label(),
                        contestant.medianMillis(),
                        millis(contestant.medianMillis()) + " ms",
                        Objects.equals(contestant.child().main(), ColdStarts.Ours.class)))
                .toList();
        return page -> page.heading("Cold start")
                .text(
                        "From the start of the JVM's process to the printed token. Each JVM has the contestant's jars, H2,"
                                + " HikariCP and an slf4j logger on its class path, and a copy of one prepared H2 file. "
                                + RUNS
                                + " starts each, taking turns, after one that does not count. Raw JDBC and Jdbi print what stands"
                                + " in the row, encrypted; the refresh goes to a token host in the parent process.")
                .table(new Table(List.of("contestant", "median ms", "least ms"), rows))
                .picture(
                        "costs-cold-start",
                        "JVM start to first token",
                        BarChart.svg("JVM start to first token, median of " + RUNS + " (less is better)", bars));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
