package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time that moves when told; sleeping moves it too. */
final class ManualTime implements Time {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration TEST_LIMIT = Duration.ofSeconds(60);

    final List<Duration> slept = new ArrayList<>();
    volatile Runnable beforeSleep = () -> {};
    private Duration passed = Duration.ZERO;

    synchronized void advance(Duration duration) {
        passed = passed.plus(duration);
        notifyAll();
    }

    @Override
    public InstantSource wall() {
        return () -> {
            synchronized (this) {
                return START.plus(passed);
            }
        };
    }

    @Override
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized void sleep(Duration duration) {
        beforeSleep.run();
        slept.add(duration);
        advance(duration);
    }

    /** Until it has ended, or the hand has moved as far. */
    @Override
    public void await(CompletableFuture<?> end, long nanos) {
        end.whenComplete((value, thrown) -> wakeUp());
        synchronized (this) {
            long start = nanos();
            long begun = System.nanoTime();
            try {
                while (!end.isDone() && nanos() - start < nanos) {
                    wait(TEST_LIMIT.toMillis());
                    if (System.nanoTime() - begun > TEST_LIMIT.toNanos()) {
                        throw new AssertionError("waited for too long");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void wakeUp() {
        notifyAll();
    }
}
