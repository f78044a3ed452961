package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What happens when as many virtual threads ask at once as a host may well have; in a JVM that knows them. */
final class VirtualThreads implements Costs.Part {

    private static final String JDK = "BENCHMARK_JDK25";

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        String given = System.getProperty(JDK, System.getenv().getOrDefault(JDK, ""));
        Path home = Path.of(given);
        if (given.isEmpty() || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            String why = "no JDK 25 named by the variable " + JDK;
            for (Goal goal : List.of(
                    Goal.VIRTUAL_THREADS_FAILURES, Goal.VIRTUAL_THREADS_REQUESTS, Goal.VIRTUAL_THREADS_PINNED)) {
                goals.skip(goal, VirtualThreadLoad.THREADS + " virtual threads at once", why);
            }
            return page -> page.heading("Virtual threads").text("Skipped: " + why + ".");
        }
        ChildJvm child = new ChildJvm(
                home,
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "--sun-misc-unsafe-memory-access=allow"),
                Build.allJars(),
                VirtualThreadLoad.class);
        List<List<String>> rows = new ArrayList<>();
        try (Postgres postgres = Postgres.startWithoutDurability()) {
            for (String line : child.run(postgres.url())) {
                VirtualThreadLoad.Result result = VirtualThreadLoad.Result.parse(line);
                rows.add(List.of(
                        result.what(),
                        Integer.toString(result.failures()),
                        Integer.toString(result.requests()),
                        Integer.toString(result.pinned()),
                        Long.toString(result.millis())));
                check(goals, result);
            }
        }
        return page -> page.heading("Virtual threads")
                .text(
                        VirtualThreadLoad.THREADS
                                + " virtual threads of JDK 25 ask at once; each user is asked for by equally many. The"
                                + " token host takes 100 ms for an answer, and ends an authorization whose refresh token is used"
                                + " twice. Pinned: events `jdk.VirtualThreadPinned` of the flight recorder, whatever their length.")
                .table(new Table(
                        List.of("what they ask for", "failed", "requests", "pinned", "ms until all had one"), rows));
    }

    private static void check(Goals goals, VirtualThreadLoad.Result result) {
        String subject = VirtualThreadLoad.THREADS + " virtual threads, " + result.what();
        goals.check(Goal.VIRTUAL_THREADS_FAILURES, subject, result.failures());
        goals.check(
                Goal.VIRTUAL_THREADS_REQUESTS,
                subject,
                result.requests() - result.expired(),
                "(" + result.requests() + " requests, " + result.expired() + " expired users)");
        goals.check(Goal.VIRTUAL_THREADS_PINNED, subject, result.pinned(), result.where());
    }
}
