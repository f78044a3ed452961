package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaTest extends StoresTest {

    private static final SchemaScript V3 = new SchemaScript("""
            -- A later version, as it might be.
            ALTER TABLE tiktok_shop_auth ADD COLUMN IF NOT EXISTS note VARCHAR(20);

            CREATE TABLE IF NOT EXISTS tiktok_shop_auth_extra (id INT NOT NULL PRIMARY KEY);

            UPDATE tiktok_shop_auth SET note = 'was here' WHERE note IS NULL;

            UPDATE tiktok_shop_auth_schema SET version = 3, compatible_since = 2;
            """);

    /** A later version that older nodes cannot work on. */
    private static final SchemaScript V3_ALONE = new SchemaScript(V3.text().replace("since = 2", "since = 3"));

    private Schema later(SchemaScript third) {
        Database database = database(pool, Tables.DEFAULT);
        return new Schema(
                database, 3, version -> version == 3 ? third : SchemaScript.ofLibrary(database.dialect(), version));
    }

    private Database database(HikariDataSource connections, String table) {
        return new Database(connections, Dialect.of(connections), new Tables(table), Duration.ofSeconds(5), () -> 0);
    }

    private void assertSchemaTrouble(Runnable call, String remedy) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.SCHEMA);
            assertThat(e).hasMessageContaining(remedy).hasNoCause();
        });
    }

    @Test
    void makingTheTablesAgainChangesNothing() {
        stores.tokenStore().connect(authorization("u1", "s1"));
        stores.createOrUpgrade().createOrUpgrade();
        stores.checkSchema();
        assertThat(stores.tokenStore().find("u1")).isPresent();
        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("2");
    }

    @Test
    void manyNodesMayMakeTheTablesAtOnce() throws Exception {
        TestDatabase empty = server.database();
        try (HikariDataSource connections = empty.pool(8)) {
            race(8, () -> node(connections).createOrUpgrade());
            assertThat(node(connections).tokenStore().connect(authorization("u1", "s1")))
                    .isEqualTo(ConnectOutcome.CONNECTED);
        }
        assertThat(empty.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("2");
    }

    @Test
    void anEarlierVersionIsUpgradedWithItsData() throws Exception {
        stores.tokenStore().connect(authorization("u1", "s1"));

        race(4, () -> {
            later(V3).createOrUpgrade();
            return null;
        });

        assertThat(database.ask("SELECT note FROM tiktok_shop_auth WHERE user_id = 'u1'"))
                .containsExactly("was here");
        assertThat(versions()).containsExactly("3");
        assertThat(stores.tokenStore().find("u1")).isPresent();
    }

    private List<@Nullable String> versions() {
        return database.ask("SELECT version FROM tiktok_shop_auth_schema");
    }

    @Test
    void olderNodesWorkOnANewerVersionThatIsCompatible() throws Exception {
        later(V3).createOrUpgrade();
        database.run("UPDATE tiktok_shop_auth_schema SET version = 99");
        try (HikariDataSource others = database.pool(2)) {
            JdbcStores old = node(others).createOrUpgrade();
            old.checkSchema();
            assertThat(versions()).containsExactly("99");
            database.run("UPDATE tiktok_shop_auth_schema SET version = 3");
            AtomicInteger users = new AtomicInteger();

            race(4, () -> {
                int i = users.incrementAndGet();
                JdbcStores node = i % 2 == 0 ? old : stores;
                if (i == 1) {
                    later(V3).createOrUpgrade();
                }
                assertThat(node.tokenStore().connect(authorization("u" + i, "s" + i)))
                        .isEqualTo(ConnectOutcome.CONNECTED);
                return null;
            });

            StoredAuthorization row = old.tokenStore().find("u1").orElseThrow();
            assertThat(old.tokenStore().saveTokens(row.id(), 1, Samples.APP, Samples.tokens("old"), false))
                    .isTrue();
            later(V3).check();
            assertThat(stores.tokenStore().find("u1").orElseThrow().tokens()).isEqualTo(Samples.tokens("old"));
        }
    }

    @Test
    void olderNodesAreRefusedByANewerVersionThatIsNotCompatible() {
        later(V3_ALONE).createOrUpgrade();
        assertSchemaTrouble(stores::createOrUpgrade, "newer version of the library");
        assertSchemaTrouble(stores::checkSchema, "newer version of the library");
        later(V3_ALONE).check();
        assertThat(versions()).containsExactly("3");
    }

    @Test
    void anUpgradeThatWasCutShortIsTakenUpAgain() {
        String broken = V3.text().replace("UPDATE tiktok_shop_auth SET", "UPDATE no_such_table SET");
        assertThatThrownBy(() -> later(new SchemaScript(broken)).createOrUpgrade())
                .isInstanceOf(StoreException.class);
        assertThat(versions()).containsExactly("2");

        later(V3).createOrUpgrade();

        assertThat(versions()).containsExactly("3");
    }

    @Test
    void aCreationThatWasCutShortIsTakenUpAgain() {
        TestDatabase empty = server.database();
        empty.run("CREATE TABLE tiktok_shop_auth_schema (id SMALLINT NOT NULL PRIMARY KEY, version INT NOT NULL,"
                + " compatible_since INT NOT NULL)");
        try (HikariDataSource connections = empty.pool(1)) {
            JdbcStores node = node(connections).createOrUpgrade();
            assertThat(node.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        }
    }

    @Test
    void tablesOfASnapshotBeforeTheFirstReleaseAreRefused() {
        TestDatabase old = server.database();
        old.run(
                "CREATE TABLE tiktok_shop_auth_schema (id SMALLINT NOT NULL PRIMARY KEY, version INT NOT NULL)",
                "INSERT INTO tiktok_shop_auth_schema (id, version) VALUES (1, 1)",
                "CREATE TABLE tiktok_shop_auth (id VARCHAR(36) NOT NULL PRIMARY KEY)");
        try (HikariDataSource connections = old.pool(1)) {
            for (Runnable call : List.<Runnable>of(
                    () -> node(connections).createOrUpgrade(),
                    () -> node(connections).checkSchema())) {
                assertSchemaTrouble(call, "version 1, which only snapshots of this library");
                assertSchemaTrouble(call, "export what you need, drop these tables");
            }
        }
        assertThat(old.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("1");
    }

    @Test
    void tablesOfAnOlderVersionAreToldByTheCheck() {
        assertSchemaTrouble(() -> later(V3).check(), "createOrUpgrade");
    }

    @Test
    void whatTheTablesLackIsNamed() {
        database.run(
                "ALTER TABLE tiktok_shop_auth DROP COLUMN forced_outcome",
                "ALTER TABLE tiktok_shop_auth DROP COLUMN open_id",
                "ALTER TABLE tiktok_shop_auth_state DROP COLUMN code_hash");
        assertSchemaTrouble(
                stores::checkSchema,
                "lack tiktok_shop_auth.open_id, tiktok_shop_auth.forced_outcome, tiktok_shop_auth_state.code_hash:");
        database.run("DROP TABLE tiktok_shop_auth_pending");
        assertSchemaTrouble(stores::checkSchema, "the table tiktok_shop_auth_pending");
    }

    @Test
    void missingTablesAreTold() {
        try (HikariDataSource connections = server.database().pool(1)) {
            JdbcStores node = node(connections);
            assertSchemaTrouble(node::checkSchema, "createOrUpgrade");
            assertSchemaTrouble(() -> node.tokenStore().find("u1"), "createOrUpgrade");
            assertSchemaTrouble(() -> node.tokenStore().connect(authorization("u1", "s1")), "createOrUpgrade");
            assertSchemaTrouble(() -> Samples.take(node.stateStore(), "h1", "u1"), "createOrUpgrade");
        }
    }

    @Test
    void aTableOfTheHostsIsLeftAlone() {
        TestDatabase other = server.database();
        other.run("CREATE TABLE tiktok_shop_auth (id INT)");
        try (HikariDataSource connections = other.pool(1)) {
            assertSchemaTrouble(() -> node(connections).createOrUpgrade(), "rename it");
            assertSchemaTrouble(() -> node(connections).checkSchema(), "rename it");
        }
        assertThat(other.ask("SELECT id FROM tiktok_shop_auth")).isEmpty();
    }

    @Test
    void twoAppsLiveInOneDatabase() {
        JdbcStores other = JdbcStores.builder(pool)
                .tableName("us_tiktok_shop_auth")
                .build()
                .createOrUpgrade();
        other.checkSchema();

        assertThat(stores.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(other.tokenStore().connect(authorization("u1", "s2"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(other.tokenStore().connect(authorization("u2", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        other.stateStore().save(Samples.state("h1", "u1"), Duration.ofMinutes(1), 3);

        assertThat(other.tokenStore().name()).isEqualTo("us_tiktok_shop_auth");
        assertThat(other.stateStore().name()).isEqualTo("us_tiktok_shop_auth_state");
        assertThat(stores.tokenStore().find("u1").orElseThrow().shop().shopId()).isEqualTo("s1");
        assertThat(other.tokenStore().find("u1").orElseThrow().shop().shopId()).isEqualTo("s2");
        assertThat(other.erase("u1")).isEqualTo(2);
        assertThat(stores.tokenStore().find("u1")).isPresent();
    }

    private static void race(int threads, Callable<?> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            executor.shutdown();
        }
    }
}
