package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.report.BarChart;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Thousands of expired users, and 1 to 8 nodes over one database. */
final class NodeGrowth {

    /** For each node: on few processors, more nodes must not mean less work for each. */
    private static final int USERS = 250;

    private static final int THREADS = 8;
    private static final List<Integer> NODES = List.of(1, 2, 4, 8);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration WARM_UP_LATENCY = Duration.ofMillis(5);

    private NodeGrowth() {}

    static void run(Postgres postgres, Cluster cluster, Page page, Goals goals) throws InterruptedException {
        page.heading("1 to 8 nodes over one PostgreSQL, " + USERS + " expired users a node");
        page.text("Each node asks for all users with " + THREADS + " threads, beginning at another one; token host "
                + LATENCY.toMillis() + " ms. The rate is that until the last user is refreshed.");
        List<List<String>> rows = new ArrayList<>();
        List<BarChart.Bar> bars = new ArrayList<>();
        try (Contestant ours = Contestants.ours(postgres.schema(), THREADS)) {
            cluster.open(ours);
            ours.host().latency(WARM_UP_LATENCY);
            int most = NODES.get(NODES.size() - 1);
            int first = most * USERS;
            round(ours, cluster, most, 0, first);
            ours.host().latency(LATENCY);
            for (int nodes : NODES) {
                int users = nodes * USERS;
                Result result = round(ours, cluster, nodes, first, users);
                first += users;
                double ideal = nodes * THREADS * 1000.0 / LATENCY.toMillis();
                String rate = Figures.number(result.perSecond(), 0);
                rows.add(List.of(
                        Integer.toString(nodes),
                        rate,
                        Figures.number(ideal, 0),
                        Figures.number(result.perSecond() / ideal * 100, 0) + " %",
                        Figures.number(result.requests() / (double) users, 3),
                        Integer.toString(result.failures())));
                bars.add(new BarChart.Bar(nodes + (nodes == 1 ? " node" : " nodes"), result.perSecond(), rate, true));
                goals.must(
                        nodes + (nodes == 1 ? " node" : " nodes") + ", " + users + " users: requests a user, failures",
                        "exactly 1, 0",
                        Figures.number(result.requests() / (double) users, 3) + ", " + result.failures(),
                        result.requests() == users && result.failures() == 0);
            }
            cluster.close(ours);
        }
        page.table(new Table(
                List.of("nodes", "refreshes/s", "ideal", "of the ideal", "requests a user", "failures"), rows));
        page.picture(
                "growth-nodes",
                "Refreshes a second by the number of nodes",
                BarChart.svg("Refreshes/s by 1 to 8 nodes, more is better", bars));
    }

    private record Result(double perSecond, int requests, int failures) {}

    private static Result round(Contestant ours, Cluster cluster, int nodes, int first, int users)
            throws InterruptedException {
        ours.connect(first, users, OneUser.EXPIRED);
        int before = ours.host().requests();
        long start = Cluster.soon();
        long[] last = {0};
        Thread watch = new Thread(() -> last[0] = awaitRequests(ours, before + users));
        watch.start();
        Storm storm = cluster.storm(
                nodes, ours, node -> new Node.Work(start, THREADS, users, first, users, node * (users / nodes)));
        watch.join();
        double seconds = (last[0] - start) / 1e6 + LATENCY.toMillis() / 1000.0;
        return new Result(users / seconds, ours.host().requests() - before, storm.failures());
    }

    /** When the last request came; a minute at most, should some never come. */
    private static long awaitRequests(Contestant contestant, int count) {
        long end = Storm.micros() + 60_000_000;
        while (contestant.host().requests() < count && Storm.micros() < end) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Storm.micros();
    }
}
