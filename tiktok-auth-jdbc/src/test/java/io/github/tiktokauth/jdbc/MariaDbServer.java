package io.github.tiktokauth.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB server of the tests' own, from the {@code mariadbd} on the PATH. */
final class MariaDbServer implements AutoCloseable {

    private static final long START_MILLIS = 30_000;

    private final Path folder;
    private final int port;
    private Process process;

    private MariaDbServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** The one of this JVM, started at the first use; empty where MariaDB is not installed. */
    static Optional<MariaDbServer> running() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final Optional<MariaDbServer> INSTANCE = isInstalled() ? Optional.of(start()) : Optional.empty();
    }

    static boolean isInstalled() {
        return onPath("mariadbd") && onPath("mariadb-install-db");
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    static MariaDbServer start() {
        try {
            // A short path: that of the socket must stay under about 100 characters.
            Path folder = Files.createTempDirectory("mdb");
            Path data = folder.resolve("data");
            await(new ProcessBuilder(
                            "mariadb-install-db",
                            "--no-defaults",
                            "--user=" + System.getProperty("user.name"),
                            "--datadir=" + data,
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("install.log").toFile())
                    .start());
            int port = freePort();
            MariaDbServer server = new MariaDbServer(folder, port, launch(folder, port));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path folder, int port) throws IOException {
        List<String> command = List.of(
                "mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("s"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--character-set-server=utf8mb4",
                "--max-connections=400",
                // To the operating system, not to the disk: quick, and outlives a killed server.
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-buffer-pool-size=64M",
                "--skip-log-bin");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
    }

    String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }

    /** Ends the server at once, as a power cut does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts a server that was killed again, on the same data and port. */
    void restart() {
        try {
            process = launch(folder, port);
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (true) {
            try {
                DriverManager.getConnection(url("mysql"), "root", "").close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IllegalStateException("mariadbd did not start, see " + folder.resolve("server.log"), e);
                }
                awaitExit(process, 50);
            }
        }
    }

    private static void await(Process process) {
        if (!awaitExit(process, START_MILLIS) || process.exitValue() != 0) {
            throw new IllegalStateException("mariadb-install-db failed");
        }
    }

    private static boolean awaitExit(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
