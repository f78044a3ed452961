package io.github.tiktokauth.benchmarks.report;

import java.util.Locale;

/** All that is wanted of the figures, with the thresholds. A ratio compares two figures of one run, so that machines may differ. */
public enum Goal {
    FRESH_TOKEN_TO_FLOOR(Kind.TARGET, "time against the Caffeine floor", Comparison.AT_MOST, 1.5, 2, "×"),
    FRESH_TOKEN_TO_SPRING(Kind.TARGET, "times faster than Spring in memory", Comparison.AT_LEAST, 3, 2, "×"),
    FRESH_TOKEN_BYTES(Kind.TARGET, "allocated by a call", Comparison.AT_MOST, 0.5, 2, "bytes"),
    STORED_TOKEN_POSTGRESQL(Kind.TARGET, "time against a SELECT by JDBC", Comparison.AT_MOST, 1.3, 2, "×"),
    STORED_TOKEN_H2(Kind.TARGET, "time against a SELECT by Jdbi", Comparison.AT_MOST, 1.3, 2, "×"),

    // CI runs these on machines that do other work too.
    GUARD_FRESH_TOKEN(Kind.REQUIREMENT, "time against the Caffeine floor", Comparison.AT_MOST, 3, 2, "×"),
    GUARD_FRESH_TOKEN_BYTES(Kind.REQUIREMENT, "allocated by a call", Comparison.AT_MOST, 8, 2, "bytes"),
    GUARD_STORED_TOKEN_H2(Kind.REQUIREMENT, "time against a SELECT by Jdbi", Comparison.AT_MOST, 2.5, 2, "×"),

    ONE_USER_REQUESTS(Kind.REQUIREMENT, "requests to the token host", Comparison.EXACTLY, 1, 0, ""),
    ONE_USER_FAILURES(Kind.REQUIREMENT, "failures", Comparison.EXACTLY, 0, 0, ""),
    ONE_USER_LOST(Kind.REQUIREMENT, "rounds that lost the connection", Comparison.EXACTLY, 0, 0, ""),
    ONE_USER_TIME_THREADS(Kind.TARGET, "all answered ÷ latency", Comparison.AT_MOST, 1.15, 2, ""),
    ONE_USER_TIME_NODES(Kind.TARGET, "all answered ÷ latency", Comparison.AT_MOST, 1.5, 2, ""),

    MANY_USERS_REQUESTS(Kind.REQUIREMENT, "requests a user", Comparison.EXACTLY, 1, 3, ""),
    MANY_USERS_FAILURES(Kind.REQUIREMENT, "failures", Comparison.EXACTLY, 0, 0, ""),
    MANY_USERS_RATE(Kind.TARGET, "share of the ideal rate", Comparison.AT_LEAST, 92, 1, "%"),

    OUTAGE_FAILURES(Kind.REQUIREMENT, "failures", Comparison.EXACTLY, 0, 0, ""),
    OUTAGE_TIME(Kind.TARGET, "a call ÷ a fresh call", Comparison.AT_MOST, 2, 2, ""),
    DISCONNECT_RECONNECTED(Kind.REQUIREMENT, "users connected again", Comparison.EXACTLY, 0, 0, ""),

    NODES_REQUESTS(Kind.REQUIREMENT, "requests a user", Comparison.EXACTLY, 1, 3, ""),
    NODES_FAILURES(Kind.REQUIREMENT, "failures", Comparison.EXACTLY, 0, 0, ""),

    JARS(Kind.REQUIREMENT, "jars of core + jdbc with all they bring", Comparison.AT_MOST, 13, 0, ""),
    JARS_SIZE(Kind.REQUIREMENT, "their size", Comparison.AT_MOST, 8, 2, "MiB"),
    OWN_JARS_SIZE(Kind.TARGET, "size of our own jars", Comparison.AT_MOST, 250, 0, "KiB"),
    COLD_START_REQUESTS(Kind.REQUIREMENT, "requests a start with an expired token", Comparison.EXACTLY, 1, 2, ""),
    COLD_START(Kind.TARGET, "JVM start to first token against Spring with Gson", Comparison.AT_MOST, 0.9, 2, "×"),
    MEMORY(Kind.TARGET, "bytes per cached user", Comparison.AT_MOST, 1.1, 2, "×"),
    GROWTH_TIME(Kind.TARGET, "time against the small table", Comparison.AT_MOST, 2, 2, "×"),
    GROWTH_ROWS(Kind.REQUIREMENT, "rows read by a statement", Comparison.AT_MOST, 1000, 0, ""),

    VIRTUAL_THREADS_FAILURES(Kind.REQUIREMENT, "failures", Comparison.EXACTLY, 0, 0, ""),
    VIRTUAL_THREADS_REQUESTS(Kind.REQUIREMENT, "requests more than expired users", Comparison.EXACTLY, 0, 0, ""),
    VIRTUAL_THREADS_PINNED(Kind.REQUIREMENT, "pinned carriers", Comparison.EXACTLY, 0, 0, "");

    private enum Kind {
        /** Must be true on any machine; the program fails without it. */
        REQUIREMENT,
        /** Depends on the machine, or is not reached yet; reported whatever it is. */
        TARGET
    }

    private enum Comparison {
        AT_MOST("≤ "),
        AT_LEAST("≥ "),
        EXACTLY("exactly ");

        private final String text;

        Comparison(String text) {
            this.text = text;
        }

        boolean holds(double measured, double bound) {
            return switch (this) {
                case AT_MOST -> measured <= bound;
                case AT_LEAST -> measured >= bound;
                case EXACTLY -> measured == bound;
            };
        }
    }

    private final Kind kind;
    private final String what;
    private final Comparison comparison;
    private final double bound;
    private final int decimals;
    private final String unit;

    Goal(Kind kind, String what, Comparison comparison, double bound, int decimals, String unit) {
        this.kind = kind;
        this.what = what;
        this.comparison = comparison;
        this.bound = bound;
        this.decimals = decimals;
        this.unit = unit.isEmpty() ? "" : " " + unit;
    }

    /**
     * Judges a figure.
     *
     * @param measured the figure, in the goal's unit
     * @return whether it is as good as wanted; {@code false} for one that is not a number
     */
    public boolean isMetBy(double measured) {
        return comparison.holds(measured, bound);
    }

    /**
     * Returns whether the program fails without it.
     *
     * @return whether it does; else it is only reported
     */
    public boolean isRequired() {
        return kind == Kind.REQUIREMENT;
    }

    /**
     * Returns what is measured.
     *
     * @return a few words
     */
    public String what() {
        return what;
    }

    /**
     * Returns what is wanted.
     *
     * @return for example {@code ≤ 1.5 ×}
     */
    public String wanted() {
        String number = bound == Math.rint(bound) ? String.format(Locale.ROOT, "%,.0f", bound) : Double.toString(bound);
        return comparison.text + number + unit;
    }

    /**
     * Writes a figure in the goal's unit.
     *
     * @param measured the figure
     * @return for example {@code 1.02 ×}
     */
    public String text(double measured) {
        return Samples.number(measured, decimals) + unit;
    }
}
