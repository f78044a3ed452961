package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What happens when as many virtual threads ask at once as a host may well have; in a JVM that knows them. */
final class VirtualThreads implements Costs.Part {

    private static final String JDK = "BENCHMARK_JDK25";
    private static final String RULE = "nobody fails, one request per expired user, never pinned";

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        String given = System.getProperty(JDK, System.getenv().getOrDefault(JDK, ""));
        Path home = Path.of(given);
        if (given.isEmpty() || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            String why = "no JDK 25 named by the variable " + JDK;
            goals.skipped(Crowd.THREADS + " virtual threads at once", RULE, why);
            return page -> page.heading("Virtual threads").text("Skipped: " + why + ".");
        }
        Child child = new Child(
                home,
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "--sun-misc-unsafe-memory-access=allow"),
                Build.allJars(),
                Crowd.class);
        List<List<String>> rows = new ArrayList<>();
        try (Postgres postgres = Postgres.start()) {
            for (String line : child.run(postgres.url())) {
                Crowd.Result result = Crowd.Result.parse(line);
                rows.add(List.of(
                        result.what(),
                        Integer.toString(result.failures()),
                        Integer.toString(result.requests()),
                        Integer.toString(result.pinned()),
                        Long.toString(result.millis())));
                goals.must(
                        Crowd.THREADS + " virtual threads: " + result.what(),
                        RULE,
                        result.failures() + " failed, " + result.requests() + " requests for " + result.expired()
                                + " expired users, " + result.pinned() + " pinned" + result.where(),
                        result.failures() == 0 && result.requests() == result.expired() && result.pinned() == 0);
            }
        }
        return page -> page.heading("Virtual threads")
                .text(
                        Crowd.THREADS
                                + " virtual threads of JDK 25 ask at once; each user is asked for by equally many. The"
                                + " token host takes 100 ms for an answer, and ends an authorization whose refresh token is used"
                                + " twice. Pinned: events `jdk.VirtualThreadPinned` of the flight recorder, whatever their length.")
                .table(new Table(
                        List.of("what they ask for", "failed", "requests", "pinned", "ms until all had one"), rows));
    }
}
