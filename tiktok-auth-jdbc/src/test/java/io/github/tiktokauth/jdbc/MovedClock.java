package io.github.tiktokauth.jdbc;

import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** Stores whose database's clock is moved by hand, for tests in other packages. */
public final class MovedClock {

    private MovedClock() {}

    public static JdbcStores stores(DataSource connections, LongSupplier offsetMillis) {
        return JdbcStores.builder(connections).clockOffset(offsetMillis).build();
    }
}
