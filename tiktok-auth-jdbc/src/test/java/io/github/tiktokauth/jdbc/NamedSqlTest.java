package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
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

    @Test
    void valuesGoToTheirPlacesAndOneThatIsMissingIsNotTakenForNull() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            SqlUpdate create = new SqlUpdate(connection, NamedSql.of("CREATE TABLE t (a VARCHAR, b VARCHAR)"), 0);
            create.execute();
            NamedSql insert = NamedSql.of("INSERT INTO t (b, a) VALUES (:b, :a)");
            assertThat(new SqlUpdate(connection, insert, 0)
                            .bind("a", "A")
                            .bind("b", (Object) null)
                            .execute())
                    .isEqualTo(1);
            SqlUpdate incomplete = new SqlUpdate(connection, insert, 0).bind("a", "A");
            assertThatThrownBy(incomplete::execute)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nothing is bound to b");
            NamedSql count = NamedSql.of("DELETE FROM t WHERE a = :a AND b IS NULL");
            assertThat(new SqlUpdate(connection, count, 0).bind("a", "A").execute())
                    .isEqualTo(1);
        }
    }
}
