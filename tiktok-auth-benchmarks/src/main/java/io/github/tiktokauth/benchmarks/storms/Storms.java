package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program of all storms. */
public final class Storms {

    private static final int CALLERS = 64;

    private Storms() {}

    /**
     * Runs them all and writes the page.
     *
     * @param pages where to
     * @return whether ours kept every promise; times are no promises
     * @throws IOException when the database cannot be started or the page not be written
     */
    public static boolean run(Path pages) throws IOException {
        Page page = new Page("Storms", "storms");
        Goals goals = new Goals();
        try (Postgres postgres = new Postgres()) {
            oneUser(postgres, page, goals);
            ManyUsers.run(postgres, page, goals);
        }
        page.heading("Goals");
        page.table(goals.table());
        page.write(pages, "storms");
        goals.broken().forEach(broken -> System.err.println("BROKEN PROMISE: " + broken));
        return goals.broken().isEmpty();
    }

    private static void oneUser(Postgres postgres, Page page, Goals goals) {
        String title = CALLERS + " threads, one expired user";
        page.heading(title + ", token host " + OneUser.LATENCY.toMillis() + " ms, reuse of a refresh token detected");
        List<Contestant> contestants = List.of(
                Contestants.ours(postgres.schema(), 8),
                Contestants.springJdbc(postgres.schema(), 8),
                Contestants.springInMemory(),
                Contestants.google());
        new OneUser(title, CALLERS, 3)
                .run(
                        contestants,
                        (contestant, user) -> Storm.now(
                                CALLERS, CALLERS, number -> contestant.peer().token(Seed.userId(user))),
                        1.15,
                        page,
                        goals,
                        "storm-one-user");
        contestants.forEach(Contestant::close);
    }
}
