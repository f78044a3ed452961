package io.github.tiktokauth.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The real databases of the tests: one server for each in a JVM, an empty database or schema for each test. */
public enum TestServer {
    H2 {
        @Override
        TestDatabase create(String name) {
            return new TestDatabase(this, "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
    },
    H2_FILE {
        @Override
        TestDatabase create(String name) {
            return new TestDatabase(this, "jdbc:h2:file:" + Files.FOLDER.resolve(name) + ";WRITE_DELAY=0", "sa", "");
        }
    },
    POSTGRESQL {
        @Override
        TestDatabase create(String name) throws SQLException {
            String url = "jdbc:postgresql://127.0.0.1:" + Postgres.INSTANCE.getPort() + "/postgres";
            run(url, "postgres", "", "CREATE SCHEMA " + name);
            return new TestDatabase(this, url + "?currentSchema=" + name, "postgres", "");
        }
    },
    MARIADB {
        @Override
        TestDatabase create(String name) throws SQLException {
            MariaDbServer server = MariaDbServer.running().orElse(null);
            if (server == null) {
                throw missing("mariadb", "no mariadbd on the PATH");
            }
            // The server's own default collation takes U1 for u1; ours must not depend on it.
            run(server.url("mysql"), "root", "", "CREATE DATABASE " + name + " CHARACTER SET latin1");
            return new TestDatabase(this, server.url(name), "root", "");
        }
    };

    abstract TestDatabase create(String name) throws SQLException;

    /** An empty database that no other test uses. */
    public TestDatabase database() {
        try {
            return create("t" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
    }

    /** Skips the test aloud, or fails it where this must not be missing. */
    public static RuntimeException missing(String what, String why) {
        List<String> required = List.of(
                System.getProperty("tests.require", "").toLowerCase(Locale.ROOT).split("[, ]+"));
        if (required.contains(what)) {
            throw new AssertionError(what + " is required by -Dtests.require, but there is " + why);
        }
        System.err.println("SKIPPED for want of " + what + ": " + why);
        return new TestAbortedException(why);
    }

    static void run(String url, @Nullable String user, @Nullable String password, String... statements) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isH2() {
        return this == H2 || this == H2_FILE;
    }

    /** Where H2 keeps its files; removed at the end of the JVM. */
    private static final class Files {

        private static final Path FOLDER = folder();

        private static Path folder() {
            try {
                Path folder = java.nio.file.Files.createTempDirectory("h2");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try (Stream<Path> files = java.nio.file.Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Started at the first use. */
    private static final class Postgres {

        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
