package io.github.tiktokauth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.testkit.ManualClock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test of a subclass runs on every database, on empty tables of its own, with a clock moved by hand. */
@ParameterizedClass(name = "on {0}")
@EnumSource(TestServer.class)
@NullUnmarked
abstract class StoresTest {

    @Parameter
    TestServer server;

    final ManualClock clock = new ManualClock();
    TestDatabase database;
    HikariDataSource pool;
    JdbcStores stores;

    @BeforeEach
    void open() {
        database = server.database();
        pool = database.pool(4);
        stores = node(pool).createOrUpgrade();
    }

    @AfterEach
    void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Another node of the cluster, on the same clock. */
    final JdbcStores node(DataSource connections) {
        return MovedStores.on(connections, clock);
    }

    final void advance(Duration duration) {
        clock.advance(duration);
    }
}
