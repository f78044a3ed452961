package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import java.time.Duration;
import java.util.List;

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
        private final Samples requests = new Samples();
        private final Samples failures = new Samples();
        private final Samples ratio = new Samples();
        private int lost;
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

    void run(List<Contestant> contestants, Caller caller, Goal time, Page page, Goals goals, String picture) {
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
        lines.stream().filter(line -> line.contestant.isOurs()).forEach(line -> judge(line, time, goals));
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
            line.lost += contestant.isAlive(Seed.userId(user)) ? 0 : 1;
            line.firstFailure = line.firstFailure.isEmpty() ? storm.firstFailure() : line.firstFailure;
        }
    }

    private static List<String> row(Line line) {
        return List.of(
                line.contestant.name(),
                line.requests.range(),
                line.failures.range(),
                ROUNDS - line.lost + " of " + ROUNDS,
                Samples.number(line.ratio.median(), 2),
                Samples.number(line.ratio.max(), 2));
    }

    private void judge(Line line, Goal time, Goals goals) {
        goals.check(Goal.ONE_USER_REQUESTS, title, line.requests);
        goals.check(Goal.ONE_USER_FAILURES, title, line.failures);
        goals.check(Goal.ONE_USER_LOST, title, line.lost);
        goals.check(time, title, line.ratio.median());
    }

    private String chart(List<Line> lines) {
        List<Charts.Bar> bars = lines.stream()
                .map(line -> new Charts.Bar(
                        line.contestant.name() + (line.lost == 0 ? "" : ", connection lost"),
                        Math.rint(line.failures.median()),
                        line.contestant.isOurs()))
                .toList();
        return Charts.bars(
                title + ": callers that fail, less is better",
                value -> Samples.number(value, 0) + " of " + callers,
                bars);
    }
}
