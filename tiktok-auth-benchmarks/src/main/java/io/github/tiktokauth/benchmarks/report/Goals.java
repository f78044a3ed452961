package io.github.tiktokauth.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What one run found, goal by goal. A figure is reported whatever it is; a requirement that is not met fails the program. */
public final class Goals {

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Creates an empty list. */
    public Goals() {}

    /**
     * Records a figure.
     *
     * @param goal what is wanted of it
     * @param subject where it was measured
     * @param measured the figure
     */
    public void check(Goal goal, String subject, double measured) {
        check(goal, subject, measured, "");
    }

    /**
     * Records a figure.
     *
     * @param goal what is wanted of it
     * @param subject where it was measured
     * @param measured the figure
     * @param detail written behind it, for example what it was calculated from
     */
    public void check(Goal goal, String subject, double measured, String detail) {
        add(goal, subject, goal.text(measured) + (detail.isEmpty() ? "" : " " + detail), goal.isMetBy(measured));
    }

    /**
     * Records the figures of several rounds, each of which must be as good as wanted.
     *
     * @param goal what is wanted of each
     * @param subject where they were measured
     * @param measured the figures
     */
    public void check(Goal goal, String subject, Samples measured) {
        add(goal, subject, measured.range(), goal.isMetBy(measured.min()) && goal.isMetBy(measured.max()));
    }

    private void add(Goal goal, String subject, String measured, boolean met) {
        String what = subject + ": " + goal.what();
        rows.add(List.of(
                what, goal.wanted(), measured, met ? "yes" : goal.isRequired() ? "**NO, required**" : "**no**"));
        if (goal.isRequired() && !met) {
            failed.add(what + ": " + measured + ", required is " + goal.wanted());
        }
    }

    /**
     * Records that something could not be measured here.
     *
     * @param goal what is wanted
     * @param subject where it was to be measured
     * @param why why not
     */
    public void skip(Goal goal, String subject, String why) {
        rows.add(List.of(subject + ": " + goal.what(), goal.wanted(), why, "skipped"));
        System.err.println("SKIPPED: " + subject + ": " + goal.what() + ": " + why);
    }

    /**
     * Returns all that was recorded.
     *
     * @return a row for each figure
     */
    public Table table() {
        return new Table(List.of("what", "goal", "measured", "met"), List.copyOf(rows));
    }

    /**
     * Reports the requirements that are not met on the standard error stream.
     *
     * @return whether there are none
     */
    public boolean requirementsMet() {
        failed.forEach(failure -> System.err.println("REQUIREMENT NOT MET: " + failure));
        return failed.isEmpty();
    }
}
