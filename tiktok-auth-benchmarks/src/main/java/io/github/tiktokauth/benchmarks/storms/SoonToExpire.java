package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The token lives on for minutes, it is time to refresh it, and the token host does not give another. */
final class SoonToExpire {

    private static final int ROUNDS = 3;
    private static final int PEERS_CALLS = 20;

    private SoonToExpire() {}

    static void run(Postgres postgres, Page page, Goals goals) throws InterruptedException {
        page.heading("Token soon to expire, and the token host refuses, answers 503 or hangs");
        List<OutageCalls> all = Stream.of(
                        TokenHost.Outage.REFUSES, TokenHost.Outage.UNAVAILABLE, TokenHost.Outage.HANGS)
                .flatMap(outage -> contestants(postgres, outage))
                .toList();
        List<Thread> hanging = new ArrayList<>();
        for (OutageCalls calls : all) {
            if (isHanging(calls)) {
                // In the background, for these only wait.
                Thread thread = new Thread(() -> calls.round(1));
                thread.start();
                hanging.add(thread);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            all.stream()
                    .filter(calls -> !isHanging(calls))
                    .forEach(calls -> calls.round(calls.contestant.isOurs() ? Integer.MAX_VALUE : PEERS_CALLS));
        }
        for (Thread thread : hanging) {
            thread.join();
        }
        report(all, page);
        all.stream().filter(calls -> calls.contestant.isOurs()).forEach(calls -> judge(calls, goals));
        all.forEach(OutageCalls::close);
    }

    private static boolean isHanging(OutageCalls calls) {
        return calls.outage == TokenHost.Outage.HANGS && !calls.contestant.isOurs();
    }

    private static Stream<OutageCalls> contestants(Postgres postgres, TokenHost.Outage outage) {
        Function<Contestant, OutageCalls> minutes =
                contestant -> new OutageCalls(contestant, outage, Duration.ofMinutes(4));
        // Each within the time before the end in which it wants another.
        return Stream.of(
                minutes.apply(Contestants.ours("ours, cache on", postgres.schema(), 4, Duration.ofSeconds(30))),
                minutes.apply(Contestants.ours("ours, cache off", postgres.schema(), 4, Duration.ZERO)),
                minutes.apply(Contestants.msal()),
                new OutageCalls(Contestants.google(), outage, Duration.ofSeconds(150)),
                new OutageCalls(Contestants.springInMemory(), outage, Duration.ofSeconds(45)),
                new OutageCalls(Contestants.springJdbc(postgres.schema(), 4), outage, Duration.ofSeconds(45)));
    }

    private static void report(List<OutageCalls> all, Page page) {
        page.text("The tokens live on for 4 minutes (google-auth 150 s, Spring 45 s: only then do they want another)."
                + " The hang ends after " + TokenHost.HANG.toSeconds() + " s. \"Fresh\" is a call for a token that"
                + " lives on for days, at the same time.");
        page.table(new Table(
                List.of("contestant", "the host", "fresh", "soon to expire, median", "worst", "÷ fresh", "failed"),
                all.stream().map(SoonToExpire::row).toList()));
        page.picture(
                "storm-soon-to-expire",
                "Median time of a call while the token host hangs",
                Charts.bars(
                        "Token still valid, token host hangs: time of a call, less is better",
                        SoonToExpire::time,
                        all.stream()
                                .filter(calls -> calls.outage == TokenHost.Outage.HANGS)
                                .map(SoonToExpire::bar)
                                .toList()));
    }

    private static List<String> row(OutageCalls calls) {
        return List.of(
                calls.contestant.name(),
                switch (calls.outage) {
                    case REFUSES -> "refuses";
                    case UNAVAILABLE -> "503";
                    case HANGS -> "hangs";
                    case NONE -> "works";
                },
                time(calls.fresh.median()),
                (calls.unanswered ? "> " : "") + time(calls.soon.median()),
                (calls.unanswered ? "> " : "") + time(calls.worst.max()),
                Samples.number(calls.ratio(), calls.ratio() < 10 ? 2 : 0),
                calls.failures + " of " + Samples.number(calls.calls, 0));
    }

    private static Charts.Bar bar(OutageCalls calls) {
        String label = calls.contestant.name() + (calls.failures > 0 ? ", fails" : "");
        return new Charts.Bar(label, calls.soon.median(), calls.contestant.isOurs());
    }

    private static void judge(OutageCalls calls, Goals goals) {
        String title = "soon to expire, token host " + row(calls).get(1) + ", "
                + calls.contestant.name().replace("ours, ", "");
        goals.check(Goal.OUTAGE_FAILURES, title, calls.failures);
        goals.check(Goal.OUTAGE_TIME, title, calls.ratio());
    }

    private static String time(double micros) {
        if (micros < 1) {
            return Samples.number(micros * 1000, 0) + " ns";
        }
        return micros < 1000
                ? Samples.number(micros, 0) + " µs"
                : Samples.number(micros / 1000, micros < 100_000 ? 1 : 0) + " ms";
    }
}
