package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What no database here can show: those that are not known, and MySQL. */
class DialectTest {

    @Test
    void anUnknownDatabaseIsRefusedByName() {
        assertThatThrownBy(() -> Dialect.of("Oracle", "23"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Oracle")
                .hasMessageContaining("PostgreSQL");
    }

    @Test
    void aMariaDbServerIsKnownThroughMySqlsDriverToo() {
        assertThat(Dialect.of("MySQL", "8.4.3")).isEqualTo(Dialect.MYSQL);
        assertThat(Dialect.of("MySQL", "5.5.5-10.11.19-MariaDB")).isEqualTo(Dialect.MARIADB);
        assertThat(Dialect.of("MariaDB", "10.11.19-MariaDB")).isEqualTo(Dialect.MARIADB);
    }

    @Test
    void mySqlsScriptDiffersFromMariaDbsInTheCollationOnly() throws IOException {
        assertThat(statements("mysql").replace("utf8mb4_0900_bin", "utf8mb4_nopad_bin"))
                .isEqualTo(statements("mariadb"));
    }

    private static String statements(String folder) throws IOException {
        try (InputStream in = Schema.class.getResourceAsStream(folder + "/V2.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*\n", "");
        }
    }
}
