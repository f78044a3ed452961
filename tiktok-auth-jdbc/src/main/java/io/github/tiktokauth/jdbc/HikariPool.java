package io.github.tiktokauth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Alone in knowing HikariCP, which is an optional dependency. */
final class HikariPool {

    private static final int SIZE = 10;
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private HikariPool() {}

    static DataSource open(String url, @Nullable String user, @Nullable String password) {
        probe(url, user, password);
        HikariConfig config = new HikariConfig();
        config.setPoolName("tiktok-auth");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // H2's own codes for a broken connection are not of class 08, so the pool would hand it out again and again.
        config.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public Override adjudicate(SQLException e) {
                return SqlFailure.of(e).isGone() ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
            }
        });
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Fails at once and without the driver's message, where the pool would try for long and log what it quotes. */
    private static void probe(String url, @Nullable String user, @Nullable String password) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "no driver on the class path takes this JDBC URL; add the driver's jar or correct the URL");
        }
        try {
            DriverManager.getConnection(url, user, password).close();
        } catch (SQLException | RuntimeException e) {
            throw SqlFailure.of(e).noConnection("connect to the database");
        }
    }
}
