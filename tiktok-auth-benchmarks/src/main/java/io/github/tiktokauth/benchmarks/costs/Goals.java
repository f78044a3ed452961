package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/** What was promised beside what was found. Figures are reported whatever they are; a broken rule fails the program. */
final class Goals {

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /** A figure that depends on the machine, or that we only strive for. */
    void strive(String what, String goal, String measured, boolean met) {
        rows.add(List.of(what, goal, measured, met ? "met" : "**not met**"));
    }

    /** What must be true on any machine. */
    void must(String what, String rule, String found, boolean kept) {
        rows.add(List.of(what, rule, found, kept ? "met" : "**BROKEN**"));
        if (!kept) {
            broken.add(what + ": " + rule + ", but " + found);
        }
    }

    /** What could not be looked at here. */
    void skipped(String what, String rule, String why) {
        rows.add(List.of(what, rule, why, "skipped"));
        System.err.println("SKIPPED: " + what + ": " + why);
    }

    Table table() {
        return new Table(List.of("what", "goal", "measured", "met?"), rows);
    }

    List<String> broken() {
        return broken;
    }
}
