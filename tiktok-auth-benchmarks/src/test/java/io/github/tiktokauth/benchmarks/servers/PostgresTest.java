package io.github.tiktokauth.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresTest {

    @Test
    void eachContestantHasASchemaAndCommitsWaitOnlyWhenAskedTo() throws Exception {
        try (Postgres postgres = Postgres.start()) {
            String first = postgres.schema();
            String second = postgres.schema();
            Postgres.execute(first, "CREATE TABLE only_here (id INT)");
            String tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
            assertThat(query(first, tables)).isEqualTo("1");
            assertThat(query(second, tables)).isEqualTo("0");
            assertThat(query(first, "SHOW fsync")).isEqualTo("on");
            assertThat(query(first, "SHOW synchronous_commit")).isEqualTo("off");
            assertThat(query(Postgres.durable(first), "SHOW synchronous_commit"))
                    .isEqualTo("on");
            assertThat(query(Postgres.durable(first), tables)).isEqualTo("1");
        }
    }

    private static String query(String url, String sql) throws Exception {
        try (HikariDataSource pool = Pools.open(url, 1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
