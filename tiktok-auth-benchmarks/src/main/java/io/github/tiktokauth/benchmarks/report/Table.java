package io.github.tiktokauth.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of text under columns; the first column is left-aligned, the others to the right. */
public record Table(List<String> columns, List<List<String>> rows) {

    /**
     * Returns the table as Markdown.
     *
     * @return the lines, the last without its end
     */
    public String markdown() {
        String rule = columns.stream().skip(1).map(column -> "---:|").collect(Collectors.joining("", "|---|", ""));
        return rows.stream().map(Table::line).collect(Collectors.joining("\n", line(columns) + "\n" + rule + "\n", ""));
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
