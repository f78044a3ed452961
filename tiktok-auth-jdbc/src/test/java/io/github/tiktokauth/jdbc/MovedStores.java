package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.testkit.ManualClock;
import java.time.Duration;
import javax.sql.DataSource;

/** Stores whose database's clock runs as far ahead as a manual clock was moved from its start; also for other packages. */
public final class MovedStores {

    private MovedStores() {}

    public static JdbcStores on(DataSource connections, ManualClock clock) {
        return JdbcStores.builder(connections)
                .clockOffset(() ->
                        Duration.between(ManualClock.START, clock.instant()).toMillis())
                .build();
    }
}
