package io.github.tiktokauth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A clock that a test moves by hand. Safe for use by many threads: all see each move at once. */
public final class ManualClock implements InstantSource {

    /**
     * The default instant of a new clock: 2026-11-23T10:15:30.123456789Z. It has nanoseconds because no database keeps
     * them all, and a store under test has to cope with that.
     */
    public static final Instant START = Instant.parse("2026-11-23T10:15:30.123456789Z");

    private Instant now;

    /** Creates a clock at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * Creates a clock at an instant.
     *
     * @param now what {@link #instant()} returns until the clock is moved
     */
    public ManualClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    /**
     * Returns the present instant of this clock.
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
     * @throws java.time.DateTimeException when that is beyond {@link Instant#MIN} or {@link Instant#MAX}; the clock is not moved
     *     then
     * @throws ArithmeticException when the seconds overflow; the clock is not moved then
     */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /**
     * Sets this clock to an instant, earlier or later than its present one.
     *
     * @param instant what {@link #instant()} returns from now on
     */
    public synchronized void set(Instant instant) {
        now = Objects.requireNonNull(instant, "instant");
    }

    /**
     * Returns the present instant, for failure messages.
     *
     * @return the instant in ISO-8601
     */
    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
