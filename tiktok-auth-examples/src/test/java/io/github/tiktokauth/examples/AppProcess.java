package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The app in a JVM of its own, so that it can be killed. */
final class AppProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private AppProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of the app");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("Ready: ")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        ready.complete(false);
    }

    /** Returns once it says that it is ready, and fails when it ends before. */
    static AppProcess start(Path directory, Map<String, String> environment, String... commandLine) {
        return launch(directory, environment, commandLine).awaitReady();
    }

    AppProcess awaitReady() {
        try {
            assertThat(ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ready; it said: %s", output)
                    .isTrue();
            return this;
        } catch (Exception | AssertionError e) {
            close();
            throw new AssertionError("the app did not get ready: " + output, e);
        }
    }

    static AppProcess launch(Path directory, Map<String, String> environment, String... commandLine) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(commandLine));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("TIKTOK_.*|JDBC_.*|PORT|HOST|SIMULATOR_PORT|REFRESH_DUE_MINUTES"));
        builder.environment().putAll(environment);
        try {
            return new AppProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AppProcess ofThisBuild(Path directory, Map<String, String> environment) {
        return launchOfThisBuild(directory, environment).awaitReady();
    }

    static AppProcess launchOfThisBuild(Path directory, Map<String, String> environment) {
        return launch(directory, environment, "-cp", System.getProperty("java.class.path"), App.class.getName());
    }

    String output() {
        return output.toString();
    }

    /** As {@code kill -9} does: no shutdown hook runs. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As Ctrl-C does. */
    int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    /** Waits until it ends by itself and all it said was read. */
    int exitCode() {
        awaitEnd();
        ready.join();
        return process.exitValue();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the app does not end:\n" + output);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Two ports that were free a moment ago; ports must be the same after a restart. */
    static Map<String, String> freePorts() {
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0)) {
            return Map.of("PORT", "" + first.getLocalPort(), "SIMULATOR_PORT", "" + second.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
