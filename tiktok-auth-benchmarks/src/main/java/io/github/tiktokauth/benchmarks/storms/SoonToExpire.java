package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.report.BarChart;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The token lives on for minutes, it is time to refresh it, and the token host does not give another. */
final class SoonToExpire {

    private static final double GOAL = 2;
    private static final int ROUNDS = 3;
    private static final int PEERS_CALLS = 20;

    private SoonToExpire() {}

    static void run(Postgres postgres, Page page, Goals goals) throws InterruptedException {
        page.heading("Token soon to expire, and the token host refuses, answers 503 or hangs");
        List<TroubledCalls> all = Stream.of(
                        TokenHost.Trouble.REFUSES, TokenHost.Trouble.UNAVAILABLE, TokenHost.Trouble.HANGS)
                .flatMap(trouble -> contestants(postgres, trouble))
                .toList();
        List<Thread> hanging = new ArrayList<>();
        for (TroubledCalls calls : all) {
            if (isHanging(calls)) {
                // Beside the others, for they only wait.
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
        all.forEach(TroubledCalls::close);
    }

    private static boolean isHanging(TroubledCalls calls) {
        return calls.trouble == TokenHost.Trouble.HANGS && !calls.contestant.isOurs();
    }

    private static Stream<TroubledCalls> contestants(Postgres postgres, TokenHost.Trouble trouble) {
        Function<Contestant, TroubledCalls> minutes =
                contestant -> new TroubledCalls(contestant, trouble, Duration.ofMinutes(4));
        // Each within the time before the end in which it wants another.
        return Stream.of(
                minutes.apply(Contestants.ours("ours, cache on", postgres.schema(), 4, Duration.ofSeconds(30))),
                minutes.apply(Contestants.ours("ours, cache off", postgres.schema(), 4, Duration.ZERO)),
                minutes.apply(Contestants.msal()),
                new TroubledCalls(Contestants.google(), trouble, Duration.ofSeconds(150)),
                new TroubledCalls(Contestants.springInMemory(), trouble, Duration.ofSeconds(45)),
                new TroubledCalls(Contestants.springJdbc(postgres.schema(), 4), trouble, Duration.ofSeconds(45)));
    }

    private static void report(List<TroubledCalls> all, Page page) {
        page.text("The tokens live on for 4 minutes (google-auth 150 s, Spring 45 s: only then do they want another)."
                + " The hang ends after " + TokenHost.HANG.toSeconds() + " s. \"Fresh\" is a call for a token that"
                + " lives on for days, at the same time.");
        page.table(new Table(
                List.of("contestant", "the host", "fresh", "soon to expire, median", "worst", "÷ fresh", "failed"),
                all.stream().map(SoonToExpire::row).toList()));
        page.picture(
                "storm-soon-to-expire",
                "Median time of a call while the token host hangs",
                BarChart.svg(
                        "Token still valid, token host hangs: time of a call, less is better",
                        all.stream()
                                .filter(calls -> calls.trouble == TokenHost.Trouble.HANGS)
                                .map(SoonToExpire::bar)
                                .toList()));
    }

    private static List<String> row(TroubledCalls calls) {
        return List.of(
                calls.contestant.name(),
                switch (calls.trouble) {
                    case REFUSES -> "refuses";
                    case UNAVAILABLE -> "503";
                    case HANGS -> "hangs";
                    case NONE -> "works";
                },
                time(calls.fresh.median()),
                (calls.unanswered ? "> " : "") + time(calls.soon.median()),
                (calls.unanswered ? "> " : "") + time(calls.worst.most()),
                Figures.number(calls.ratio(), calls.ratio() < 10 ? 2 : 0),
                calls.failures + " of " + Figures.number(calls.calls, 0));
    }

    private static BarChart.Bar bar(TroubledCalls calls) {
        String text = time(calls.soon.median()) + (calls.failures > 0 ? ", fails" : "");
        return new BarChart.Bar(calls.contestant.name(), calls.soon.median(), text, calls.contestant.isOurs());
    }

    private static void judge(TroubledCalls calls, Goals goals) {
        String title = "soon to expire, token host " + row(calls).get(1) + ", "
                + calls.contestant.name().replace("ours, ", "");
        goals.must(title + ": failures", "0", Integer.toString(calls.failures), calls.failures == 0);
        goals.strive(
                title + ": a call ÷ a fresh call",
                "≤ " + Figures.number(GOAL, 0),
                Figures.number(calls.ratio(), 2),
                calls.ratio() <= GOAL);
    }

    private static String time(double micros) {
        if (micros < 1) {
            return Figures.number(micros * 1000, 0) + " ns";
        }
        return micros < 1000
                ? Figures.number(micros, 0) + " µs"
                : Figures.number(micros / 1000, micros < 100_000 ? 1 : 0) + " ms";
    }
}
