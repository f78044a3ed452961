package io.github.tiktokauth.examples;

import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database that the settings name, otherwise an H2 file of the app's own; with its tables. */
final class Storage {

    private Storage() {}

    static JdbcStores open(Settings settings, HomeDirectory home) {
        try {
            String url = settings.jdbcUrl();
            // Tokens of the simulated TikTok and of the real one never meet in one file.
            return url == null
                    ? h2(home.resolve(settings.simulated() ? "simulated" : "tiktok"))
                    : withTables(JdbcStores.open(url, settings.jdbcUser(), settings.jdbcPassword()));
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
    private static JdbcStores h2(Path file) {
        String url = "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        // The first connection opens the file, which may take longer than a pool waits for a connection.
        try (Connection first = DriverManager.getConnection(url, "sa", "")) {
            return withTables(JdbcStores.open(url, "sa", ""));
        } catch (SQLException e) {
            throw new SetupException("the H2 file " + file + ".mv.db cannot be opened (SQLState " + e.getSQLState()
                    + "): is another instance of this app running here?");
        }
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
