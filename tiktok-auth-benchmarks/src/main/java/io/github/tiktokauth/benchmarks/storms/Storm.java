package io.github.tiktokauth.benchmarks.storms;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Many calls on many threads that start at the same moment.
 *
 * @param millis from the start to the last answer
 * @param firstFailure what went wrong first; empty when nothing did
 */
record Storm(int calls, int failures, double millis, String firstFailure) {

    /** Starts as soon as all threads are ready. */
    static Storm now(int threads, int calls, IntConsumer call) {
        return at(0, threads, calls, call);
    }

    /** Starts at a moment on the wall clock, which JVMs on one machine share, in microseconds since the epoch. */
    static Storm at(long start, int threads, int calls, IntConsumer call) {
        AtomicInteger next = new AtomicInteger(threads);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(threads);
        AtomicLong end = new AtomicLong();
        for (int i = 0; i < threads; i++) {
            int first = i;
            Thread thread = new Thread(() -> {
                ready.countDown();
                awaited(go);
                // The first call of each thread is its own, so that a quick thread leaves none without.
                for (int number = first; number < calls; number = next.getAndIncrement()) {
                    try {
                        call.accept(number);
                    } catch (RuntimeException e) {
                        failures.add(e.toString());
                    }
                }
                end.accumulateAndGet(micros(), Math::max);
                done.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }
        awaited(ready);
        long begun = start == 0 ? micros() : start;
        while (micros() < begun) {
            Thread.onSpinWait();
        }
        go.countDown();
        awaited(done);
        return new Storm(
                calls, failures.size(), (end.get() - begun) / 1000.0, failures.isEmpty() ? "" : failures.element());
    }

    double perSecond() {
        return calls / millis * 1000;
    }

    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
