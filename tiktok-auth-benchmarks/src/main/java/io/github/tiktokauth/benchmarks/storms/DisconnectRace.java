package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The user disconnects while a refresh is under way. */
final class DisconnectRace {

    private static final int ROUNDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private DisconnectRace() {}

    static void run(Postgres postgres, Page page, Goals goals) throws InterruptedException {
        page.heading("Disconnect during a refresh");
        List<List<String>> rows = new ArrayList<>();
        for (DisconnectContestant contestant : DisconnectContestants.all(postgres)) {
            int back = 0;
            int answered = 0;
            try (contestant) {
                for (int round = 0; round < ROUNDS; round++) {
                    answered += race(contestant, Seed.userId(round)) ? 1 : 0;
                    back += contestant.isConnected(Seed.userId(round)) ? 1 : 0;
                }
            }
            rows.add(List.of(contestant.name(), back + " of " + ROUNDS, answered + " of " + ROUNDS));
            if (contestant.name().equals(Contestant.OURS)) {
                goals.check(Goal.DISCONNECT_RECONNECTED, "disconnect during a refresh", back);
            }
        }
        page.text("The refresh is sent, the user disconnects, then the answer comes.");
        page.table(new Table(List.of("contestant", "connected again", "the caller got a token"), rows));
    }

    /** Returns whether the caller, whose refresh was under way, got a token. */
    private static boolean race(DisconnectContestant contestant, String userId) throws InterruptedException {
        contestant.connect(contestant.host().authorize(userId, OneUser.EXPIRED));
        TokenHost.Hold refresh = contestant.host().hold();
        boolean[] answered = {false};
        Thread caller = new Thread(() -> {
            try {
                answered[0] = !contestant.token(userId).isEmpty();
            } catch (RuntimeException e) {
                // What matters is what is stored afterwards.
                answered[0] = false;
            }
        });
        caller.start();
        refresh.awaitRequests(1, TIMEOUT);
        contestant.disconnect(userId);
        if (contestant.isConnected(userId)) {
            throw new IllegalStateException("the disconnect did nothing");
        }
        refresh.release();
        caller.join();
        return answered[0];
    }
}
