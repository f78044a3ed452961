package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SchemaTest extends StoresTest {

    private static final String V2 = """
            -- A later version, as it might be.
            ALTER TABLE tiktok_shop_auth ADD COLUMN IF NOT EXISTS note VARCHAR(20);

            CREATE TABLE IF NOT EXISTS tiktok_shop_auth_extra (id INT NOT NULL PRIMARY KEY);

            UPDATE tiktok_shop_auth SET note = 'was here' WHERE note IS NULL;

            UPDATE tiktok_shop_auth_schema SET version = 2;
            """;

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
        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("1");
    }

    @Test
    void manyNodesMayMakeTheTablesAtOnce() throws Exception {
        TestDatabase empty = server.database();
        try (HikariDataSource connections = empty.pool(8)) {
            race(8, () -> node(connections).createOrUpgrade());
            assertThat(node(connections).tokenStore().connect(authorization("u1", "s1")))
                    .isEqualTo(ConnectOutcome.CONNECTED);
        }
        assertThat(empty.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("1");
    }

    @Test
    void anEarlierVersionIsUpgradedWithItsData() throws Exception {
        stores.tokenStore().connect(authorization("u1", "s1"));
        Database later = database(pool, Tables.DEFAULT);

        race(4, () -> {
            new Schema(later, 2, version -> V2).createOrUpgrade();
            return null;
        });

        assertThat(database.ask("SELECT note FROM tiktok_shop_auth WHERE user_id = 'u1'"))
                .containsExactly("was here");
        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("2");
        assertThat(stores.tokenStore().find("u1")).isPresent();
    }

    @Test
    void anUpgradeThatWasCutShortIsTakenUpAgain() {
        Database later = database(pool, Tables.DEFAULT);
        String broken = V2.replace("UPDATE tiktok_shop_auth SET", "UPDATE no_such_table SET");
        assertThatThrownBy(() -> new Schema(later, 2, version -> broken).createOrUpgrade())
                .isInstanceOf(StoreException.class);
        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("1");

        new Schema(later, 2, version -> V2).createOrUpgrade();

        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("2");
    }

    @Test
    void aCreationThatWasCutShortIsTakenUpAgain() {
        TestDatabase empty = server.database();
        empty.run("CREATE TABLE tiktok_shop_auth_schema (id SMALLINT NOT NULL PRIMARY KEY, version INT NOT NULL)");
        try (HikariDataSource connections = empty.pool(1)) {
            JdbcStores node = node(connections).createOrUpgrade();
            assertThat(node.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        }
    }

    @Test
    void tablesOfANewerVersionAreRefused() {
        database.run("UPDATE tiktok_shop_auth_schema SET version = 99");
        assertSchemaTrouble(stores::createOrUpgrade, "newer version of the library");
        assertSchemaTrouble(stores::checkSchema, "newer version of the library");
        assertThat(database.ask("SELECT version FROM tiktok_shop_auth_schema")).containsExactly("99");
    }

    @Test
    void tablesOfAnOlderVersionAreToldByTheCheck() {
        assertSchemaTrouble(
                () -> new Schema(database(pool, Tables.DEFAULT), 2, version -> V2).check(), "createOrUpgrade");
    }

    @Test
    void missingTablesAreTold() {
        try (HikariDataSource connections = server.database().pool(1)) {
            JdbcStores node = node(connections);
            assertSchemaTrouble(node::checkSchema, "createOrUpgrade");
            assertSchemaTrouble(() -> node.tokenStore().find("u1"), "createOrUpgrade");
            assertSchemaTrouble(() -> node.tokenStore().connect(authorization("u1", "s1")), "createOrUpgrade");
            assertSchemaTrouble(() -> node.stateStore().take("h1"), "createOrUpgrade");
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
