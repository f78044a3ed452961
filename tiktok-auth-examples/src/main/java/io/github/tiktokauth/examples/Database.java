package io.github.tiktokauth.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The pool of the app's database. */
final class Database {

    private static final long CONNECT_MILLIS = 3_000;

    private Database() {}

    static HikariDataSource open(Settings settings, HomeDirectory home) {
        HikariConfig config = new HikariConfig();
        String url = settings.jdbcUrl();
        config.setJdbcUrl(url == null ? h2File(home.resolve(settings.simulated() ? "simulated" : "tiktok")) : url);
        if (settings.jdbcUser() != null) {
            config.setUsername(settings.jdbcUser());
        }
        if (settings.jdbcPassword() != null) {
            config.setPassword(settings.jdbcPassword());
        }
        config.setPoolName("tiktok-auth-example");
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(CONNECT_MILLIS);
        // The pool's own check at the start would print the driver's message, which may quote the URL.
        config.setInitializationFailTimeout(-1);
        return proved(new HikariDataSource(config), url);
    }

    private static HikariDataSource proved(HikariDataSource pool, @org.jspecify.annotations.Nullable String url) {
        try {
            reach(pool);
            return pool;
        } catch (SQLException | RuntimeException e) {
            pool.close();
            String state = e instanceof SQLException sql ? " (SQLState " + sql.getSQLState() + ")" : "";
            throw new SetupException(
                    url == null
                            ? "the H2 file cannot be opened" + state + ": is another instance of this app running here?"
                            : "the database of JDBC_URL cannot be reached" + state
                                    + ": check JDBC_URL, JDBC_USER and JDBC_PASSWORD");
        }
    }

    private static void reach(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (!connection.isValid(3)) {
                throw new SQLException("not valid", "08000");
            }
        }
    }

    /**
     * By default H2 writes committed data up to half a second later. A refresh token that TikTok has replaced must survive
     * {@code kill -9}, so each commit is written at once.
     */
    private static String h2File(Path file) {
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }
}
