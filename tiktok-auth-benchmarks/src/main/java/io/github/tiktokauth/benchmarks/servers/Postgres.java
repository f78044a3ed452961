package io.github.tiktokauth.benchmarks.servers;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server of this run's own, with a schema for each contestant that wants one. */
public final class Postgres implements AutoCloseable {

    private final AtomicInteger schemas = new AtomicInteger();
    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server that writes commits to disk, but lets nobody wait for it unless asked to by {@link #durable(String)}.
     *
     * @return the server
     * @throws IOException when it cannot be started
     */
    public static Postgres start() throws IOException {
        return start(Map.of("max_connections", "300", "fsync", "on", "synchronous_commit", "off"));
    }

    /**
     * Starts a server that would not survive a power cut, but where the disk is hardly waited for, and a million rows are soon there.
     *
     * @return the server
     * @throws IOException when it cannot be started
     */
    public static Postgres startWithoutDurability() throws IOException {
        return start(Map.of(
                "shared_buffers", "512MB",
                "fsync", "off",
                "full_page_writes", "off",
                "synchronous_commit", "off",
                "max_wal_size", "8GB",
                "autovacuum", "off"));
    }

    private static Postgres start(Map<String, String> settings) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        settings.forEach(builder::setServerConfig);
        return new Postgres(builder.start());
    }

    /**
     * Returns the JDBC URL of the default schema.
     *
     * @return the URL
     */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    /**
     * Creates an empty schema.
     *
     * @return its JDBC URL
     */
    public String schema() {
        String name = "s" + schemas.incrementAndGet();
        execute(url(), "CREATE SCHEMA " + name);
        return url() + "&currentSchema=" + name;
    }

    /**
     * Returns a URL whose connections wait at each commit until it is on disk.
     *
     * @param url one of this class
     * @return the URL of the same schema
     */
    public static String durable(String url) {
        return url + "&options=-c%20synchronous_commit=on";
    }

    /**
     * Opens a pool on the default schema.
     *
     * @param connections how many connections it holds at most
     * @return the pool, to be closed by the caller
     */
    public HikariDataSource pool(int connections) {
        return Pools.open(url(), connections);
    }

    /**
     * Runs a statement on a connection of its own.
     *
     * @param url one of this class
     * @param sql the statement
     */
    public static void execute(String url, String sql) {
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
