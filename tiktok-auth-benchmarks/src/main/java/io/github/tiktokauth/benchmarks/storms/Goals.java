package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/** What was wanted of ours and what came out. A time that falls short is reported; a broken promise fails the program. */
final class Goals {

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /** A time or a rate. */
    void figure(String measure, String goal, String measured, boolean met) {
        rows.add(List.of(measure, goal, measured, met ? "yes" : "**no**"));
    }

    /** Something that holds on every machine. */
    void promise(String measure, String promised, String measured, boolean kept) {
        figure(measure, promised, measured, kept);
        if (!kept) {
            broken.add(measure + ": " + measured + " instead of " + promised);
        }
    }

    Table table() {
        return new Table(List.of("ours", "goal", "measured", "met"), List.copyOf(rows));
    }

    List<String> broken() {
        return List.copyOf(broken);
    }
}
