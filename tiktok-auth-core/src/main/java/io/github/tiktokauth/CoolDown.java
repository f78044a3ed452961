package io.github.tiktokauth;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long the cluster lets TikTok rest after a failed refresh. */
final class CoolDown {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST_WHILE_VALID = Duration.ofMinutes(15);
    private static final Duration LONGEST_WITHOUT_TOKEN = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;

    private CoolDown() {}

    /**
     * How long to rest.
     *
     * @param remaining how long the access token lives on; a cool-down that began while it was valid must not outlast it for
     *     longer than one that began afterwards
     */
    static Duration after(int failuresBefore, @Nullable Duration retryAfter, Duration remaining) {
        Duration valid = remaining.isNegative() ? Duration.ZERO : remaining;
        Duration longest = valid.compareTo(LONGEST_WHILE_VALID) < 0
                ? shorter(valid.plus(LONGEST_WITHOUT_TOKEN), LONGEST_WHILE_VALID)
                : LONGEST_WHILE_VALID;
        Duration wanted = retryAfter != null ? retryAfter : backoff(failuresBefore);
        return shorter(atLeastOneSecond(wanted), longest);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration backoff(int failuresBefore) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(Math.max(failuresBefore, 0), MOST_DOUBLINGS));
        return doubled.multipliedBy(80 + ThreadLocalRandom.current().nextInt(41))
                .dividedBy(100);
    }

    /** The wait that callers see, at least one second. */
    static Duration atLeastOneSecond(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
    }
}
