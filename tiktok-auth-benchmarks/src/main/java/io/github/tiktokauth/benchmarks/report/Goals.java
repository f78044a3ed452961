package io.github.tiktokauth.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What was wanted beside what was found. A figure is reported whatever it is; a broken promise fails the program. */
public final class Goals {

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * A figure that depends on the machine, or that we only strive for.
     *
     * @param what what was measured
     * @param goal the goal
     * @param measured the figure
     * @param met whether it is as good as the goal
     */
    public void strive(String what, String goal, String measured, boolean met) {
        rows.add(List.of(what, goal, measured, met ? "yes" : "**no**"));
    }

    /**
     * What must be true on any machine.
     *
     * @param what what was looked at
     * @param promise what is promised
     * @param found what was found
     * @param kept whether that is what is promised
     */
    public void must(String what, String promise, String found, boolean kept) {
        rows.add(List.of(what, promise, found, kept ? "yes" : "**BROKEN**"));
        if (!kept) {
            broken.add(what + ": " + found + " instead of " + promise);
        }
    }

    /**
     * What could not be looked at here.
     *
     * @param what what was to be looked at
     * @param goal the goal
     * @param why why not
     */
    public void skipped(String what, String goal, String why) {
        rows.add(List.of(what, goal, why, "skipped"));
        System.err.println("SKIPPED: " + what + ": " + why);
    }

    /**
     * All of it.
     *
     * @return a row each
     */
    public Table table() {
        return new Table(List.of("what", "goal", "measured", "met"), List.copyOf(rows));
    }

    /**
     * Tells of the broken promises.
     *
     * @return whether there are none
     */
    public boolean kept() {
        broken.forEach(promise -> System.err.println("BROKEN PROMISE: " + promise));
        return broken.isEmpty();
    }
}
