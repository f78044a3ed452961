package io.github.tiktokauth.benchmarks.costs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own that runs one class, which prints its results. */
record ChildJvm(Path javaHome, List<String> options, List<Path> classPath, Class<?> main) {

    /** The first line that it printed, and how long after its start that was. */
    record FirstLine(String text, long nanos) {

        static final FirstLine NONE = new FirstLine("", 0);
    }

    static ChildJvm of(List<Path> jars, Class<?> main, String... options) {
        return new ChildJvm(Path.of(System.getProperty("java.home")), List.of(options), jars, main);
    }

    /** Runs it to its end. */
    List<String> run(String... arguments) throws IOException, InterruptedException {
        Process process = start(ProcessBuilder.Redirect.INHERIT, arguments);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            check(process);
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs it to its end, and measures the time to its first line, which is empty when there was none. */
    FirstLine firstLine(Path errors, String... arguments) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(ProcessBuilder.Redirect.to(errors.toFile()), arguments);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            long nanos = System.nanoTime() - begin;
            process.waitFor();
            return line == null ? FirstLine.NONE : new FirstLine(line, nanos);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(ProcessBuilder.Redirect errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(Stream.concat(Stream.of(Build.classes()), classPath.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors).start();
    }

    private void check(Process process) throws InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(main.getSimpleName() + " ended with " + status);
        }
    }
}
