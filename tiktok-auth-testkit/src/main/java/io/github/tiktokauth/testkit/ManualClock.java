package io.github.tiktokauth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A clock that stands still until a test moves it. Safe for use by many threads: all see each move at once. */
public final class ManualClock implements InstantSource {

    /**
     * Where a clock made without an instant stands: 2026-11-23T10:15:30.123456789Z. It has nanoseconds because no database keeps
     * them all, and a store under test has to cope with that.
     */
    public static final Instant START = Instant.parse("2026-11-23T10:15:30.123456789Z");

    private Instant now;

    /** Creates a clock that stands at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * Creates a clock that stands at an instant.
     *
     * @param now what {@link #instant()} returns until the clock is moved
     */
    public ManualClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    /**
     * Returns the instant at which this clock stands.
     *
     * @return the same instant until the clock is moved
     */
    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Moves this clock. Moves by several threads add up.
     *
     * @param by how far to move it forward; a negative duration moves it back
     * @throws java.time.DateTimeException when that is beyond {@link Instant#MIN} or {@link Instant#MAX}; the clock stands still
     *     then
     * @throws ArithmeticException when the seconds overflow; the clock stands still then
     */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /**
     * Sets this clock to an instant, earlier or later than where it stands.
     *
     * @param instant what {@link #instant()} returns from now on
     */
    public synchronized void set(Instant instant) {
        now = Objects.requireNonNull(instant, "instant");
    }

    /**
     * Returns where this clock stands, for failure messages.
     *
     * @return the instant in ISO-8601
     */
    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
