package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables made by hand or in databases of particular settings: some comparisons are exact, most are not. */
class CollationsTest {

    private static void assertExact(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            JdbcStores stores = JdbcStores.of(pool);
            stores.checkSchema();
            TokenStore store = stores.tokenStore();
            for (String user : new String[] {"u", "U", "u "}) {
                assertThat(store.find(user)).isEmpty();
                assertThat(store.connect(authorization(user, "shop of " + user)))
                        .isEqualTo(ConnectOutcome.CONNECTED);
            }
            assertThat(store.disconnect("u")).isTrue();
            assertThat(store.erase("U")).isEqualTo(1);
            assertThat(store.findByShop("shop of u ").orElseThrow().userId()).isEqualTo("u ");
        }
    }

    private static void assertRefused(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            assertThatThrownBy(() -> JdbcStores.of(pool).checkSchema())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SCHEMA))
                    .hasMessageContaining("different ids for one");
        }
    }

    /** Runs a script of ours as somebody may have changed it. */
    private static TestDatabase made(TestDatabase database, String script) {
        database.run(Arrays.stream(script.replaceAll("(?m)^--.*\n", "").split(";\\s*\n"))
                .filter(statement -> !statement.isBlank())
                .toArray(String[]::new));
        return database;
    }

    private static String script(String folder) {
        try (InputStream in = CollationsTest.class.getResourceAsStream(folder + "/V2.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDatabase h2(String more) {
        TestDatabase database = TestServer.H2.database();
        return new TestDatabase(TestServer.H2, database.url() + more, "sa", "");
    }

    @Test
    void onH2OurTablesAreExactAlsoWhereTheDatabaseIgnoresCase() {
        TestDatabase database = h2(";IGNORECASE=TRUE");
        try (HikariDataSource pool = database.pool(1)) {
            JdbcStores.of(pool).createOrUpgrade();
            assertExact(database);
        }
    }

    @Test
    void onH2TablesOfPlainTypesAreRefusedWhereTheDatabaseIgnoresCase() {
        String script = script("h2").replace("VARCHAR_CASESENSITIVE", "VARCHAR");
        assertRefused(made(h2(";IGNORECASE=TRUE"), script));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ENGLISH", "ENGLISH STRENGTH PRIMARY", "GERMAN STRENGTH SECONDARY", "SWEDISH STRENGTH TERTIARY"})
    void onH2ACollationOfTheDatabaseIsRefused(String collation) {
        TestDatabase database = TestServer.H2.database();
        database.run("SET COLLATION " + collation);
        try (HikariDataSource pool = database.pool(1)) {
            assertThatThrownBy(() -> JdbcStores.of(pool).createOrUpgrade())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("SET COLLATION");
        }
        assertRefused(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "ENGLISH STRENGTH IDENTICAL"})
    void onH2AnExactOneIsNot(String collation) {
        TestDatabase database = TestServer.H2.database();
        database.run("SET COLLATION " + collation);
        try (HikariDataSource pool = database.pool(1)) {
            JdbcStores.of(pool).createOrUpgrade();
        }
        assertExact(database);
    }

    private static TestDatabase mariaDb(String characterSet) {
        String script = script("mariadb").replace("utf8mb4 COLLATE utf8mb4_nopad_bin", characterSet);
        return made(TestServer.MARIADB.database(), script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf8mb4 COLLATE utf8mb4_general_ci",
                "utf8mb4 COLLATE utf8mb4_unicode_520_nopad_ci",
                // Exact but for trailing blanks.
                "utf8mb4 COLLATE utf8mb4_bin",
                "latin1 COLLATE latin1_general_cs",
                "latin1 COLLATE latin1_swedish_ci"
            })
    void onMariaDbTheUsualCollationsAreRefused(String characterSet) {
        assertRefused(mariaDb(characterSet));
    }

    /** Characters that the column cannot hold are no reason to refuse it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf8mb4 COLLATE utf8mb4_nopad_bin",
                "utf8mb3 COLLATE utf8mb3_nopad_bin",
                "latin1 COLLATE latin1_nopad_bin",
                "ascii COLLATE ascii_nopad_bin"
            })
    void onMariaDbExactOnesAreNot(String characterSet) {
        assertExact(mariaDb(characterSet));
    }

    private static TestDatabase postgres(String type, String... before) {
        TestDatabase database = TestServer.POSTGRESQL.database();
        database.run(before);
        return made(database, script("postgresql").replace("VARCHAR(128) COLLATE \"C\"", type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"und-u-ks-level1", "und-u-ks-level2", "und", "und-u-ks-identic"})
    void onPostgreSqlANondeterministicCollationIsRefused(String locale) {
        String collation =
                "CREATE COLLATION blurred (provider = icu, locale = '" + locale + "', deterministic = false)";
        assertRefused(postgres("VARCHAR(128) COLLATE blurred", collation));
    }

    @Test
    void onPostgreSqlTypesThatCompareInexactlyAreRefused() {
        assertRefused(postgres("CHAR(128)"));
        assertRefused(postgres("citext", "CREATE EXTENSION citext"));
    }

    @Test
    void onPostgreSqlTheDatabasesOwnCollationIsNot() {
        assertExact(postgres("VARCHAR(128)"));
        assertExact(postgres("TEXT"));
        assertExact(postgres(
                "VARCHAR(128) COLLATE sorted", "CREATE COLLATION sorted (provider = icu, locale = 'und-u-ks-level1')"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void onPostgreSqlADatabaseOfFewCharactersIsNot(String encoding) {
        TestDatabase utf8 = TestServer.POSTGRESQL.database();
        utf8.run("CREATE DATABASE " + utf8.name() + " ENCODING '" + encoding
                + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        String url = utf8.url().replaceAll("/postgres\\?.*", "/" + utf8.name());
        TestDatabase few = new TestDatabase(TestServer.POSTGRESQL, url, "postgres", "");
        try (HikariDataSource pool = few.pool(1)) {
            assertThatCode(() -> JdbcStores.of(pool).createOrUpgrade()).doesNotThrowAnyException();
        }
        assertExact(few);
    }
}
