package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.OAuthTokenHost;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.benchmarks.servers.TikTokTokenHost;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Thousands of users whose tokens have all expired, and a fixed number of threads to refresh them. */
final class ManyUsers {

    private static final int USERS = 2000;
    private static final int THREADS = 32;
    private static final int POOL = 8;
    private static final Duration WARM_UP_LATENCY = Duration.ofMillis(2);
    private static final int ROUNDS = 3;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final double IDEAL = THREADS * 1000.0 / LATENCY.toMillis();

    private static final class Line {
        private final Contestant contestant;
        private final int users;
        private final Samples share = new Samples();
        private int requests;
        private int failures;
        private int next;

        Line(Contestant contestant, int users) {
            this.contestant = contestant;
            this.users = users;
        }
    }

    private ManyUsers() {}

    static void run(Postgres postgres, Page page, Goals goals) {
        page.heading(
                String.format("%,d expired users, %d threads, token host %d ms", USERS, THREADS, LATENCY.toMillis()));
        String durable = ", commits wait for the disk";
        List<Line> lines = List.of(
                new Line(bare("bare client, TikTok's host", TikTokTokenHost.start()), USERS / 2),
                new Line(bare("bare client, OAuth 2 host", OAuthTokenHost.start()), USERS / 2),
                new Line(Contestants.singleFlight(), USERS),
                new Line(Contestants.ours(postgres.schema(), POOL), USERS),
                new Line(Contestants.springJdbc(postgres.schema(), POOL), USERS),
                // A third of the users: it would take twelve seconds a round, at the same rate.
                new Line(Contestants.rowLock(postgres.schema(), POOL), USERS / 3),
                new Line(Contestants.rowLock(postgres.schema(), THREADS), USERS),
                new Line(Contestants.ours(Contestant.OURS + durable, Postgres.durable(postgres.schema()), POOL), USERS),
                new Line(
                        Contestants.springJdbc("Spring, JDBC" + durable, Postgres.durable(postgres.schema()), POOL),
                        USERS));
        // Compiled code on both sides, as after the first seconds of a host's life.
        lines.forEach(line -> line.contestant.host().latency(WARM_UP_LATENCY));
        lines.forEach(line -> storm(line, line.users));
        lines.forEach(line -> line.contestant.host().latency(LATENCY));
        for (int round = 0; round < ROUNDS; round++) {
            for (Line line : lines) {
                int before = line.contestant.host().requests();
                Storm storm = storm(line, line.users);
                line.requests += line.contestant.host().requests() - before;
                line.failures += storm.failures();
                line.share.add(storm.perSecond() / IDEAL * 100);
            }
        }
        lines.forEach(line -> line.contestant.close());
        report(lines, page, goals);
    }

    private static Storm storm(Line line, int users) {
        int first = line.next;
        line.next += users;
        line.contestant.connect(first, users, OneUser.EXPIRED);
        Peer peer = line.contestant.peer();
        return Storm.now(THREADS, users, number -> peer.token(Seed.userId(first + number)));
    }

    /** Returns the least client there is, to measure what the token host itself can do. */
    private static Contestant bare(String name, TokenHost host) {
        Map<String, String> tokens = new ConcurrentHashMap<>();
        return new Contestant(
                name,
                host,
                userId -> host.client().refresh(tokens.getOrDefault(userId, "")).accessToken(),
                seed -> tokens.put(seed.userId(), seed.refreshToken()),
                userId -> Optional.ofNullable(tokens.get(userId)),
                Map.of(),
                () -> {});
    }

    private static void report(List<Line> lines, Page page, Goals goals) {
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Bar> bars = new ArrayList<>();
        for (Line line : lines) {
            String share = Samples.number(line.share.median(), 1) + " %";
            rows.add(List.of(
                    line.contestant.name(),
                    Samples.number(line.share.median() / 100 * IDEAL, 0),
                    share,
                    Samples.number(line.share.min(), 1) + " %",
                    Samples.number(line.requests / (double) (ROUNDS * line.users), 3),
                    Integer.toString(line.failures)));
            bars.add(new Charts.Bar(line.contestant.name(), line.share.median(), line.contestant.isOurs()));
            if (line.contestant.name().equals(Contestant.OURS)) {
                judge(line, goals);
            }
        }
        page.text("Tokens are stored encrypted by ours and by the row lock, in the clear by Spring; the pools have "
                + POOL + " connections where nothing else is said. The ideal is " + THREADS + " threads ÷ "
                + LATENCY.toMillis()
                + " ms = " + Samples.number(IDEAL, 0) + " refreshes/s. The two bare clients show that the token hosts"
                + " themselves are not what is measured.");
        page.table(new Table(
                List.of("contestant", "refreshes/s, median", "of the ideal", "worst", "requests a user", "failures"),
                rows));
        page.picture(
                "storm-many-users",
                "Share of the ideal rate of refreshes by contestant",
                Charts.bars(
                        "2,000 expired users: share of the ideal rate, more is better",
                        value -> Samples.number(value, 1) + " %",
                        bars));
    }

    private static void judge(Line line, Goals goals) {
        goals.check(Goal.MANY_USERS_REQUESTS, "2,000 users", line.requests / (double) (ROUNDS * line.users));
        goals.check(Goal.MANY_USERS_FAILURES, "2,000 users", line.failures);
        goals.check(Goal.MANY_USERS_RATE, "2,000 users", line.share.median());
    }
}
