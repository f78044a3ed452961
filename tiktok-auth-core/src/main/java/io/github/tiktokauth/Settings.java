package io.github.tiktokauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The durations of the machinery, checked against each other. */
record Settings(
        Duration callTimeout,
        Duration writeBudget,
        Duration leaseDuration,
        Duration waitTimeout,
        Duration safetyMargin,
        Duration cacheTtl,
        long cacheSize) {

    static final Settings DEFAULT = new Settings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            Duration.ofSeconds(30),
            20_000);

    /** Everything that is wrong, by the builder's names. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        boolean addable = true;
        if (isOutside(Duration.ofMillis(1), callTimeout, Duration.ofMinutes(10))) {
            problems.add("callTimeout must be from one millisecond to ten minutes");
            addable = false;
        }
        if (isOutside(Duration.ZERO, writeBudget, Duration.ofMinutes(10))) {
            problems.add("writeBudget must be from zero to ten minutes");
            addable = false;
        }
        if (leaseDuration.compareTo(Duration.ofHours(1)) > 0) {
            problems.add("leaseDuration must be at most one hour, or a node's death stops an authorization for longer");
        } else if (addable && leaseDuration.compareTo(callTimeout.plus(writeBudget)) <= 0) {
            problems.add(
                    "leaseDuration must be longer than callTimeout and writeBudget together, or two nodes could refresh"
                            + " one authorization at once");
        }
        if (isOutside(Duration.ZERO, waitTimeout, Duration.ofHours(1))) {
            problems.add("waitTimeout must be from zero to one hour");
        }
        if (isOutside(Duration.ZERO, safetyMargin, Duration.ofHours(1))) {
            problems.add("safetyMargin must be from zero to one hour");
        }
        if (isOutside(Duration.ZERO, cacheTtl, Duration.ofHours(1))) {
            problems.add("cacheTtl must be from zero to one hour");
        }
        if (cacheSize < 1) {
            problems.add("cacheSize must be positive");
        }
        return problems;
    }

    private static boolean isOutside(Duration least, Duration value, Duration most) {
        return value.compareTo(least) < 0 || value.compareTo(most) > 0;
    }
}
