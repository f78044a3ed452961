package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** The medians of calls on one database, for each size of its tables. */
final class GrowthTimes {

    private static final String FLOOR = "one row by hand (the floor)";
    private static final long FIRST = 1_000L;
    private static final int LEAST = 3;
    private static final int PURGES = 25;
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final String database;
    private final List<Long> sizes;
    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

    GrowthTimes(String database, List<Long> sizes) {
        this.database = database;
        this.sizes = sizes;
    }

    void measure(DataSource dataSource, GrowingTable table) throws Exception {
        for (long size : sizes) {
            table.growTo(size);
            timeAll(dataSource, table);
            System.err.printf(Locale.ROOT, "growth: %s, %,d users measured%n", database, size);
        }
    }

    private void timeAll(DataSource dataSource, GrowingTable table) throws Exception {
        GrowthCalls calls = new GrowthCalls(table.stores(), table.sample());
        time(FLOOR, 2000, () -> oneRow(dataSource, calls.user()));
        try (TikTokAuthPeer ours = TikTokAuthPeer.jdbc(dataSource, Duration.ZERO)) {
            time("token, cache off", 2000, () -> ours.token(calls.user()));
        }
        time(GrowthCalls.REFRESH, 400, calls::refresh);
        time(GrowthCalls.DUE, 100, calls::due);
        time(GrowthCalls.NONE_DUE, 100, calls::noneDue);
        time(GrowthCalls.NOTHING_TO_PURGE, 100, calls::purge);
        table.letStatesRunOut(PURGES * 2 * GrowthCalls.LIMIT);
        time(GrowthCalls.PURGE, PURGES, calls::purge);
        table.removeWhatRanOut();
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Exception;
    }

    /** The median after a quarter as many that do not count; fewer when they are so slow that it would take seconds. */
    private void time(String what, int times, Call call) throws Exception {
        Samples taken = new Samples();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int i = -times / 4; i < times && (taken.size() < LEAST || System.nanoTime() < end); i++) {
            long begin = System.nanoTime();
            call.run();
            if (i >= 0 || System.nanoTime() >= end) {
                taken.add((System.nanoTime() - begin) / 1e3);
            }
        }
        micros.computeIfAbsent(what, name -> new ArrayList<>()).add(taken.median());
    }

    private static String oneRow(DataSource dataSource, String user) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT access_token, access_token_expires_at FROM tiktok_shop_auth WHERE user_id = ?")) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    void compare(Goals goals) {
        long size = sizes.get(sizes.size() - 1);
        micros.forEach((what, values) -> {
            if (what.equals(FLOOR)) {
                return;
            }
            double most = values.get(values.size() - 1);
            double ratio = most / values.get(sizes.indexOf(FIRST));
            goals.check(
                    Goal.GROWTH_TIME,
                    String.format(Locale.ROOT, "%s, %s, %,d users against %,d", database, what, size, FIRST),
                    ratio,
                    String.format(Locale.ROOT, "(%,.0f µs)", most));
        });
    }

    void writeTo(Page page) {
        List<String> columns = new ArrayList<>(List.of(database + ", median µs"));
        sizes.forEach(size -> columns.add(String.format(Locale.ROOT, size == 1 ? "%,d user" : "%,d users", size)));
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Line> lines = new ArrayList<>();
        micros.forEach((what, values) -> {
            List<String> row = new ArrayList<>(List.of(what));
            values.forEach(value -> row.add(String.format(Locale.ROOT, value < 10 ? "%,.1f" : "%,.0f", value)));
            rows.add(row);
            lines.add(new Charts.Line(what, values));
        });
        String title = "Time of a call while the table grows, " + database;
        page.table(new Table(columns, rows))
                .picture(
                        "costs-growth-" + database.toLowerCase(Locale.ROOT),
                        title,
                        Charts.lines(title, sizes, "users", "µs", lines));
    }
}
