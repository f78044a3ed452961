package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.OAuthTokenHost;
import io.github.tiktokauth.benchmarks.servers.TikTokTokenHost;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** From the start of a JVM to its first token. */
final class ColdStart implements Costs.Part {

    private static final int RUNS = 11;
    private static final int ATTEMPTS = 4;
    private static final Duration AGO = Duration.ofMinutes(-1);
    private static final String VALID = Seed.userId(1);
    private static final String EXPIRED = Seed.userId(2);

    /** One program, what it is started with, and what it must print. */
    private record Contestant(
            String label,
            ChildJvm child,
            String user,
            List<String> refresh,
            Predicate<String> expected,
            Samples millis) {}

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        // Each start has a copy of the same database, and so the same refresh token.
        try (TemporaryFolder folder = TemporaryFolder.create("cold-start");
                TokenHost tikTok = TikTokTokenHost.startAcceptingOldTokens();
                TokenHost oauth = OAuthTokenHost.startAcceptingOldTokens()) {
            ColdDatabase database = new ColdDatabase(folder.path());
            Seed valid = Seed.of(1, Duration.ofDays(6));
            database.create(
                    List.of(valid, tikTok.authorize(EXPIRED, AGO)), List.of(valid, oauth.authorize(EXPIRED, AGO)));
            String stored = database.ciphertext(VALID);
            List<String> nowhere = List.of();
            Contestant ours = contestant(
                    "ours", Bundle.OURS, ColdStartPrograms.Library.class, nowhere, valid.accessToken()::equals);
            List<String> springHost = List.of(oauth.tokenUrl());
            Contestant spring = contestant(
                    "Spring JDBC, Gson",
                    Bundle.SPRING,
                    ColdStartPrograms.Spring.class,
                    springHost,
                    valid.accessToken()::equals);
            Contestant jackson = contestant(
                    "Spring JDBC, Jackson",
                    Bundle.SPRING_JACKSON,
                    ColdStartPrograms.Spring.class,
                    springHost,
                    valid.accessToken()::equals);
            Contestant oursRefreshed =
                    refreshed(ours, settings(tikTok), token -> token.equals(tikTok.accessToken(EXPIRED)));
            Predicate<String> newest = token -> token.equals(oauth.accessToken(EXPIRED));
            Contestant springRefreshed = refreshed(spring, springHost, newest);
            List<Contestant> all = List.of(
                    contestant("empty JVM", Bundle.NOTHING, ColdStartPrograms.Empty.class, nowhere, "empty"::equals),
                    contestant("raw JDBC", Bundle.NOTHING, ColdStartPrograms.RawJdbc.class, nowhere, stored::equals),
                    contestant("Jdbi alone", Bundle.JDBI, ColdStartPrograms.JdbiAlone.class, nowhere, stored::equals),
                    ours,
                    spring,
                    jackson,
                    oursRefreshed,
                    springRefreshed,
                    refreshed(jackson, springHost, newest));
            for (int run = 0; run <= RUNS; run++) {
                for (Contestant contestant : all) {
                    start(contestant, database, run > 0);
                }
            }
            goals.check(
                    Goal.COLD_START_REQUESTS,
                    "cold start",
                    tikTok.requests() / (RUNS + 1.0),
                    "(Spring with two JSON libraries: " + oauth.requests() / (2.0 * (RUNS + 1)) + ")");
            compare(goals, "cold start, valid token", ours, spring);
            compare(goals, "cold start, after a refresh", oursRefreshed, springRefreshed);
            return chapter(all);
        }
    }

    private static List<String> settings(TokenHost tikTok) {
        List<String> settings = new ArrayList<>();
        for (Map.Entry<String, String> setting : tikTok.settings().entrySet()) {
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
        ChildJvm child = ChildJvm.of(jars, main, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        return new Contestant(label + ", valid", child, VALID, refresh, expected, new Samples());
    }

    private static Contestant refreshed(Contestant like, List<String> refresh, Predicate<String> expected) {
        String label = like.label().replace(", valid", ", after a refresh");
        return new Contestant(label, like.child(), EXPIRED, refresh, expected, new Samples());
    }

    private static void start(Contestant contestant, ColdDatabase database, boolean counts) throws Exception {
        ChildJvm.FirstLine line = ChildJvm.FirstLine.NONE;
        // H2 now and then cannot open a file that it closed well: a NullPointerException in its background writer.
        for (int attempt = 0; line.text().isEmpty() && attempt < ATTEMPTS; attempt++) {
            List<String> arguments = new ArrayList<>(List.of(database.copy(), contestant.user()));
            arguments.addAll(contestant.refresh());
            line = contestant.child().firstLine(database.errors(), arguments.toArray(String[]::new));
        }
        if (!contestant.expected().test(line.text())) {
            throw new IllegalStateException(
                    contestant.label() + " did not print its token:\n" + Files.readString(database.errors()));
        }
        if (counts) {
            contestant.millis().add(line.nanos() / 1e6);
        }
    }

    private static void compare(Goals goals, String what, Contestant ours, Contestant spring) {
        double own = ours.millis().median();
        double others = spring.millis().median();
        goals.check(Goal.COLD_START, what, own / others, String.format(Locale.ROOT, "(%.0f / %.0f ms)", own, others));
    }

    private static Costs.Chapter chapter(List<Contestant> all) {
        List<List<String>> rows = all.stream()
                .map(contestant -> List.of(
                        contestant.label(),
                        millis(contestant.millis().median()),
                        millis(contestant.millis().min())))
                .toList();
        List<Charts.Bar> bars = all.stream()
                .map(contestant -> new Charts.Bar(
                        contestant.label(),
                        contestant.millis().median(),
                        Objects.equals(contestant.child().main(), ColdStartPrograms.Library.class)))
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
                        Charts.bars(
                                "JVM start to first token, median of " + RUNS + " (less is better)",
                                value -> millis(value) + " ms",
                                bars));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
