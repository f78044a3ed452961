package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that moves when told; sleeping moves it too. */
final class ManualTime implements Time {

    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    final List<Duration> slept = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    synchronized void advance(Duration duration) {
        passed = passed.plus(duration);
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
        slept.add(duration);
        advance(duration);
    }
}
