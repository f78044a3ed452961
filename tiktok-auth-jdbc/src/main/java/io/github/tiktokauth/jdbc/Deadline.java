package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;

/** The end of one call's patience, on the JVM's monotonic clock. */
record Deadline(long atNanos) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - atNanos >= 0;
    }

    void orGiveUp(String what) {
        if (isOver()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "could not " + what + ": other nodes kept changing the same rows; try again later",
                    null);
        }
    }

    /** What is left in whole seconds, as JDBC counts time-outs; at least one, since zero would mean none. */
    int seconds() {
        long left = Math.max(0, atNanos - System.nanoTime());
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (left + 999_999_999L) / 1_000_000_000L));
    }
}
