package io.github.tiktokauth.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.benchmarks.report.Charts.Bar;
import io.github.tiktokauth.benchmarks.report.Charts.Line;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartsTest {

    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");
    private static final Pattern TEXT = Pattern.compile(
            "<g (?:clip-path=\"[^\"]*\" )?transform=\"translate\\(([-\\d.]+) ([-\\d.]+)\\)\">\\s*<path d=\"([^\"]+)\"");
    private static final Pattern POINT = Pattern.compile("(-?\\d[\\d.]*),(-?\\d[\\d.]*)");
    private static final Pattern BAR =
            Pattern.compile("<(?:path d=\"M([\\d.]+),[\\d.]+ L([\\d.]+),|rect )[^>]*rgb\\(9,105,218\\)");

    static Stream<String> charts() {
        return Stream.of(linear(), logarithmic(), allZero(), lines());
    }

    private static String linear() {
        return Charts.bars(
                "What a host inherits (less is better)",
                value -> Samples.number(value, 1) + " MiB",
                List.of(
                        new Bar("tiktok-auth core + jdbc, 13 jars", 7.74, true),
                        new Bar("Spring Security OAuth 2 client + Spring JDBC + Gson, 27 jars", 12.41, false),
                        new Bar("Spring Security OAuth 2 client + Spring JDBC + Jackson, 28 jars", 14.38, false),
                        new Bar("MSAL4J, 3 jars", 0.77, false)));
    }

    private static String logarithmic() {
        return Charts.bars(
                "Token still valid, token host hangs: time of a call, less is better",
                value -> Samples.number(value, 2) + " µs",
                List.of(
                        new Bar("ours, cache on", 0.034, true),
                        new Bar("ours, cache off", 104, true),
                        new Bar("google-auth, fails", 20_005_000, false)));
    }

    private static String allZero() {
        return Charts.bars("Nobody fails", value -> value + " of 64", List.of(new Bar("ours", 0, true)));
    }

    private static String lines() {
        return Charts.lines(
                "Time of a call while the table grows, PostgreSQL",
                List.of(1L, 1_000L, 100_000L, 1_000_000L),
                "users",
                "µs",
                List.of(
                        new Line("one row by hand (the floor)", List.of(63.0, 40.0, 64.0, 42.0)),
                        new Line("purge, 100 states", List.of(2100.0, 1750.0, 2421.0, 1771.0))));
    }

    @Test
    void theSameFiguresGiveTheSameBytes() {
        assertThat(charts().toList()).isEqualTo(charts().toList());
    }

    @ParameterizedTest
    @MethodSource("charts")
    void textsDoNotOverlapAndStayInside(String svg) {
        Matcher size = SIZE.matcher(svg);
        assertThat(size.find()).isTrue();
        Rectangle2D picture =
                new Rectangle2D.Double(0, 0, Integer.parseInt(size.group(1)) - 5, Integer.parseInt(size.group(2)));
        List<Rectangle2D> texts = texts(svg);
        assertThat(texts)
                .hasSizeGreaterThan(2)
                .allSatisfy(text -> assertThat(picture.contains(text))
                        .as("%s in %s", text, picture)
                        .isTrue());
        for (int i = 0; i < texts.size(); i++) {
            for (Rectangle2D other : texts.subList(i + 1, texts.size())) {
                assertThat(texts.get(i).intersects(other))
                        .as("%s and %s", texts.get(i), other)
                        .isFalse();
            }
        }
    }

    @Test
    void everyBarHasItsLabelAndItsValue() {
        assertThat(texts(linear())).as("title, four labels, four values").hasSize(9);
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        List<Double> lengths = new ArrayList<>();
        Matcher bar = BAR.matcher(linear());
        while (bar.find()) {
            lengths.add(Double.parseDouble(bar.group(2)) - Double.parseDouble(bar.group(1)));
        }
        assertThat(lengths).hasSize(4);
        assertThat(lengths.get(0) / lengths.get(2)).isBetween(0.53, 0.55);
        assertThat(lengths.get(3) / lengths.get(2)).isBetween(0.05, 0.06);
    }

    /** The letters are drawn as outlines, a path for each text. */
    private static List<Rectangle2D> texts(String svg) {
        List<Rectangle2D> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(svg);
        while (text.find()) {
            double x = Double.parseDouble(text.group(1));
            double y = Double.parseDouble(text.group(2));
            Rectangle2D bounds = null;
            Matcher point = POINT.matcher(text.group(3));
            while (point.find()) {
                Rectangle2D at = new Rectangle2D.Double(
                        x + Double.parseDouble(point.group(1)), y + Double.parseDouble(point.group(2)), 0, 0);
                bounds = bounds == null ? at : bounds.createUnion(at);
            }
            texts.add(bounds);
        }
        return texts;
    }
}
