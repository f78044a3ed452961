package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long the calls of one thread took.
 *
 * @param medianMicros of a call; where calls are too short to be timed singly, of many together
 * @param worstMicros of a single call, failed ones included
 * @param unanswered whether a call had no answer within {@link #TIMEOUT}
 */
record CallTimes(double medianMicros, double worstMicros, int calls, int failures, boolean unanswered) {

    /** Longer than {@link TokenHost#HANG}. */
    static final Duration TIMEOUT = TokenHost.HANG.plusSeconds(5);

    private static final int MOST = 1 << 20;
    private static final int BATCH = 500;
    private static final double TOO_SHORT_MICROS = 2;

    static CallTimes of(Peer peer, String userId, Duration during, int most) {
        FutureTask<CallTimes> task = new FutureTask<>(() -> measure(peer, userId, during, most));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            double waited = TIMEOUT.toMillis() * 1000.0;
            return new CallTimes(waited, waited, 1, 1, true);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CallTimes measure(Peer peer, String userId, Duration during, int most) {
        long[] nanos = new long[Math.min(most, MOST)];
        long end = System.nanoTime() + during.toNanos();
        int calls = 0;
        int failures = 0;
        while (calls < nanos.length && (calls == 0 || System.nanoTime() < end)) {
            long begun = System.nanoTime();
            failures += fails(peer, userId) ? 1 : 0;
            nanos[calls++] = System.nanoTime() - begun;
        }
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        double median = sorted[calls / 2] / 1000.0;
        return new CallTimes(
                median < TOO_SHORT_MICROS ? inBatches(peer, userId, during) : median,
                sorted[calls - 1] / 1000.0,
                calls,
                failures,
                false);
    }

    private static double inBatches(Peer peer, String userId, Duration during) {
        Samples figures = new Samples();
        long end = System.nanoTime() + during.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                peer.token(userId);
            }
            figures.add((System.nanoTime() - begun) / 1000.0 / BATCH);
        }
        return figures.median();
    }

    private static boolean fails(Peer peer, String userId) {
        try {
            peer.token(userId);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
