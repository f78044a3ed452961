package io.github.tiktokauth.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Horizontal bars, one a contestant, on a logarithmic scale when the figures lie far apart. */
public final class BarChart {

    private static final int WIDTH = 760;
    /** Of the font, about. */
    private static final double CHARACTER = 7.7;

    private static final int ROW = 30;
    private static final int TOP = 48;

    /**
     * One bar.
     *
     * @param label who
     * @param value how much
     * @param text the value as it is written beside the bar
     * @param ours whether it is drawn in our colour
     */
    public record Bar(String label, double value, String text, boolean ours) {}

    private BarChart() {}

    /**
     * Draws.
     *
     * @param title what is compared; says whether less or more is better
     * @param bars from top to bottom
     * @return the SVG
     */
    public static String svg(String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double least = bars.stream()
                .mapToDouble(Bar::value)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        boolean logarithmic = most / least > 30;
        int height = TOP + bars.size() * ROW + 14;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\""
                        + " font-size=\"14\" role=\"img\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                        + "<text x=\"16\" y=\"28\" font-size=\"16\" font-weight=\"600\" fill=\"#1f2328\">%s</text>%n",
                WIDTH,
                height,
                escaped(title + (logarithmic ? " (logarithmic)" : ""))));
        int left = room(bars.stream().map(Bar::label)) + 16;
        double room = WIDTH - left - room(bars.stream().map(Bar::text)) - 8;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double length = logarithmic
                    ? room * (0.06 + 0.94 * Math.log(Math.max(bar.value(), least) / least) / Math.log(most / least))
                    : room * bar.value() / most;
            int y = TOP + i * ROW;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1f2328\">%s</text>%n"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"3\" fill=\"%s\"/>%n"
                            + "<text x=\"%.1f\" y=\"%d\" fill=\"#59636e\">%s</text>%n",
                    left - 10,
                    y + 15,
                    escaped(bar.label()),
                    left,
                    y,
                    Math.max(length, 1),
                    bar.ours() ? "#0969da" : "#afb8c1",
                    left + Math.max(length, 1) + 8,
                    y + 15,
                    escaped(bar.text())));
        }
        return svg.append("</svg>\n").toString();
    }

    /** For the longest of these texts. */
    private static int room(Stream<String> texts) {
        return (int) (texts.mapToInt(String::length).max().orElse(0) * CHARACTER) + 10;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
