package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs all storms: many callers at once, many nodes, outages, and growth. */
public final class Storms {

    private static final int CALLERS = 64;
    private static final int NODES = 4;
    private static final int MOST_NODES = 8;

    /** Users for warming up, so that compiled code is measured, with numbers above those of the rounds. */
    private static final int WARM_UP = 800;

    private static final int FIRST_WARM_UP = 1000;
    private static final Duration WARM_UP_LATENCY = Duration.ofMillis(2);

    private Storms() {}

    /**
     * Runs all storms, and writes the page.
     *
     * @param pages where to
     * @return whether all requirements were met
     * @throws IOException when the database cannot be started or the page not be written
     * @throws InterruptedException when this thread is interrupted
     */
    public static boolean run(Path pages) throws IOException, InterruptedException {
        // The peers log nothing of a refresh; a line for each would be measured with ours.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Page page = new Page("Storms", "storms");
        page.text(
                "Every contestant has a token host of its own, which takes as long as said, rotates refresh tokens, and"
                        + " ends an authorization whose old refresh token comes again. For ours, the row lock and the single"
                        + " flight that is our simulator of TikTok, for the peers an OAuth 2 endpoint on the same"
                        + " server. All use the same PostgreSQL; commits do not wait for the disk where nothing else is said,"
                        + " so that the libraries are compared and not the disk.");
        Goals goals = new Goals();
        try (Postgres postgres = Postgres.start()) {
            threads(postgres, page, goals);
            try (NodeGroup cluster = new NodeGroup(NODES)) {
                nodes(postgres, cluster, page, goals);
            }
            ManyUsers.run(postgres, page, goals);
            SoonToExpire.run(postgres, page, goals);
            DisconnectRace.run(postgres, page, goals);
            ThreadGrowth.run(postgres, page);
            try (NodeGroup cluster = new NodeGroup(MOST_NODES)) {
                NodeGrowth.run(postgres, cluster, page, goals);
            }
        }
        page.heading("Goals");
        page.table(goals.table());
        page.write(pages, "storms");
        return goals.requirementsMet();
    }

    private static void threads(Postgres postgres, Page page, Goals goals) {
        String title = CALLERS + " threads, one expired user";
        page.heading(title + ", token host " + OneUser.LATENCY.toMillis() + " ms, reuse of a refresh token detected");
        List<Contestant> contestants = List.of(
                Contestants.ours(postgres.schema(), 8),
                Contestants.springJdbc(postgres.schema(), 8),
                Contestants.springInMemory(),
                Contestants.google());
        for (Contestant contestant : contestants) {
            warm(contestant);
            Storm.now(CALLERS, WARM_UP, number -> contestant.peer().token(Seed.userId(FIRST_WARM_UP + number)));
        }
        OneUser.Caller caller = (contestant, user) ->
                Storm.now(CALLERS, CALLERS, number -> contestant.peer().token(Seed.userId(user)));
        new OneUser(title, CALLERS, 5)
                .run(contestants, caller, Goal.ONE_USER_TIME_THREADS, page, goals, "storm-threads");
        contestants.forEach(Contestant::close);
    }

    private static void nodes(Postgres postgres, NodeGroup cluster, Page page, Goals goals) {
        int each = CALLERS / NODES;
        String title = NODES + " JVMs × " + each + " threads, one expired user";
        page.heading(title + ", over one PostgreSQL");
        List<Contestant> contestants = List.of(
                Contestants.ours(postgres.schema(), 8),
                Contestants.springJdbc(postgres.schema(), 8),
                Contestants.rowLock(postgres.schema(), 8));
        for (Contestant contestant : contestants) {
            cluster.open(contestant);
            warm(contestant);
            long start = NodeGroup.soon();
            cluster.storm(
                    NODES,
                    contestant,
                    node -> new Node.Work(start, each, WARM_UP, FIRST_WARM_UP, WARM_UP, node * (WARM_UP / NODES)));
        }
        OneUser.Caller caller = (contestant, user) -> {
            long start = NodeGroup.soon();
            return cluster.storm(NODES, contestant, node -> new Node.Work(start, each, each, user, 1, 0));
        };
        new OneUser(title, CALLERS, 5).run(contestants, caller, Goal.ONE_USER_TIME_NODES, page, goals, "storm-nodes");
        contestants.forEach(cluster::close);
        contestants.forEach(Contestant::close);
    }

    private static void warm(Contestant contestant) {
        contestant.host().latency(WARM_UP_LATENCY);
        contestant.connect(FIRST_WARM_UP, WARM_UP, OneUser.EXPIRED);
    }
}
