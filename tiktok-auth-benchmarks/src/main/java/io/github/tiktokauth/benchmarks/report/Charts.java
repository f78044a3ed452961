package io.github.tiktokauth.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleFunction;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the pictures of the pages as SVG, on a white background. The same figures give the same bytes on the same machine. */
public final class Charts {

    private static final int WIDTH = 860;
    private static final int BAR_HEIGHT = 36;
    private static final int TITLE_HEIGHT = 60;
    private static final int LINES_HEIGHT = 460;
    /** From here on the shorter bars of a linear scale could not be told apart. */
    private static final double FAR_APART = 30;
    /** Of the plot's width, for the values next to the bars. */
    private static final double VALUE_ROOM = 0.26;
    /** In XChart's terms: beyond 1 is outside the bar. */
    private static final double OUTSIDE_THE_BAR = 1.1;

    private static final Color TEXT = new Color(0x1f2328);
    private static final Color GRID = new Color(0xd1d9e0);
    private static final Color BARS = new Color(0x0969da);
    private static final Color[] LINES = {
        BARS,
        new Color(0xcf222e),
        new Color(0x1a7f37),
        new Color(0x8250df),
        new Color(0xbc4c00),
        new Color(0x57606a),
        new Color(0xbf3989),
        new Color(0x0e7490)
    };

    /**
     * One horizontal bar.
     *
     * @param label whose it is
     * @param value its length, not negative
     * @param ours whether it is this library's; such a bar is marked
     */
    public record Bar(String label, double value, boolean ours) {}

    /**
     * One line.
     *
     * @param label what it shows
     * @param values positive, one for each size
     */
    public record Line(String label, List<Double> values) {}

    private Charts() {}

    /**
     * Draws horizontal bars with their values, on a logarithmic scale when the values lie far apart.
     *
     * @param title what is compared; says whether less or more is better
     * @param text writes a value with its unit
     * @param bars from top to bottom
     * @return the SVG
     */
    public static String bars(String title, DoubleFunction<String> text, List<Bar> bars) {
        double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        double least = bars.stream()
                .mapToDouble(Bar::value)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        boolean logarithmic = greatest / least > FAR_APART;
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(TITLE_HEIGHT + BAR_HEIGHT * bars.size())
                .title(logarithmic ? title + " (logarithmic)" : title)
                .build();
        style(chart.getStyler());
        chart.getStyler()
                .setAvailableSpaceFill(0.7)
                .setLabelsVisible(true)
                .setLabelsPosition(OUTSIDE_THE_BAR)
                .setLabelsFont(font(Font.PLAIN, 13))
                .setLabelsFontColorAutomaticEnabled(false)
                .setLabelsFontColor(TEXT);
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(text::apply)
                .setXAxisTicksVisible(false)
                // Of the categories too, and whatever the axis: or some would be left out.
                .setXAxisTickMarkSpacingHint(1)
                .setAxisTicksMarksVisible(false)
                .setAxisTicksLineVisible(false)
                .setPlotGridLinesVisible(false)
                .setLegendVisible(false);
        if (logarithmic) {
            double base = least / 2;
            chart.getStyler()
                    .setXAxisLogarithmic(true)
                    .setXAxisMin(base)
                    .setXAxisMax(greatest * Math.pow(greatest / base, VALUE_ROOM / (1 - VALUE_ROOM)));
        } else {
            chart.getStyler().setXAxisMin(0.0).setXAxisMax(greatest > 0 ? greatest / (1 - VALUE_ROOM) : 1.0);
        }
        chart.addSeries(
                        "values",
                        bars.stream().map(Bar::value).toList(),
                        bars.stream()
                                .map(bar -> bar.ours() ? "▸ " + bar.label() : bar.label())
                                .toList())
                .setFillColor(BARS);
        return svg(chart);
    }

    /**
     * Draws lines over a growing size, both on logarithmic scales; a cost that does not grow is a level line.
     *
     * @param title what is compared
     * @param sizes positive and growing, the values of the horizontal axis
     * @param sizeName what grows
     * @param valueName the unit of the values
     * @param lines at most eight
     * @return the SVG
     */
    public static String lines(String title, List<Long> sizes, String sizeName, String valueName, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(LINES_HEIGHT)
                .title(title)
                .xAxisTitle(sizeName)
                .yAxisTitle(valueName)
                .build();
        style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisLogarithmicDecadeOnly(true)
                .setYAxisLogarithmicDecadeOnly(true)
                .setXAxisTickLabelsFormattingFunction(value -> Samples.number(value, 0))
                .setYAxisTickLabelsFormattingFunction(value -> Samples.number(value, 0))
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setSeriesColors(LINES);
        for (Line line : lines) {
            chart.addSeries(line.label(), sizes, line.values())
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setLineStyle(new BasicStroke(2));
        }
        return svg(chart);
    }

    private static void style(AxesChartStyler styler) {
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 13))
                .setAxisTitleFont(font(Font.PLAIN, 13))
                .setAxisTickLabelsColor(TEXT)
                .setChartTitleFont(font(Font.BOLD, 15))
                .setLegendFont(font(Font.PLAIN, 13))
                .setChartFontColor(TEXT)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static String svg(IChart chart) {
        try {
            // The outlines of letters come with up to eleven decimals, which make more than half of the file.
            return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8)
                    .replaceAll("(\\.\\d\\d)\\d+", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
