package io.github.tiktokauth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/** Alone in knowing HikariCP, which is an optional dependency. */
final class OwnPool {

    private static final int SIZE = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private OwnPool() {}

    static JdbcStores.Source open(String url, @Nullable String user, @Nullable String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tiktok-auth");
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // Connecting is left to the first call, whose failure is told without the driver's message.
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool;
        try {
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(password);
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            // Not as the cause: its message quotes the URL, which may hold a password.
            throw new IllegalArgumentException(
                    "no driver on the class path takes this JDBC URL; add the driver's jar or correct the URL");
        }
        return new JdbcStores.Source(pool, pool);
    }
}
