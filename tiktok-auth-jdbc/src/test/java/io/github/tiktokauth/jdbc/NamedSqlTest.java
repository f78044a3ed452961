package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NamedSqlTest {

    @Test
    void eachNameBecomesAPlaceAndNothingElseDoes() {
        NamedSql sql =
                NamedSql.of("UPDATE t SET a = :a, b = :b_c WHERE a = :a AND d < TIMESTAMP '1970-01-01 00:00:00'");
        assertThat(sql.text())
                .isEqualTo("UPDATE t SET a = ?, b = ? WHERE a = ? AND d < TIMESTAMP '1970-01-01 00:00:00'");
        assertThat(sql.names()).containsExactly("a", "b_c", "a");
    }

    private static SqlStatement on(Connection connection, NamedSql sql) {
        return new SqlStatement(connection, Deadline.in(Duration.ofMinutes(1)), Dialect.H2, sql);
    }

    @Test
    void valuesGoToTheirPlacesAndOneThatIsMissingIsNotTakenForNull() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            on(connection, NamedSql.of("CREATE TABLE t (a VARCHAR, b VARCHAR)")).execute();
            NamedSql insert = NamedSql.of("INSERT INTO t (b, a) VALUES (:b, :a)");
            assertThat(on(connection, insert)
                            .bind("a", "A")
                            .bind("b", (Object) null)
                            .execute())
                    .isEqualTo(1);
            SqlStatement incomplete = on(connection, insert).bind("a", "A");
            assertThatThrownBy(incomplete::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nothing is bound to b");
            NamedSql count = NamedSql.of("DELETE FROM t WHERE a = :a AND b IS NULL");
            assertThat(on(connection, count).bind("a", "A").execute()).isEqualTo(1);
        }
    }
}
