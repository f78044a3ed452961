package io.github.tiktokauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The durations of the machinery, checked against each other. */
record Settings(
        Duration callTimeout,
        Duration writeBudget,
        Duration lease,
        Duration waitLimit,
        Duration safetyMargin,
        Duration cacheFor,
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
        if (isNotPositive(callTimeout)) {
            problems.add("callTimeout must be positive");
        }
        if (writeBudget.isNegative()) {
            problems.add("writeBudget must not be negative");
        }
        if (lease.compareTo(callTimeout.plus(writeBudget)) <= 0) {
            problems.add("lease must be longer than callTimeout and writeBudget together, or two nodes could refresh"
                    + " one authorization at once");
        }
        if (waitLimit.isNegative()) {
            problems.add("waitLimit must not be negative");
        }
        if (safetyMargin.isNegative() || safetyMargin.compareTo(Duration.ofHours(1)) > 0) {
            problems.add("safetyMargin must be from zero to one hour");
        }
        if (cacheFor.isNegative() || cacheFor.compareTo(Duration.ofHours(1)) > 0) {
            problems.add("cacheFor must be from zero to one hour");
        }
        if (cacheSize < 1) {
            problems.add("cacheSize must be positive");
        }
        return problems;
    }

    private static boolean isNotPositive(Duration duration) {
        return duration.isNegative() || duration.isZero();
    }
}
