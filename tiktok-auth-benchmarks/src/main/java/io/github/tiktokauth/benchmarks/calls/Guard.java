package io.github.tiktokauth.benchmarks.calls;

import io.github.tiktokauth.benchmarks.calls.Jmh.Measured;
import io.github.tiktokauth.benchmarks.report.Goal;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Notices when a call has become several times slower, within half a minute. It compares contestants of one run, never times,
 * and with bounds that a busy machine does not reach.
 */
public final class Guard {

    private static final int ATTEMPTS = 2;

    private Guard() {}

    /**
     * Measures and compares, once more when a comparison fails.
     *
     * @return whether all requirements are met
     * @throws RunnerException when a benchmark fails
     */
    public static boolean run() throws RunnerException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isMet()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMet() throws RunnerException {
        Measured floor = Calls.fresh(Jmh.QUICK, FreshToken.Contestant.FLOOR_CAFFEINE, 1000, 1);
        Measured ours = Calls.fresh(Jmh.QUICK, FreshToken.Contestant.OURS, 1000, 1);
        Measured jdbi = stored(StoredToken.Contestant.JDBI);
        Measured read = stored(StoredToken.Contestant.OURS);
        return check(Goal.GUARD_FRESH_TOKEN, "fresh token", ours.time() / floor.time())
                & check(Goal.GUARD_FRESH_TOKEN_BYTES, "fresh token", ours.bytes())
                & check(Goal.GUARD_STORED_TOKEN_H2, "cache off, H2", read.time() / jdbi.time());
    }

    private static Measured stored(StoredToken.Contestant contestant) throws RunnerException {
        return Calls.stored(Jmh.QUICK, contestant, StoredToken.Database.H2, List.of());
    }

    private static boolean check(Goal goal, String subject, double measured) {
        boolean met = goal.isMetBy(measured);
        System.out.printf(
                "%s: %s: %s, required %s%s%n",
                subject, goal.what(), goal.text(measured), goal.wanted(), met ? "" : " – NOT MET");
        return met;
    }
}
