package io.github.tiktokauth.benchmarks.costs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** How PostgreSQL carried out a statement. */
record QueryPlan(String sql, List<String> lines) {

    private static final int LONGEST_LINE = 300;
    private static final String EXPLAIN = "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ";
    private static final Pattern ROWS =
            Pattern.compile("actual rows=(\\d+) loops=(\\d+)|SelectFloors Removed by [^:]+: (\\d+)");

    /** Runs the statement for real, and rolls it back. */
    static QueryPlan of(DataSource dataSource, RecordingDataSource.Sent sent, boolean generic)
            throws SQLException, ReflectiveOperationException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement mode = connection.createStatement()) {
                mode.execute("SET LOCAL plan_cache_mode = " + (generic ? "force_generic_plan" : "force_custom_plan"));
            }
            try (PreparedStatement statement = connection.prepareStatement(EXPLAIN + sent.sql())) {
                sent.bindTo(statement);
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
                return new QueryPlan(sent.sql(), lines);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** With long lists cut. */
    String shortSql() {
        return sql.replaceAll("^SELECT id, user_id.* FROM", "SELECT … FROM")
                .replaceAll("^(UPDATE \\w+ SET) .* WHERE", "$1 … WHERE")
                .replaceAll("(\\?,\\s*){4,}", "?, ?, …, ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** The lines, with long lists and long values cut. */
    List<String> shortLines() {
        return lines.stream()
                .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
                .toList();
    }

    /** The most rows that one step read, kept or not. */
    long mostRows() {
        long most = 0;
        long kept = 0;
        for (String line : lines) {
            Matcher matcher = ROWS.matcher(line);
            while (matcher.find()) {
                if (matcher.group(1) != null) {
                    kept = Long.parseLong(matcher.group(1)) * Long.parseLong(matcher.group(2));
                    most = Math.max(most, kept);
                } else if (matcher.group(3) != null) {
                    most = Math.max(most, kept + Long.parseLong(matcher.group(3)));
                }
            }
        }
        return most;
    }
}
