package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.BarChart;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Many callers want the token of one user, which has expired. */
final class OneUser {

    static final Duration LATENCY = Duration.ofMillis(100);
    static final Duration EXPIRED = Duration.ofMinutes(-5);
    private static final int ROUNDS = 7;

    private final String title;
    private final int callers;
    private final int warmUps;

    /** What the rounds of one contestant gave. */
    private static final class Line {
        private final Contestant contestant;
        private final Figures requests = new Figures();
        private final Figures failures = new Figures();
        private final Figures ratio = new Figures();
        private int alive;
        private String firstFailure = "";

        Line(Contestant contestant) {
            this.contestant = contestant;
        }
    }

    OneUser(String title, int callers, int warmUps) {
        this.title = title;
        this.callers = callers;
        this.warmUps = warmUps;
    }

    /** The storm on one user: from the number of the contestant and the user's number. */
    @FunctionalInterface
    interface Caller {
        Storm storm(Contestant contestant, int user);
    }

    void run(List<Contestant> contestants, Caller caller, double goal, Page page, Goals goals, String picture) {
        List<Line> lines = contestants.stream().map(Line::new).toList();
        for (int round = -warmUps; round < ROUNDS; round++) {
            for (Line line : lines) {
                round(line, caller, round + warmUps, round >= 0);
            }
        }
        page.table(new Table(
                List.of(
                        "contestant",
                        "requests",
                        "failures",
                        "connection alive",
                        "answered ÷ latency, median",
                        "worst"),
                lines.stream().map(OneUser::row).toList()));
        lines.stream()
                .filter(line -> !line.firstFailure.isEmpty())
                .forEach(line -> page.text("First failure of " + line.contestant.name() + ": `"
                        + line.firstFailure.replace('`', '\'') + "`"));
        page.picture(picture, title + ": failures", chart(lines));
        lines.stream().filter(line -> line.contestant.isOurs()).forEach(line -> judge(line, goal, goals));
    }

    private void round(Line line, Caller caller, int user, boolean counts) {
        Contestant contestant = line.contestant;
        contestant.host().latency(LATENCY);
        contestant.connect(user, 1, EXPIRED);
        int before = contestant.host().requests();
        Storm storm = caller.storm(contestant, user);
        int requests = contestant.host().requests() - before;
        if (counts) {
            line.requests.add(requests);
            line.failures.add(storm.failures());
            line.ratio.add(storm.millis() / LATENCY.toMillis());
            line.alive += contestant.isAlive(Seed.userId(user)) ? 1 : 0;
            line.firstFailure = line.firstFailure.isEmpty() ? storm.firstFailure() : line.firstFailure;
        }
    }

    private static List<String> row(Line line) {
        return List.of(
                line.contestant.name(),
                line.requests.range(),
                line.failures.range(),
                line.alive + " of " + ROUNDS,
                Figures.number(line.ratio.median(), 2),
                Figures.number(line.ratio.most(), 2));
    }

    private void judge(Line line, double goal, Goals goals) {
        goals.must(
                title + ": requests to the token host", "exactly 1", line.requests.range(), line.requests.most() == 1);
        goals.must(title + ": failures", "0", line.failures.range(), line.failures.most() == 0);
        goals.must(title + ": connection alive", "always", line.alive + " of " + ROUNDS, line.alive == ROUNDS);
        goals.strive(
                title + ": all answered ÷ latency",
                "≤ " + Figures.number(goal, 2),
                Figures.number(line.ratio.median(), 2),
                line.ratio.median() <= goal);
    }

    private String chart(List<Line> lines) {
        IntFunction<String> label = count -> count + " of " + callers;
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Line line : lines) {
            int failures = (int) Math.round(line.failures.median());
            String text = label.apply(failures) + (line.alive == ROUNDS ? ", alive" : ", connection lost");
            bars.add(new BarChart.Bar(line.contestant.name(), failures, text, line.contestant.isOurs()));
        }
        return BarChart.svg(title + ": callers that fail", bars);
    }
}
