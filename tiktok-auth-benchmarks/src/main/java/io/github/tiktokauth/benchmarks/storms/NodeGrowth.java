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
import java.util.concurrent.CompletableFuture;

/** Thousands of expired users, and 1 to 8 nodes over one database. */
final class NodeGrowth {

    /** For each node: on few processors, more nodes must not mean less work for each. */
    private static final int USERS = 250;

    private static final int THREADS = 8;
    private static final List<Integer> NODES = List.of(1, 2, 4, 8);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration WARM_UP_LATENCY = Duration.ofMillis(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private NodeGrowth() {}

    static void run(Postgres postgres, NodeGroup cluster, Page page, Goals goals) {
        page.heading("1 to 8 nodes over one PostgreSQL, " + USERS + " expired users a node");
        page.text("Each node asks for all users with " + THREADS + " threads, beginning at another one; token host "
                + LATENCY.toMillis() + " ms. The rate is that until the last user is refreshed.");
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Bar> bars = new ArrayList<>();
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
                String subject = nodes + (nodes == 1 ? " node" : " nodes");
                String rate = Samples.number(result.perSecond(), 0);
                rows.add(List.of(
                        Integer.toString(nodes),
                        rate,
                        Samples.number(ideal, 0),
                        Samples.number(result.perSecond() / ideal * 100, 0) + " %",
                        Samples.number(result.requests() / (double) users, 3),
                        Integer.toString(result.failures())));
                bars.add(new Charts.Bar(subject, result.perSecond(), false));
                goals.check(Goal.NODES_REQUESTS, subject, result.requests() / (double) users);
                goals.check(Goal.NODES_FAILURES, subject, result.failures());
            }
            cluster.close(ours);
        }
        page.table(new Table(
                List.of("nodes", "refreshes/s", "ideal", "of the ideal", "requests a user", "failures"), rows));
        page.picture(
                "growth-nodes",
                "Refreshes a second by the number of nodes",
                Charts.bars(
                        "Refreshes a second by the number of nodes, more is better",
                        value -> Samples.number(value, 0) + "/s",
                        bars));
    }

    private record Result(double perSecond, int requests, int failures) {}

    private static Result round(Contestant ours, NodeGroup cluster, int nodes, int first, int users) {
        ours.connect(first, users, OneUser.EXPIRED);
        int before = ours.host().requests();
        TokenHost.Hold arrivals = ours.host().hold();
        arrivals.release();
        long start = NodeGroup.soon();
        // Too few requests are reported as such, after the time-out.
        CompletableFuture<Long> last = CompletableFuture.runAsync(() -> arrivals.awaitRequests(users, TIMEOUT))
                .handle((none, tooFew) -> Storm.micros());
        Storm storm = cluster.storm(
                nodes, ours, node -> new Node.Work(start, THREADS, users, first, users, node * (users / nodes)));
        double seconds = (last.join() - start) / 1e6 + LATENCY.toMillis() / 1000.0;
        return new Result(users / seconds, ours.host().requests() - before, storm.failures());
    }
}
