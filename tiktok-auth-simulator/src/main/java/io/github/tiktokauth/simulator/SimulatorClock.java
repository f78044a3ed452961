package io.github.tiktokauth.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The simulator's own idea of the time: somebody's clock, and how far it was moved since. */
final class SimulatorClock {

    private final InstantSource base;
    private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);

    SimulatorClock(InstantSource base) {
        this.base = base;
    }

    Instant now() {
        return base.instant().plus(moved.get());
    }

    /** In whole seconds, as the protocol has it. */
    Instant seconds() {
        return now().truncatedTo(ChronoUnit.SECONDS);
    }

    void advance(Duration by) {
        moved.updateAndGet(before -> before.plus(by));
    }
}
