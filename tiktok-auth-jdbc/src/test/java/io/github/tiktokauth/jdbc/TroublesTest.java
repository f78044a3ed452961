package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static io.github.tiktokauth.jdbc.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoreException.Kind;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the database refuses comes as a kind with a remedy, and never with a value. */
@Tag("slow")
class TroublesTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String MARKER = "marker-7f3a";

    private static void assertTrouble(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
            StringWriter printed = new StringWriter();
            e.printStackTrace(new PrintWriter(printed));
            assertThat(printed.toString()).doesNotContain(MARKER);
            assertThat(e).hasNoCause().hasNoSuppressedExceptions();
        });
    }

    private TestDatabase readOnly() {
        String url = database.url();
        return switch (server) {
            case H2 -> {
                database.run("CREATE USER reader PASSWORD 'x'", "GRANT SELECT ON SCHEMA PUBLIC TO reader");
                yield new TestDatabase(server, url.replaceAll(";.*", ""), "reader", "x");
            }
            case H2_FILE -> {
                pool.close();
                yield new TestDatabase(server, url + ";ACCESS_MODE_DATA=r", "sa", "");
            }
            case POSTGRESQL ->
                new TestDatabase(server, url + "&options=-c%20default_transaction_read_only=on", "postgres", "");
            case MARIADB -> {
                String user = "r" + database.name();
                database.run(
                        "CREATE USER " + user + "@'%' IDENTIFIED BY 'x'",
                        "GRANT SELECT ON " + database.name() + ".* TO " + user + "@'%'");
                yield new TestDatabase(server, url, user, "x");
            }
        };
    }

    @Test
    void aDatabaseThatMayOnlyBeReadIsNoticedByTheLease() {
        stores.tokenStore().connect(authorization("u1", "s1"));
        try (HikariDataSource connections = readOnly().pool(2)) {
            JdbcStores node = node(connections).createOrUpgrade();
            TokenStore store = node.tokenStore();
            StoredAuthorization row = store.find("u1").orElseThrow();
            assertTrouble(Kind.READ_ONLY, () -> store.acquireLease(row.id(), 1, MARKER, MINUTE, false, false));
            assertTrouble(Kind.READ_ONLY, () -> store.saveTokens(row.id(), 1, Samples.APP, tokens(MARKER), false));
            assertTrouble(Kind.READ_ONLY, () -> store.connect(authorization(MARKER, "s2")));
            assertTrouble(Kind.READ_ONLY, () -> store.disconnect("u1"));
            assertTrouble(Kind.READ_ONLY, () -> node.stateStore().save(Samples.state(MARKER, "u1"), MINUTE, 3));
            assertTrouble(Kind.READ_ONLY, () -> Samples.take(node.stateStore(), MARKER, "u1"));
        }
    }

    @Test
    void aRoleWithoutTheRightToWriteIsToldSo() {
        if (server != TestServer.POSTGRESQL) {
            return;
        }
        String user = "r" + database.name();
        database.run(
                "CREATE ROLE " + user + " LOGIN",
                "GRANT USAGE ON SCHEMA " + database.name() + " TO " + user,
                "GRANT SELECT ON ALL TABLES IN SCHEMA " + database.name() + " TO " + user);
        try (HikariDataSource connections = new TestDatabase(server, database.url(), user, "").pool(1)) {
            JdbcStores node = node(connections).createOrUpgrade();
            assertTrouble(Kind.READ_ONLY, () -> node.tokenStore().connect(authorization("u1", MARKER)));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeTheDatabaseSeesIt() {
        TokenStore store = stores.tokenStore();
        for (String bad : new String[] {MARKER + "x".repeat(128), MARKER + '\0', MARKER + '\ud800', ""}) {
            assertTrouble(Kind.BAD_VALUE, () -> store.find(bad));
            assertTrouble(Kind.BAD_VALUE, () -> store.connect(authorization(bad, "s1")));
            assertTrouble(Kind.BAD_VALUE, () -> store.connect(authorization("u1", bad)));
            assertTrouble(Kind.BAD_VALUE, () -> store.disconnect(bad));
            assertTrouble(Kind.BAD_VALUE, () -> stores.erase(bad));
            assertTrouble(Kind.BAD_VALUE, () -> store.acquireLease("id", 1, bad, MINUTE, false, false));
        }
        assertTrouble(
                Kind.BAD_VALUE,
                () -> store.saveTokens("id", 1, Samples.APP, tokens(MARKER + "x".repeat(1_000_000)), false));
        assertTrouble(Kind.BAD_VALUE, () -> store.saveTokens("id", 1, Samples.APP, tokens(MARKER, Instant.MAX), false));
        assertTrouble(Kind.BAD_VALUE, () -> store.saveTokens("id", 1, Samples.APP, tokens(MARKER, Instant.MIN), false));
        assertTrouble(Kind.BAD_VALUE, () -> store.page("", 0));
        assertThat(database.ask("SELECT id FROM tiktok_shop_auth")).isEmpty();
    }

    @Test
    void aDatabaseThatShortensSilentlyDoesNotGetTheChance() {
        if (server != TestServer.MARIADB) {
            return;
        }
        TestDatabase lax =
                new TestDatabase(server, database.url() + "?sessionVariables=sql_mode=''", database.user(), "");
        try (HikariDataSource connections = lax.pool(1)) {
            TokenStore store = node(connections).tokenStore();
            assertTrouble(Kind.BAD_VALUE, () -> store.connect(authorization(MARKER + "x".repeat(128), "s1")));
            StoredTokens tokens = tokens("y".repeat(999_000));
            store.connect(Samples.authorization("u1", "s1", tokens));
            assertThat(store.find("u1").orElseThrow().tokens()).isEqualTo(tokens);
        }
    }

    private static final NewAuthorization MARKED = new NewAuthorization(
            MARKER + "-u",
            MARKER,
            new StoredShop(MARKER + "-s", MARKER, MARKER, MARKER, false),
            StoredTokens.builder(MARKER + "-access", MARKER + "-refresh", Samples.ACCESS_END)
                    .openId(MARKER)
                    .scope(MARKER)
                    .build(),
            null);

    /** The driver's own message holds the value, or the whole row, in each of these. */
    @Test
    void noValueGetsIntoAnException() {
        String type = server.isH2() ? " SET DATA TYPE VARCHAR(5)" : " TYPE VARCHAR(5)";
        String narrow = server == TestServer.MARIADB
                ? "ALTER TABLE tiktok_shop_auth MODIFY access_token VARCHAR(5)"
                : "ALTER TABLE tiktok_shop_auth ALTER COLUMN access_token" + type;
        database.run(narrow);
        assertTrouble(Kind.BAD_VALUE, () -> stores.tokenStore().connect(MARKED));

        database.run(
                "DROP TABLE tiktok_shop_auth",
                "CREATE TABLE tiktok_shop_auth AS SELECT * FROM " + other("aaa"),
                "ALTER TABLE tiktok_shop_auth ADD COLUMN wanted INT"
                        + (server == TestServer.MARIADB ? " CHECK (wanted IS NOT NULL)" : " NOT NULL"));
        assertTrouble(Kind.BAD_VALUE, () -> stores.tokenStore().connect(MARKED));

        database.run("DROP TABLE tiktok_shop_auth", "CREATE TABLE tiktok_shop_auth (id INT)");
        assertTrouble(Kind.SCHEMA, () -> stores.tokenStore().connect(MARKED));
        assertTrouble(Kind.SCHEMA, () -> stores.tokenStore().find(MARKER));
    }

    /** The table of another app, to copy its columns without their constraints. */
    private String other(String name) {
        JdbcStores.builder(pool).tableName(name).build().createOrUpgrade();
        return name;
    }

    @Test
    void aStateThatIsThereAlreadyIsRefused() {
        StoredState state = Samples.state(MARKER, "u1");
        stores.stateStore().save(state, MINUTE, 3);
        assertTrouble(Kind.BAD_VALUE, () -> stores.stateStore().save(state, MINUTE, 3));
    }

    @Test
    void aForeignKeyOfTheHostsRefusesAndCascades() {
        boolean mariaDb = server == TestServer.MARIADB;
        String text = mariaDb ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin" : "";
        int length = server.isH2() ? 256 : 128;
        database.run(
                "CREATE TABLE host_users (id VARCHAR(" + length + ")" + text + " NOT NULL PRIMARY KEY)",
                "INSERT INTO host_users VALUES ('u1')",
                "ALTER TABLE tiktok_shop_auth ADD CONSTRAINT host_user FOREIGN KEY (user_id)"
                        + " REFERENCES host_users (id) ON DELETE CASCADE",
                "ALTER TABLE tiktok_shop_auth ADD CONSTRAINT host_former_user FOREIGN KEY (former_user_id)"
                        + " REFERENCES host_users (id) ON DELETE CASCADE");
        TokenStore store = stores.tokenStore();

        assertTrouble(Kind.BAD_VALUE, () -> store.connect(authorization(MARKER, "s1")));
        assertThat(store.connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        store.disconnect("u1");
        store.connect(authorization("u1", "s2"));
        database.run("DELETE FROM host_users");

        assertThat(database.ask("SELECT id FROM tiktok_shop_auth")).isEmpty();
    }
}
