package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;

/**
 * When one access token was obtained and when it ends, read from the store at one moment. Expiry is judged from the store's
 * clock at the reading and the time passed since on this process's monotonic clock, never from this machine's wall clock.
 *
 * @param connectionId spreads the refreshes of a fleet
 * @param storeTime the store's clock at the reading
 * @param readAt {@link Time#nanos} from before the reading, so that the time passed is never underestimated
 */
record TokenTimes(String connectionId, Instant obtainedAt, Instant expiresAt, Instant storeTime, long readAt) {

    static final Duration LONGEST_LIFETIME = Duration.ofDays(30);
    private static final Duration SHORT_LIFETIME = Duration.ofHours(2);

    /** Returns the store's clock at the given moment. */
    Instant storeTimeAt(long now) {
        return storeTime.plusNanos(now - readAt);
    }

    /** Returns how long the token is still valid; negative when it has ended. */
    Duration remaining(long now) {
        return until(expiresAt, now);
    }

    Freshness freshness(Duration safetyMargin, long now) {
        Duration remaining = remaining(now);
        if (remaining.compareTo(margin(safetyMargin)) <= 0) {
            return Freshness.EXPIRED;
        }
        return remaining.compareTo(early()) <= 0 ? Freshness.STALE : Freshness.FRESH;
    }

    /** Short-lived tokens get a shorter margin, or they would never count as valid. */
    Duration margin(Duration safetyMargin) {
        // In nanoseconds: a Duration divides by way of BigDecimal, and every call without a cache comes by here.
        Duration quarter = Duration.ofNanos(lifetime().toNanos() / 4);
        return quarter.compareTo(safetyMargin) < 0 ? quarter : safetyMargin;
    }

    /** A seventh of the lifetime, a quarter more or less by the connection's hash, so that a fleet does not refresh at once. */
    Duration early() {
        int spread = 75 + Math.floorMod(connectionId.hashCode() * 31, 51);
        return Duration.ofNanos(lifetime().toNanos() / 700 * spread);
    }

    /** Whether a search for what ends within days would always find it. */
    boolean isShortLived() {
        return lifetime().compareTo(SHORT_LIFETIME) <= 0;
    }

    /** Returns the time from now until an instant of the store's clock; negative when it has passed. */
    Duration until(Instant instant, long now) {
        return Duration.between(storeTime, instant).minusNanos(now - readAt);
    }

    private Duration lifetime() {
        Duration lifetime = Duration.between(obtainedAt, expiresAt);
        if (lifetime.isNegative()) {
            return Duration.ZERO;
        }
        return lifetime.compareTo(LONGEST_LIFETIME) < 0 ? lifetime : LONGEST_LIFETIME;
    }
}
