package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read again and again over the whole table finds its rows by an index, in the index's order. */
@NullUnmarked
class PlansTest extends StoresTest {

    private static final int ROWS = 3000;

    private Database on;

    @BeforeEach
    void fill() {
        on = new Database(pool, Dialect.of(pool), new Tables(Tables.DEFAULT), Duration.ofSeconds(30), () -> 0);
        String now = SqlTimes.local(Instant.now()).toString().replace('T', ' ');
        database.run(
                insert(
                        "tiktok_shop_auth (id, user_id, shop_id, app_key, access_token, refresh_token,"
                                + " access_token_expires_at, created_at, updated_at, generation, tokens_obtained_at,"
                                + " authorized_at)",
                        i -> "('i%1$d', 'u%1$d', 's%1$d', 'app', 'a', 'r', '%2$s', '%3$s', '%3$s', 1, '%3$s', '%3$s')"
                                .formatted(i, end(i), now)),
                insert(
                        "tiktok_shop_auth_state (hash, user_id, app_key, created_at, expires_at)",
                        i -> "('h%1$d', 'u%1$d', 'app', '%3$s', '%2$s')".formatted(i, end(i), now)),
                insert(
                        "tiktok_shop_auth_pending (hash, user_id, app_key, payload, obtained_at, expires_at)",
                        i -> "('h%1$d', 'u%1$d', 'app', 'p', '%3$s', '%2$s')".formatted(i, end(i), now)));
        for (String table : List.of("tiktok_shop_auth", "tiktok_shop_auth_state", "tiktok_shop_auth_pending")) {
            database.run((server == TestServer.POSTGRESQL ? "ANALYZE " : "ANALYZE TABLE ") + table);
        }
    }

    /** The first few of a thousand have ended. */
    private static String end(int i) {
        return SqlTimes.local(Instant.now().plus(Duration.ofHours(i % 1000 - 3L)))
                .toString()
                .replace('T', ' ');
    }

    private static String insert(String into, IntFunction<String> row) {
        return "INSERT INTO " + into + " VALUES "
                + IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining(", "));
    }

    private String plan(String template, UnaryOperator<SqlStatement> binding) {
        return on.read(
                "explain",
                (connection, deadline) -> String.join(
                                "\n",
                                binding.apply(on.statement(connection, deadline, "EXPLAIN " + template))
                                        .list(PlansTest::line))
                        .toLowerCase(Locale.ROOT));
    }

    private static String line(ResultSet row) throws SQLException {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            line.append(row.getMetaData().getColumnLabel(i))
                    .append('=')
                    .append(row.getString(i))
                    .append("; ");
        }
        return line.toString();
    }

    private void assertByIndex(String index, String plan) {
        switch (server) {
            case H2, H2_FILE ->
                assertThat(plan)
                        .contains("." + index + ":")
                        .contains("index sorted")
                        .doesNotContain("tablescan");
            case POSTGRESQL -> assertThat(plan).contains("using " + index + " ").doesNotContain("sort");
            case MARIADB -> assertThat(plan).contains("key=" + index + ";").doesNotContain("filesort");
        }
    }

    @Test
    void dueAuthorizationsAreFoundByTheirIndex() {
        String plan = plan(
                AuthorizationRows.due(2, false),
                query -> query.bind("millis", 60_000)
                        .bind("ahead", 60_000)
                        .bind("app0", "app")
                        .bind("app1", "another")
                        .bind("limit", 100));
        assertByIndex("tiktok_shop_auth_due", plan);
    }

    @Test
    void theNextPagesTooAreFoundByIt() {
        String plan = plan(
                AuthorizationRows.due(1, true),
                query -> query.bind("millis", 60_000)
                        .bind("ahead", 60_000)
                        .bind("app0", "app")
                        .bind("after_due", Instant.now().minus(Duration.ofDays(100)))
                        .bind("after_id", "i1")
                        .bind("limit", 100));
        if (server == TestServer.POSTGRESQL) {
            // It expects so few rows that it sorts those that the index gives.
            assertThat(plan).contains("scan on tiktok_shop_auth_due ").doesNotContain("seq scan");
        } else {
            assertByIndex("tiktok_shop_auth_due", plan);
        }
    }

    @Test
    void whatRanOutIsFoundByItsIndex() {
        assertByIndex(
                "tiktok_shop_auth_state_end", plan(StateSql.ranOut("{state}"), query -> query.bind("limit", 100)));
        assertByIndex(
                "tiktok_shop_auth_pending_end", plan(StateSql.ranOut("{pending}"), query -> query.bind("limit", 100)));
    }
}
