package io.github.tiktokauth.benchmarks.costs;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.report.Goal;
import io.github.tiktokauth.benchmarks.report.Goals;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** What calls cost while the table grows, and why: by time, and by the rows that PostgreSQL reads for them. */
final class Growth implements Costs.Part {

    private static final List<Long> SIZES = List.of(1L, 1_000L, 100_000L, 1_000_000L);
    private static final List<Long> H2_SIZES = SIZES.subList(0, 3);
    private static final int CONNECTIONS = 4;

    @Override
    public Costs.Chapter measure(Goals goals) throws Exception {
        GrowthTimes onH2 = new GrowthTimes("H2", H2_SIZES);
        JdbcConnectionPool h2 = JdbcConnectionPool.create("jdbc:h2:mem:growth", "sa", "");
        try {
            onH2.measure(h2, new GrowingTable(h2, BulkInserts.H2));
        } finally {
            h2.dispose();
        }
        GrowthTimes onPostgres = new GrowthTimes("PostgreSQL", SIZES);
        Map<String, List<QueryPlan>> plans = new LinkedHashMap<>();
        try (Postgres postgres = Postgres.startWithoutDurability();
                HikariDataSource pool = postgres.pool(CONNECTIONS)) {
            GrowingTable table = new GrowingTable(pool, BulkInserts.POSTGRESQL);
            onPostgres.measure(pool, table);
            table.letStatesRunOut(1000);
            explain(pool, table, GrowthCalls::forPlans, plans);
            table.requireReauthorizations();
            explain(pool, table, GrowthCalls::amongMarked, plans);
        }
        onPostgres.compare(goals);
        onH2.compare(goals);
        judge(goals, plans);
        return page -> write(page, List.of(onPostgres, onH2), plans);
    }

    private static void explain(
            DataSource dataSource,
            GrowingTable table,
            Function<GrowthCalls, Map<String, Runnable>> which,
            Map<String, List<QueryPlan>> plans)
            throws Exception {
        RecordingDataSource recording = new RecordingDataSource();
        JdbcStores stores = GrowingTable.stores(recording.around(dataSource));
        recording.take();
        Map<String, Runnable> calls = which.apply(new GrowthCalls(stores, table.sample()));
        for (Map.Entry<String, Runnable> call : calls.entrySet()) {
            call.getValue().run();
            Map<String, QueryPlan> bySql = new LinkedHashMap<>();
            for (RecordingDataSource.Sent sent : recording.take()) {
                if (sent.sql().startsWith("INSERT")) {
                    continue;
                }
                QueryPlan custom = QueryPlan.of(dataSource, sent, false);
                QueryPlan generic = QueryPlan.of(dataSource, sent, true);
                bySql.put(sent.sql(), custom.mostRows() >= generic.mostRows() ? custom : generic);
            }
            plans.put(call.getKey(), List.copyOf(bySql.values()));
        }
    }

    private static void judge(Goals goals, Map<String, List<QueryPlan>> plans) {
        plans.forEach((call, steps) -> {
            long most = steps.stream().mapToLong(QueryPlan::mostRows).max().orElse(0);
            goals.check(Goal.GROWTH_ROWS, "PostgreSQL, 1,000,000 users, " + call, most);
        });
    }

    private static void write(Page page, List<GrowthTimes> times, Map<String, List<QueryPlan>> plans) {
        page.heading("How cost grows with the table")
                .text(
                        "One caller, cache off; as many users in `tiktok_shop_auth` as open states in"
                                + " `tiktok_shop_auth_state`; H2 in memory. No token ends within a day and no state has run out, as in a fleet that is kept"
                                + " refreshed; for \"100 wanted\" the look goes a week ahead, and for the purge of 100 some have run"
                                + " out. The users who are asked for have tokens that can be decrypted; the others' are as long.");
        times.forEach(time -> time.writeTo(page));
        page.heading("Query plans at 1,000,000 users")
                .text(
                        "The statements as the stores sent them, recorded by a `DataSource` in between, and explained after the"
                                + " call with the values that were bound to them (what the call removed or replaced is gone: `rows=0`)."
                                + " Each was planned both for its values and for any values; shown is the plan that reads more."
                                + " Lists of columns and long values are cut.");
        plans.forEach((call, steps) -> {
            StringBuilder text = new StringBuilder("**" + call + "**\n\n```\n");
            for (QueryPlan step : steps) {
                text.append(step.shortSql()).append('\n');
                step.shortLines()
                        .forEach(line -> text.append("    ").append(line).append('\n'));
            }
            page.text(text.append("```").toString());
        });
    }
}
