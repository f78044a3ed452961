package io.github.tiktokauth.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The values that several rounds of one measurement gave. For one thread. */
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    /** Creates an empty collection. */
    public Samples() {}

    /**
     * Returns samples of known values.
     *
     * @param values the values
     * @return the samples
     */
    public static Samples of(Collection<Double> values) {
        Samples samples = new Samples();
        samples.values.addAll(values);
        return samples;
    }

    /**
     * Adds a value.
     *
     * @param value the value
     */
    public void add(double value) {
        values.add(value);
    }

    /**
     * Returns the number of values.
     *
     * @return the number
     */
    public int size() {
        return values.size();
    }

    /**
     * Returns the median.
     *
     * @return the median; the mean of the two in the middle when their number is even
     */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /**
     * Returns the greatest value.
     *
     * @return the value
     */
    public double max() {
        return Collections.max(values);
    }

    /**
     * Returns the least value.
     *
     * @return the value
     */
    public double min() {
        return Collections.min(values);
    }

    /**
     * Writes the least and the greatest value as whole numbers.
     *
     * @return one number where both are the same, else for example {@code 1–3}
     */
    public String range() {
        String least = number(min(), 0);
        String greatest = number(max(), 0);
        return least.equals(greatest) ? least : least + "–" + greatest;
    }

    /**
     * Writes a number for a page.
     *
     * @param value the number
     * @param decimals how many digits after the point
     * @return the text, with a comma between thousands
     */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
