package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The user disconnects while a refresh is under way. */
final class DisconnectRace {

    private static final int ROUNDS = 5;
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DisconnectRace() {}

    static void run(Postgres postgres, Page page, Goals goals) throws InterruptedException {
        page.heading("Disconnect during a refresh");
        List<List<String>> rows = new ArrayList<>();
        for (Leaver leaver : Leavers.all(postgres)) {
            int back = 0;
            int answered = 0;
            try (leaver) {
                leaver.host().latency(LATENCY);
                for (int round = 0; round < ROUNDS; round++) {
                    answered += race(leaver, Seed.userId(round)) ? 1 : 0;
                    back += leaver.isConnected(Seed.userId(round)) ? 1 : 0;
                }
            }
            rows.add(List.of(leaver.name(), back + " of " + ROUNDS, answered + " of " + ROUNDS));
            if (leaver.name().equals(Contestant.OURS)) {
                goals.must("disconnect during a refresh: connected again", "0", Integer.toString(back), back == 0);
            }
        }
        page.text("The refresh is sent, the user disconnects, then the answer comes.");
        page.table(new Table(List.of("contestant", "connected again", "the caller got a token"), rows));
    }

    /** Whether the caller, whose refresh was under way, got a token. */
    private static boolean race(Leaver leaver, String userId) throws InterruptedException {
        leaver.connect(leaver.host().authorize(userId, OneUser.EXPIRED));
        int before = leaver.host().requests();
        boolean[] answered = {false};
        Thread caller = new Thread(() -> {
            try {
                answered[0] = !leaver.token(userId).isEmpty();
            } catch (RuntimeException e) {
                // So it is told; what matters is what is stored afterwards.
                answered[0] = false;
            }
        });
        caller.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (leaver.host().requests() == before && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        leaver.disconnect(userId);
        if (leaver.isConnected(userId)) {
            throw new IllegalStateException("the disconnect did nothing, or the answer came before it");
        }
        caller.join();
        return answered[0];
    }
}
