package io.github.tiktokauth.benchmarks.calls;

import io.github.tiktokauth.benchmarks.calls.Jmh.Measured;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Notices when a call has become several times slower, within half a minute. It compares contestants of one run, never times,
 * and with bounds that a busy machine does not reach.
 */
public final class Guard {

    private static final double MOST_TIMES_CAFFEINE = 3;
    private static final double MOST_TIMES_JDBI = 2.5;
    private static final double MOST_BYTES = 8;
    private static final int TRIES = 2;

    private Guard() {}

    /**
     * Measures and compares, once more when a comparison fails.
     *
     * @return whether all bounds are kept
     * @throws RunnerException when a benchmark fails
     */
    public static boolean run() throws RunnerException {
        for (int tries = 0; tries < TRIES; tries++) {
            if (holds()) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds() throws RunnerException {
        Measured floor = Calls.fresh(Jmh.QUICK, FreshToken.Contestant.FLOOR_CAFFEINE, 1000, 1);
        Measured ours = Calls.fresh(Jmh.QUICK, FreshToken.Contestant.OURS, 1000, 1);
        Measured jdbi = stored(StoredToken.Contestant.JDBI);
        Measured read = stored(StoredToken.Contestant.OURS);
        return within("fresh token, times the floor", ours.time() / floor.time(), MOST_TIMES_CAFFEINE)
                & within("fresh token, bytes a call", ours.bytes(), MOST_BYTES)
                & within("cache off on H2, times Jdbi", read.time() / jdbi.time(), MOST_TIMES_JDBI);
    }

    private static Measured stored(StoredToken.Contestant contestant) throws RunnerException {
        return Calls.stored(Jmh.QUICK, contestant, StoredToken.Database.H2, List.of());
    }

    private static boolean within(String what, double measured, double most) {
        boolean within = measured <= most;
        System.out.printf(Locale.ROOT, "%s: %.2f, at most %.2f%s%n", what, measured, most, within ? "" : " – TOO MUCH");
        return within;
    }
}
