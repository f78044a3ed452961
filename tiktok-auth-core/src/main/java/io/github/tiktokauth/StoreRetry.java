package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats a write whose inputs exist nowhere else, within the budget. */
final class StoreRetry {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Time time;
    private final Duration budget;

    StoreRetry(Time time, Duration budget) {
        this.time = time;
        this.budget = budget;
    }

    <T> T run(Supplier<T> write) {
        long start = time.nanos();
        // An interrupt waits: it would end every pause at once, and the inputs with them.
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return write.get();
                } catch (StoreException e) {
                    boolean mayPass =
                            e.kind() == StoreException.Kind.UNAVAILABLE || e.kind() == StoreException.Kind.OTHER;
                    if (!mayPass || time.nanos() - start + PAUSE.toNanos() > budget.toNanos()) {
                        throw e;
                    }
                    time.sleep(PAUSE);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
