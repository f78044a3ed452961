package io.github.tiktokauth.benchmarks.costs;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.Ours;
import io.github.tiktokauth.benchmarks.report.LineChart;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.jdbc.JdbcStores;
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
import java.util.function.Function;
import javax.sql.DataSource;

/** What calls cost while the table grows. */
final class Growth implements Costs.Part {

    private static final List<Long> SIZES = List.of(1L, 1_000L, 100_000L, 1_000_000L);
    private static final double FLAT = 2;
    private static final long MOST_ROWS = 1000;
    private static final int PURGES = 25;
    private static final String TOKEN = "token, cache off";
    private static final String FLOOR = "one row by hand (the floor)";

    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource pool = postgres.pool(4)) {
            GrowingTable table = new GrowingTable(pool);
            for (long size : SIZES) {
                table.growTo(size);
                timeAll(pool, table);
                System.err.println("growth: " + size + " users measured");
            }
            compare(goals);
            table.letStatesRunOut(1000);
            Map<String, List<Plan>> plans = new LinkedHashMap<>();
            explain(pool, table, GrowthCalls::forPlans, plans);
            table.requireReauthorizations();
            explain(pool, table, GrowthCalls::amongMarked, plans);
            judge(goals, plans);
            return page -> write(page, plans);
        }
    }

    private void timeAll(DataSource dataSource, GrowingTable table) throws Exception {
        GrowthCalls calls = new GrowthCalls(table.stores(), table.sample());
        time(FLOOR, 2000, () -> oneRow(dataSource, calls.user()));
        try (Ours ours = Ours.jdbc(dataSource, Duration.ZERO)) {
            time(TOKEN, 2000, () -> ours.token(calls.user()));
        }
        time(GrowthCalls.REFRESH, 400, calls::refresh);
        time(GrowthCalls.DUE, 100, calls::due);
        time(GrowthCalls.NONE_DUE, 100, calls::noneDue);
        time(GrowthCalls.NOTHING_TO_PURGE, 100, calls::purge);
        table.letStatesRunOut(PURGES * 2 * 100);
        time(GrowthCalls.PURGE, PURGES, calls::purge);
        table.removeWhatRanOut();
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Exception;
    }

    /** The median after a quarter as many that do not count; fewer when they are so slow that it would take seconds. */
    private void time(String what, int times, Call call) throws Exception {
        List<Double> taken = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        for (int i = -times / 4; i < times && (taken.size() < 3 || System.nanoTime() < end); i++) {
            long begin = System.nanoTime();
            call.run();
            if (i >= 0 || System.nanoTime() >= end) {
                taken.add((System.nanoTime() - begin) / 1e3);
            }
        }
        List<Double> sorted = taken.stream().sorted().toList();
        micros.computeIfAbsent(what, name -> new ArrayList<>()).add(sorted.get(sorted.size() / 2));
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

    private void compare(Goals goals) {
        int thousand = SIZES.indexOf(1_000L);
        for (Map.Entry<String, List<Double>> line : micros.entrySet()) {
            double most = line.getValue().get(SIZES.size() - 1);
            double ratio = most / line.getValue().get(thousand);
            goals.strive(
                    line.getKey() + ", 1,000,000 users against 1,000",
                    "flat (≤ 2 ×)",
                    String.format(Locale.ROOT, "%.2f × (%.0f µs)", ratio, most),
                    ratio <= FLAT);
        }
    }

    private static void explain(
            DataSource dataSource,
            GrowingTable table,
            Function<GrowthCalls, Map<String, Runnable>> which,
            Map<String, List<Plan>> plans)
            throws Exception {
        RecordingDataSource recording = new RecordingDataSource();
        JdbcStores stores = JdbcStores.of(recording.around(dataSource));
        recording.take();
        Map<String, Runnable> calls = which.apply(new GrowthCalls(stores, table.sample()));
        for (Map.Entry<String, Runnable> call : calls.entrySet()) {
            call.getValue().run();
            Map<String, Plan> bySql = new LinkedHashMap<>();
            for (RecordingDataSource.Sent sent : recording.take()) {
                if (sent.sql().startsWith("INSERT")) {
                    continue;
                }
                Plan custom = Plan.of(dataSource, sent, false);
                Plan generic = Plan.of(dataSource, sent, true);
                bySql.put(sent.sql(), custom.mostRows() >= generic.mostRows() ? custom : generic);
            }
            plans.put(call.getKey(), List.copyOf(bySql.values()));
        }
    }

    private static void judge(Goals goals, Map<String, List<Plan>> plans) {
        plans.forEach((call, steps) -> {
            long most = steps.stream().mapToLong(Plan::mostRows).max().orElse(0);
            goals.must(
                    "rows that a statement reads at 1,000,000 users: " + call,
                    "≤ " + MOST_ROWS,
                    String.format(Locale.ROOT, "%,d", most),
                    most <= MOST_ROWS);
        });
    }

    private void write(Page page, Map<String, List<Plan>> plans) {
        List<String> columns = new ArrayList<>(List.of("median, µs"));
        SIZES.forEach(size -> columns.add(String.format(Locale.ROOT, "%,d users", size)));
        List<List<String>> rows = new ArrayList<>();
        List<LineChart.Line> lines = new ArrayList<>();
        micros.forEach((what, values) -> {
            List<String> row = new ArrayList<>(List.of(what));
            values.forEach(value -> row.add(String.format(Locale.ROOT, "%,.0f", value)));
            rows.add(row);
            lines.add(new LineChart.Line(what, values));
        });
        page.heading("How cost grows with the table")
                .text("PostgreSQL, one caller, cache off; as many users in `tiktok_shop_auth` as open states in"
                        + " `tiktok_shop_auth_state`. Tables as large as these are filled by one statement; the callers' "
                        + "users have tokens that can be decrypted. No token ends within a day, as in a fleet that is"
                        + " kept refreshed.")
                .table(new Table(columns, rows))
                .picture(
                        "costs-growth",
                        "Time of a call while the table grows",
                        LineChart.svg("Time of a call while the table grows", SIZES, "users", "µs", lines))
                .heading("Query plans at 1,000,000 users")
                .text("The statements as the stores sent them, noted by a `DataSource` in between, explained with the"
                        + " values that were bound. Each was planned for its values and for any values; shown is the plan"
                        + " that reads more.");
        plans.forEach((call, steps) -> {
            StringBuilder text = new StringBuilder("**" + call + "**\n\n```\n");
            for (Plan step : steps) {
                text.append(step.shortSql()).append('\n');
                step.shortLines()
                        .forEach(line -> text.append("    ").append(line).append('\n'));
            }
            page.text(text.append("```").toString());
        });
    }
}
