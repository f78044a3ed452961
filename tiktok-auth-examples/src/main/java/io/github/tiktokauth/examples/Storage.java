package io.github.tiktokauth.examples;

import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database that the settings name, otherwise an H2 file of the app's own; with its tables. */
final class Storage {

    private Storage() {}

    /** Tokens of the simulated TikTok and of the real one never meet in one database. */
    static JdbcStores open(Settings settings, Supplier<HomeDirectory> home) {
        try {
            String url = settings.jdbcUrl();
            if (settings.simulated()) {
                return h2(home.get().resolve(DemoDatabase.FILE), true);
            }
            return url == null
                    ? h2(home.get().resolve("tiktok"), false)
                    : named(url, settings.jdbcUser(), settings.jdbcPassword());
        } catch (StoreException e) {
            throw new SetupException("the database cannot be used: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new SetupException("the database of JDBC_URL cannot be used: " + e.getMessage());
        }
    }

    /**
     * By default H2 writes committed data up to half a second later. A refresh token that TikTok has replaced must survive
     * {@code kill -9}, so each commit is written at once.
     */
    @SuppressWarnings("try")
    private static JdbcStores h2(Path file, boolean simulated) {
        String url = "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        // The first connection opens the file, which may take longer than a pool waits for a connection.
        try (Connection first = DriverManager.getConnection(url, "sa", "")) {
            if (simulated) {
                DemoDatabase.mark(first);
            } else {
                DemoDatabase.refuse(first, file + ".mv.db");
            }
            return withTables(JdbcStores.open(url, "sa", ""));
        } catch (SQLException e) {
            throw new SetupException("the H2 file " + file + ".mv.db cannot be opened (SQLState " + e.getSQLState()
                    + "): is another instance of this app running here?");
        }
    }

    private static JdbcStores named(String url, @Nullable String user, @Nullable String password) {
        if (!url.startsWith("jdbc:h2:")) {
            return withTables(JdbcStores.open(url, user, password));
        }
        try (Connection first = DriverManager.getConnection(url, credentials(user, password))) {
            DemoDatabase.refuse(first, "the database of JDBC_URL");
            return withTables(JdbcStores.open(url, user, password));
        } catch (SQLException e) {
            throw new SetupException("the database of JDBC_URL cannot be opened (SQLState " + e.getSQLState()
                    + "): does it answer, and are JDBC_USER and JDBC_PASSWORD right?");
        }
    }

    private static Properties credentials(@Nullable String user, @Nullable String password) {
        Properties credentials = new Properties();
        if (user != null) {
            credentials.put("user", user);
        }
        if (password != null) {
            credentials.put("password", password);
        }
        return credentials;
    }

    private static JdbcStores withTables(JdbcStores stores) {
        try {
            return stores.createOrUpgrade();
        } catch (StoreException e) {
            stores.close();
            throw e;
        }
    }
}
