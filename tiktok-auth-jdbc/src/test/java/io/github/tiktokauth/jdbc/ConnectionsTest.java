package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static io.github.tiktokauth.jdbc.Samples.failure;
import static io.github.tiktokauth.jdbc.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the store treats the connections that it is given. */
@Tag("slow")
class ConnectionsTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static PendingAuthorization pending(String hash) {
        return new PendingAuthorization(hash, "u1", Samples.APP, null, "payload", Samples.ACCESS_END);
    }

    /** Every verb once, the refused ones too. */
    private void useAll(JdbcStores node) {
        TokenStore store = node.tokenStore();
        assertThat(store.connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(store.connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.RENEWED);
        assertThat(store.connect(authorization("u2", "s1"))).isEqualTo(ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
        assertThat(store.connect(authorization("u1", "s2"))).isEqualTo(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP);
        StoredAuthorization row = store.find("u1").orElseThrow();
        assertThat(store.acquireLease(row.id(), 2, "node", MINUTE, false, false))
                .isTrue();
        assertThat(store.recordFailure(row.id(), 2, "node", MINUTE, failure("x")))
                .isTrue();
        assertThat(store.acquireLease(row.id(), 2, "node", MINUTE, true, false)).isTrue();
        assertThat(store.saveTokens(row.id(), 2, Samples.APP, tokens("new"), false))
                .isTrue();
        assertThat(store.reencrypt(row.id(), 3, "a", "r")).isTrue();
        assertThat(store.saveShop(row.id(), 3, Samples.shop("s1"))).isTrue();
        assertThat(store.requestCheck(row.id())).isTrue();
        Instant requestedAt = store.find("u1").orElseThrow().checkRequestedAt();
        assertThat(store.beginCheck(row.id(), requestedAt, MINUTE)).isTrue();
        assertThat(store.finishCheck(row.id(), requestedAt, "gone")).isTrue();
        assertThat(store.page("", 10)).hasSize(1);
        assertThat(Samples.due(store, Duration.ofDays(36500))).hasSize(1);
        for (int i = 0; i < 4; i++) {
            node.stateStore().save(Samples.state("h" + i, "u1"), MINUTE, 2);
        }
        assertThat(Samples.take(node.stateStore(), "h0", "u1").status()).isEqualTo(TakenState.Status.UNKNOWN);
        assertThat(Samples.take(node.stateStore(), "h3", "u1").status()).isEqualTo(TakenState.Status.TAKEN);
        assertThat(node.stateStore().find("h3", "u1", "binding-h3").status()).isEqualTo(TakenState.Status.ALREADY_USED);
        assertThat(node.stateStore().recordOutcome("h3", "OK")).isTrue();
        assertThat(node.stateStore().rememberOnce("seen", MINUTE)).isTrue();
        node.stateStore().forget("seen");
        node.stateStore().savePending(pending("p1"), MINUTE);
        assertThat(node.stateStore().findPending("p1")).isPresent();
        assertThat(node.stateStore().removePending("p1")).isTrue();
        assertThat(node.stateStore().removePendingOfUser("u1")).isZero();
        assertThat(node.stateStore().purge(10)).isZero();
        assertThat(store.disconnect("u1")).isTrue();
        assertThat(node.erase("u1")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 2", "true, 4", "false, 4", "true, 8", "false, 8"})
    void worksWithEveryAutocommitAndIsolationAndRestoresBoth(boolean autoCommit, int isolation) {
        SpyDataSource spy = new SpyDataSource(pool, connection -> {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
        });

        JdbcStores node = node(spy).createOrUpgrade();
        useAll(node);

        assertThat(spy.stateAtClose()).isNotEmpty().containsOnly(autoCommit + " " + isolation);
        assertThat(spy.open()).isZero();
    }

    @Test
    void aTableCanBeMadeOnConnectionsWithoutAutocommit() {
        TestDatabase empty = server.database();
        try (HikariDataSource single = empty.pool(1, config -> config.setAutoCommit(false))) {
            useAll(node(single).createOrUpgrade());
        }
    }

    @Test
    void onePooledConnectionIsEnough() {
        try (HikariDataSource single = database.pool(1, config -> config.setConnectionTimeout(2000))) {
            SpyDataSource spy = new SpyDataSource(single);
            useAll(node(spy));
            assertThat(spy.mostOpen()).isEqualTo(1);
        }
    }

    @Test
    void theHostsOpenTransactionAndOursDoNotTouchEachOther() throws SQLException {
        database.run("CREATE TABLE host_orders (id INT)");
        try (Connection host = database.connect();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute("INSERT INTO host_orders VALUES (1)");

            stores.tokenStore().connect(authorization("u1", "s1"));
            host.rollback();
        }
        assertThat(database.ask("SELECT COUNT(*) FROM host_orders")).containsExactly("0");
        assertThat(stores.tokenStore().find("u1")).isPresent();
    }

    @Test
    void aRowThatAnotherHoldsIsNotWaitedForWithoutEnd() throws SQLException {
        stores.tokenStore().connect(authorization("u1", "s1"));
        StoredAuthorization row = stores.tokenStore().find("u1").orElseThrow();
        TokenStore impatient =
                JdbcStores.builder(pool).timeout(Duration.ofSeconds(1)).build().tokenStore();
        try (Connection host = database.connect();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.executeQuery("SELECT id FROM tiktok_shop_auth FOR UPDATE").close();

            assertThatThrownBy(() -> impatient.acquireLease(row.id(), 1, "node", MINUTE, false, false))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
            host.rollback();
        }
        assertThat(impatient.acquireLease(row.id(), 1, "node", MINUTE, false, false))
                .isTrue();
    }

    @Test
    void noConnectionIsUnavailable() {
        DataSource broken = new SpyDataSource(pool, connection -> {
            connection.close();
            throw new SQLException("marker-secret", "XX000");
        });
        assertThatThrownBy(() -> JdbcStores.of(broken)).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(e).hasNoCause().hasMessageNotContaining("marker");
        });
        pool.close();
        assertThatThrownBy(() -> stores.tokenStore().find("u1"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        assertThatThrownBy(() -> stores.tokenStore().disconnect("u1"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }

    @Test
    void statementsAreFew() {
        SpyDataSource spy = new SpyDataSource(pool);
        JdbcStores node = node(spy);
        node.checkSchema();
        TokenStore store = node.tokenStore();
        assertThat(count(spy, () -> store.connect(authorization("u1", "s1")))).isEqualTo(2);
        StoredAuthorization row = store.find("u1").orElseThrow();

        assertThat(count(spy, () -> store.find("u1"))).isEqualTo(1);
        assertThat(count(spy, () -> store.connect(authorization("u1", "s1")))).isEqualTo(1);
        assertThat(count(spy, () -> store.acquireLease(row.id(), 2, "node", MINUTE, false, false)))
                .isEqualTo(1);
        assertThat(count(spy, () -> store.recordFailure(row.id(), 2, "node", MINUTE, failure("x"))))
                .isEqualTo(1);
        assertThat(count(spy, () -> store.saveTokens(row.id(), 2, Samples.APP, tokens("new"), false)))
                .isEqualTo(1);
        assertThat(count(spy, () -> store.reencrypt(row.id(), 3, "a", "r"))).isEqualTo(1);
        assertThat(count(spy, () -> store.saveShop(row.id(), 3, Samples.shop("s1"))))
                .isEqualTo(1);
        assertThat(count(spy, () -> store.requestCheck(row.id()))).isEqualTo(1);
        assertThat(count(spy, () -> store.beginCheck(row.id(), Samples.ACCESS_END, MINUTE)))
                .isEqualTo(1);
        assertThat(count(spy, () -> store.finishCheck(row.id(), Samples.ACCESS_END, null)))
                .isEqualTo(1);
        assertThat(count(spy, () -> Samples.due(store, MINUTE))).isEqualTo(1);
        assertThat(count(spy, () -> store.disconnect("u1"))).isEqualTo(1);
        StateStore states = node.stateStore();
        assertThat(count(spy, () -> states.save(Samples.state("h1", "u1"), MINUTE, 5)))
                .isEqualTo(2);
        assertThat(count(spy, () -> states.find("h1", "u1", null))).isEqualTo(1);
        assertThat(count(spy, () -> Samples.take(states, "h1", "u1"))).isEqualTo(2);
        assertThat(count(spy, () -> Samples.take(states, "h2", "u1"))).isEqualTo(2);
        assertThat(count(spy, () -> states.recordOutcome("h1", "OK"))).isEqualTo(1);
        assertThat(count(spy, () -> states.savePending(pending("p1"), MINUTE))).isEqualTo(1);
        assertThat(count(spy, () -> states.findPending("p1"))).isEqualTo(1);
        assertThat(count(spy, () -> states.removePending("p1"))).isEqualTo(1);
    }

    private static int count(SpyDataSource spy, Runnable call) {
        spy.forget();
        call.run();
        return spy.statements().size();
    }
}
