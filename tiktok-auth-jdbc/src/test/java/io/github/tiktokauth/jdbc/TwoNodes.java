package io.github.tiktokauth.jdbc;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two nodes of a cluster, each with a pool of its own, on one database whose clock is moved by hand. The contract suites have
 * so many tests that they share one database of each kind; its tables are emptied before each.
 */
final class TwoNodes {

    private static final Map<TestServer, TwoNodes> SHARED = new EnumMap<>(TestServer.class);

    private final AtomicLong clockOffset = new AtomicLong();
    private final TestDatabase database;
    private final JdbcStores first;
    private final JdbcStores second;

    private TwoNodes(TestDatabase database) {
        this.database = database;
        first = node();
        second = node();
        first.createOrUpgrade();
    }

    private JdbcStores node() {
        return JdbcStores.builder(database.pool(3))
                .clockOffset(clockOffset::get)
                .build();
    }

    static TwoNodes on(TestServer server) {
        TwoNodes nodes = SHARED.computeIfAbsent(server, key -> new TwoNodes(key.database()));
        nodes.database.run("DELETE FROM tiktok_shop_auth", "DELETE FROM tiktok_shop_auth_state");
        return nodes;
    }

    JdbcStores first() {
        return first;
    }

    JdbcStores second() {
        return second;
    }

    void advance(Duration by) {
        clockOffset.addAndGet(by.toMillis());
    }
}
