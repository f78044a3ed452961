package io.github.tiktokauth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.testkit.ManualClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Two nodes of a cluster, each with a pool of its own, on one database whose clock is moved by hand. The contract suites have
 * so many tests that they share one database of each kind; its tables are emptied before each.
 */
final class TwoNodes {

    private static final Map<TestServer, TwoNodes> SHARED = new EnumMap<>(TestServer.class);

    private final ManualClock clock = new ManualClock();
    private final HikariDataSource connections;
    private final JdbcStores first;
    private final JdbcStores second;

    private TwoNodes(TestDatabase database) {
        connections = database.pool(3);
        first = node(connections);
        second = node(database.pool(3));
        first.createOrUpgrade();
    }

    private JdbcStores node(HikariDataSource pool) {
        return MovedStores.on(pool, clock);
    }

    static TwoNodes on(TestServer server) {
        TwoNodes nodes = SHARED.computeIfAbsent(server, key -> new TwoNodes(key.database()));
        nodes.empty();
        return nodes;
    }

    private void empty() {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM tiktok_shop_auth");
            statement.executeUpdate("DELETE FROM tiktok_shop_auth_state");
            statement.executeUpdate("DELETE FROM tiktok_shop_auth_pending");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    JdbcStores first() {
        return first;
    }

    JdbcStores second() {
        return second;
    }

    void advance(Duration by) {
        clock.advance(by);
    }
}
