package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that takes two ids for one is refused before anything is read or written there. */
class IdComparisonTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String AUTH = Tables.DEFAULT;
    private static final String STATE = AUTH + "_state";
    private static final String PENDING = AUTH + "_pending";

    /** Gives a column a comparison to which letter case does not count. */
    private void blur(String table, String column) {
        switch (server) {
            case H2, H2_FILE -> alter(table, column, "SET DATA TYPE VARCHAR_IGNORECASE(256)");
            case POSTGRESQL -> {
                database.run("CREATE COLLATION IF NOT EXISTS blurred"
                        + " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
                alter(table, column, "TYPE VARCHAR(128) COLLATE blurred");
            }
            case MARIADB -> modify(table, column, "utf8mb4 COLLATE utf8mb4_general_ci");
        }
    }

    private void alter(String table, String column, String change) {
        database.run("ALTER TABLE " + table + " ALTER COLUMN " + column + " " + change);
    }

    private void modify(String table, String column, String collation) {
        database.run("ALTER TABLE " + table + " MODIFY " + column + " VARCHAR(128) CHARACTER SET " + collation);
    }

    private static void assertRefused(String column, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.SCHEMA);
            assertThat(e).hasNoCause().hasMessageContaining(column).hasMessageContaining("ALTER TABLE");
            assertThat(e).hasMessageNotContainingAny("kQ7aZ", "kq7Az");
        });
    }

    private List<Optional<String>> rows() {
        return Stream.of("user_id", "shop_id", "access_token", "generation", "former_user_id")
                .flatMap(column -> database.ask("SELECT " + column + " FROM " + AUTH + " ORDER BY id").stream())
                .map(Optional::ofNullable)
                .toList();
    }

    private void assertAllIsRefused(JdbcStores node, String column) {
        TokenStore store = node.tokenStore();
        assertRefused(column, node::createOrUpgrade);
        assertRefused(column, node::checkSchema);
        assertRefused(column, () -> store.find("kq7Az"));
        assertRefused(column, () -> store.find("kQ7aZ"));
        assertRefused(column, () -> store.findByShop("SHOP"));
        assertRefused(column, () -> store.connect(authorization("kq7Az", "shop")));
        assertRefused(column, () -> store.disconnect("kq7Az"));
        assertRefused(column, () -> store.erase("kq7Az"));
        assertRefused(column, () -> store.acquireLease("id", 1, "owner", MINUTE, false, false));
        assertRefused(column, () -> store.page("", 1));
        assertRefused(column, () -> Samples.due(store, MINUTE));
        assertRefused(column, () -> node.erase("kq7Az"));
        assertRefused(column, () -> node.stateStore().save(Samples.state("h2", "kq7Az"), MINUTE, 1));
        assertRefused(column, () -> Samples.take(node.stateStore(), "h1", "u1"));
        assertRefused(column, () -> node.stateStore().erase("kq7Az"));
        assertRefused(column, () -> node.stateStore().purge(1));
        assertRefused(column, () -> node.stateStore().rememberOnce("h3", MINUTE));
        assertRefused(column, () -> node.stateStore().forget("h1"));
    }

    @ParameterizedTest
    @CsvSource({
        AUTH + ", user_id",
        AUTH + ", shop_id",
        AUTH + ", former_user_id",
        STATE + ", user_id",
        PENDING + ", user_id",
    })
    void nothingIsReadOrWrittenWhereAColumnOfIdsComparesInexactly(String table, String column) {
        stores.tokenStore().connect(authorization("kQ7aZ", "shop"));
        stores.stateStore().save(Samples.state("h1", "kQ7aZ"), MINUTE, 1);
        blur(table, column);
        List<Optional<String>> before = rows();

        assertAllIsRefused(node(pool), table + "." + column);

        assertThat(rows()).isEqualTo(before);
        assertThat(database.ask("SELECT hash FROM " + STATE + " WHERE spent_at IS NULL"))
                .containsExactly("h1");
    }

    @Test
    void whatTheRefusalAdvisesHelpsAndIsNoticedWithoutARestart() {
        stores.tokenStore().connect(authorization("kQ7aZ", "shop"));
        blur(AUTH, "user_id");
        JdbcStores node = node(pool);
        String advice = refusal(node).replaceAll("(?s).*\\((ALTER TABLE .*)\\)[^)]*", "$1");

        database.run(advice);

        node.checkSchema();
        assertThat(node.tokenStore().find("kq7Az")).isEmpty();
        assertThat(node.tokenStore().connect(authorization("kq7Az", "another"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(node.tokenStore().find("kQ7aZ").orElseThrow().shop().shopId())
                .isEqualTo("shop");
    }

    private static String refusal(JdbcStores node) {
        try {
            node.checkSchema();
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("not refused");
    }

    /** Nobody looks again at each call; but a row that shows the change is not used, and then nothing else is. */
    @Test
    void aColumnThatIsChangedLaterIsNoticedByTheFirstRowOfAnotherSpelling() {
        TokenStore store = stores.tokenStore();
        store.connect(authorization("kQ7aZ", "shop"));
        blur(AUTH, "user_id");
        List<Optional<String>> before = rows();

        assertRefused("user_id", () -> store.find("kq7Az"));
        assertRefused("user_id", () -> store.disconnect("kq7Az"));
        assertRefused("user_id", () -> stores.stateStore().erase("kq7Az"));

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void soIsOneOfShops() {
        TokenStore store = stores.tokenStore();
        store.connect(authorization("kQ7aZ", "shop"));
        blur(AUTH, "shop_id");
        assertRefused("shop_id", () -> store.findByShop("SHOP"));
    }

    @Test
    void aConflictWithAnotherSpellingIsNoAnswerEither() {
        TokenStore store = stores.tokenStore();
        store.connect(authorization("kQ7aZ", "shop"));
        blur(AUTH, "user_id");
        assertRefused("user_id", () -> store.connect(authorization("kq7Az", "another")));
        assertThat(database.ask("SELECT user_id FROM " + AUTH)).containsExactly("kQ7aZ");
    }

    @Test
    void theQuestionIsAskedOnceAndWithTheTablesNotAtAll() {
        SpyDataSource spy = new SpyDataSource(pool);
        JdbcStores node = node(spy);
        spy.forget();
        node.tokenStore().find("u1");
        assertThat(spy.statements()).hasSize(2);
        spy.forget();
        node.tokenStore().find("u1");
        Samples.take(node.stateStore(), "h1", "u1");
        assertThat(spy.statements()).hasSize(3);

        JdbcStores another = node(spy).createOrUpgrade();
        spy.forget();
        another.tokenStore().find("u1");
        assertThat(spy.statements()).hasSize(1);
    }

    @Test
    void itWorksWithoutAutocommitAndUnderEveryIsolation() {
        for (int isolation : new int[] {2, 4, 8}) {
            SpyDataSource spy = new SpyDataSource(pool, connection -> {
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(false);
            });
            assertThat(node(spy).tokenStore().disconnect("nobody")).isFalse();
            assertThat(node(spy).stateStore().erase("nobody")).isZero();
            assertThat(spy.stateAtClose()).containsOnly("false " + isolation);
        }
    }

    @Test
    void whoMayOnlyReadCanAsk() {
        TestDatabase reader = reader();
        try (HikariDataSource connections = reader.pool(1)) {
            JdbcStores node = node(connections);
            assertThat(node.tokenStore().find("u1")).isEmpty();
            node.checkSchema();
        }
        blur(AUTH, "user_id");
        try (HikariDataSource connections = reader.pool(1)) {
            assertRefused("user_id", () -> node(connections).tokenStore().find("u1"));
            assertRefused("user_id", () -> node(connections).checkSchema());
        }
    }

    private TestDatabase reader() {
        String user = "reads" + Integer.toHexString(System.identityHashCode(this));
        switch (server) {
            case H2, H2_FILE ->
                database.run("CREATE USER " + user + " PASSWORD 'x'", "GRANT SELECT ON SCHEMA PUBLIC TO " + user);
            case POSTGRESQL ->
                database.run(
                        "CREATE ROLE " + user + " LOGIN",
                        "GRANT USAGE ON SCHEMA " + database.name() + " TO " + user,
                        "GRANT SELECT ON ALL TABLES IN SCHEMA " + database.name() + " TO " + user);
            case MARIADB ->
                database.run(
                        "CREATE USER " + user + "@'%' IDENTIFIED BY 'x'",
                        "GRANT SELECT ON " + database.name() + ".* TO " + user + "@'%'");
        }
        String url = database.url().replaceAll(";.*", "");
        return new TestDatabase(server, url, user, server == TestServer.POSTGRESQL ? "" : "x");
    }
}
