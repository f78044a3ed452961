package io.github.tiktokauth.benchmarks.storms;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all contestants, with a schema for each. */
final class Postgres implements AutoCloseable {

    private final AtomicInteger schemas = new AtomicInteger();
    private final EmbeddedPostgres server;
    private final String url;

    Postgres() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                // Commits are written, but nobody waits for the disk unless it is asked for: see durable.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "off")
                .start();
        url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    /** The URL of an empty schema. */
    String schema() {
        String name = "s" + schemas.incrementAndGet();
        execute(url, "CREATE SCHEMA " + name);
        return url + "&currentSchema=" + name;
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** The same schema, with commits that wait for the disk. */
    static String durable(String url) {
        return url + "&options=-c%20synchronous_commit=on";
    }

    static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
