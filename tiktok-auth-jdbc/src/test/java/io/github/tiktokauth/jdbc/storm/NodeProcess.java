package io.github.tiktokauth.jdbc.storm;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Node} as the test sees it. Whatever goes wrong with it ends the process. */
final class NodeProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final String END = "(end)";

    private final Process process;
    private final Path log;
    private final BufferedWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "node-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns before the node is ready; several can start at the same time. */
    static NodeProcess launch(List<String> wrapper, String... jvmOptions) {
        List<String> java = new ArrayList<>(List.of(jvmOptions));
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), Node.class.getName()));
        return launch(wrapper, java);
    }

    /** Another program than a node, which says that it is ready too, and then a line for each that it is told. */
    static NodeProcess launch(List<String> wrapper, List<String> java) {
        try {
            List<String> command = new ArrayList<>(wrapper);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
            command.addAll(java);
            Path log = Files.createTempFile("node", ".log");
            log.toFile().deleteOnExit();
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new NodeProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NodeProcess launch() {
        return launch(List.of(), "-Dorg.slf4j.simpleLogger.log.io.github.tiktokauth=warn");
    }

    NodeProcess ready() {
        expect("ready");
        return this;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Its end shows below.
        }
        lines.add(END);
    }

    void open(Map<String, String> settings) {
        List<String> words = new ArrayList<>();
        settings.forEach((name, value) -> words.add(name + "=" + value));
        send("open", words);
        expect("opened");
    }

    /** Brings every call to its start, each on a thread of its own. */
    void arm(List<String> calls) {
        send("arm", calls);
    }

    void awaitArmed() {
        expect("armed");
    }

    void go() {
        send("go", List.of());
    }

    /** One line for each call, in the order of the calls. */
    List<String> results() {
        List<String> results = new ArrayList<>();
        while (true) {
            String line = next();
            if (line.equals("done")) {
                return results;
            }
            if (!line.startsWith("result\t")) {
                throw failed("said " + line);
            }
            results.add(line.substring("result\t".length()));
        }
    }

    List<String> call(String... calls) {
        arm(List.of(calls));
        awaitArmed();
        go();
        return results();
    }

    /** Moves the database's clock as this node sees it, also while calls are under way. */
    void advance(Duration by) {
        send("advance", List.of("" + by.toMillis()));
        expect("advanced");
    }

    /** Closes the library in an orderly way; the process goes on. */
    void closeAuth() {
        send("close", List.of());
        expect("closed");
    }

    String ask(String verb, String... words) {
        send(verb, List.of(words));
        return next();
    }

    private void send(String verb, List<String> words) {
        try {
            in.write(verb);
            for (String word : words) {
                in.write("\t" + word);
            }
            in.write("\n");
            in.flush();
        } catch (IOException e) {
            throw failed("does not listen any more");
        }
    }

    private void expect(String expected) {
        String line = next();
        if (!line.equals(expected)) {
            throw failed("said " + line + " instead of " + expected);
        }
    }

    private String next() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw failed(line == null ? "says nothing" : "has ended");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private AssertionError failed(String what) {
        kill();
        return new AssertionError("a node " + what + "; its log:\n" + log());
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        // With a wrapper around it the JVM is a child's child; the wrapper ends by itself, and takes away what it made.
        List<ProcessHandle> inner = process.descendants().toList();
        inner.forEach(ProcessHandle::destroyForcibly);
        if (inner.isEmpty() || !endsByItself()) {
            process.destroyForcibly();
        }
        process.onExit().join();
    }

    private boolean endsByItself() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
