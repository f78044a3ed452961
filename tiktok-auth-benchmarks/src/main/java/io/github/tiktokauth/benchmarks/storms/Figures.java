package io.github.tiktokauth.benchmarks.storms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What several rounds gave. */
final class Figures {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double most() {
        return Collections.max(values);
    }

    double least() {
        return Collections.min(values);
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** As a whole number where all rounds gave the same, else from the least to the most. */
    String range() {
        String least = number(least(), 0);
        String most = number(most(), 0);
        return least.equals(most) ? least : least + "–" + most;
    }
}
