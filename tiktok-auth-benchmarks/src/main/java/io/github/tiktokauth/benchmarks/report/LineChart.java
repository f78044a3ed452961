package io.github.tiktokauth.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Lines over a growing size, both on logarithmic scales; a cost that does not grow is a level line. */
public final class LineChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 92;
    private static final int RIGHT = 200;
    private static final int TOP = 56;
    private static final int BOTTOM = 56;
    private static final int NEAREST = 16;
    private static final List<String> COLOURS =
            List.of("#0969da", "#cf222e", "#1a7f37", "#8250df", "#bc4c00", "#57606a", "#bf3989", "#0e7490");

    /**
     * One line.
     *
     * @param label what
     * @param values positive, one for each size
     */
    public record Line(String label, List<Double> values) {}

    private LineChart() {}

    /**
     * Draws.
     *
     * @param title what is compared
     * @param sizes positive and growing, the values of the horizontal axis
     * @param sizeName what grows
     * @param valueName the unit of the values
     * @param lines at most eight
     * @return the SVG
     */
    public static String svg(String title, List<Long> sizes, String sizeName, String valueName, List<Line> lines) {
        double least = Math.pow(10, Math.floor(Math.log10(all(lines).min().orElse(1))));
        double most = Math.pow(10, Math.ceil(Math.log10(all(lines).max().orElse(10) * 1.001)));
        Scale across = new Scale(sizes.get(0), sizes.get(sizes.size() - 1), LEFT, WIDTH - RIGHT);
        Scale up = new Scale(least, most, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\""
                        + " font-size=\"13\" role=\"img\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"16\" y=\"26\" font-size=\"16\" font-weight=\"600\" fill=\"#1f2328\">%s</text>%n"
                        + "<text x=\"16\" y=\"46\" fill=\"#59636e\">%s, by %s (both logarithmic)</text>%n",
                WIDTH, HEIGHT, escaped(title), escaped(valueName), escaped(sizeName)));
        for (double value = least; value <= most * 1.001; value *= 10) {
            double y = up.of(value);
            svg.append(format(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#d1d9e0\"/>%n"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#59636e\">%s</text>%n",
                    LEFT, y, WIDTH - RIGHT, y, LEFT - 8, y + 4, number(value)));
        }
        for (long size : sizes) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#59636e\">%,d</text>%n",
                    across.of(size), HEIGHT - BOTTOM + 22, size));
        }
        List<Integer> byEnd = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparing(i -> up.of(last(lines.get(i)))))
                .toList();
        double previous = 0;
        for (int i : byEnd) {
            String colour = COLOURS.get(i % COLOURS.size());
            draw(svg, lines.get(i), sizes, across, up, colour);
            double y = Math.max(up.of(last(lines.get(i))), previous + NEAREST);
            previous = y;
            svg.append(format(
                    "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
                    WIDTH - RIGHT + 12, y + 4, colour, escaped(lines.get(i).label())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Line line, List<Long> sizes, Scale across, Scale up, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < sizes.size(); i++) {
            double x = across.of(sizes.get(i));
            double y = up.of(line.values().get(i));
            points.append(format("%.1f,%.1f ", x, y));
            svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x, y, colour));
        }
        svg.append(format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                points.toString().strip(), colour));
    }

    private record Scale(double least, double most, double from, double to) {

        double of(double value) {
            return from + (to - from) * Math.log(value / least) / Math.log(most / least);
        }
    }

    private static DoubleStream all(List<Line> lines) {
        return lines.stream().flatMap(line -> line.values().stream()).mapToDouble(Double::doubleValue);
    }

    private static double last(Line line) {
        return line.values().get(line.values().size() - 1);
    }

    private static String number(double value) {
        return value >= 1 ? format("%,.0f", value) : Double.toString(value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
