package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a host with an H2 file, after a commit into a file that is old, was rewritten and then left alone: what H2
 * 2.5.252 forgets. {@code -Dtests.h2.jar=…} names the jar of another H2 to be tried.
 */
@Tag("slow")
class FileKillTest {

    private static final Duration LONGER_THAN_H2_RETAINS = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Map<String, String> committed = new TreeMap<>();
    private final List<String> lost = new ArrayList<>();
    private String version = "";

    /** What is given up may be overwritten after a millisecond, so to H2 the file is always old and was idle just now. */
    @Test
    void whatIsCommittedOutlivesTheProcess() {
        kill(30, List.of(), ";RETENTION_TIME=1", host -> {});
    }

    /** With the settings that a host has, and a clock that is moved by hand. */
    @Test
    void whatIsCommittedAfterIdlingOutlivesTheProcess() {
        Faketime.require();
        Path clock = folder.resolve("clock");
        // The wrapper knows where its library is; the clock it would set stands still for the whole life of a process.
        List<String> wrapper = List.of(
                "env",
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_TIMESTAMP_FILE=" + clock,
                "faketime",
                "--exclude-monotonic",
                "-f",
                "+0",
                "env",
                "-u",
                "FAKETIME");
        Duration[] moved = {Duration.ZERO};
        set(clock, moved[0]);
        kill(12, wrapper, "", host -> {
            long before = now(host);
            moved[0] = moved[0].plus(LONGER_THAN_H2_RETAINS);
            set(clock, moved[0]);
            assertThat(now(host) - before).isGreaterThanOrEqualTo(LONGER_THAN_H2_RETAINS.toMillis());
        });
    }

    /** Lets time pass for a host. */
    @FunctionalInterface
    private interface Idling {
        void of(NodeProcess host);
    }

    private void kill(int times, List<String> wrapper, String settings, Idling idling) {
        for (int round = 0; round < times; round++) {
            try (NodeProcess host = open(wrapper, settings)) {
                find(host, round);
                commit(host, "connect", "user-" + round, round + ".first");
                rewriteAll(host, round + ".again");
                idling.of(host);
                rewriteAll(host, round + ".later");
                idling.of(host);
                switch (round % 3) {
                    case 0 -> commit(host, "connect", "late-" + round, round + ".last");
                    case 1 -> commit(host, "save", "user-" + round, round + ".last");
                    default -> commit(host, "reencrypt", "user-" + round, round + ".last");
                }
                host.kill();
            }
        }
        try (NodeProcess host = open(wrapper, settings)) {
            find(host, times);
        }
        assertThat(lost).as("losses of H2 %s in %d kills", version, times).isEmpty();
    }

    private NodeProcess open(List<String> wrapper, String settings) {
        String url = "jdbc:h2:file:" + folder.resolve("db") + ";WRITE_DELAY=0" + settings;
        NodeProcess host = NodeProcess.launch(
                        wrapper,
                        List.of(
                                "-Dorg.slf4j.simpleLogger.log.io.github.tiktokauth=warn",
                                "-cp",
                                classPath(),
                                FileHost.class.getName(),
                                url))
                .ready();
        version = host.ask("version");
        return host;
    }

    private static String classPath() {
        String jar = System.getProperty("tests.h2.jar", "");
        assertThat(jar.isEmpty() || Files.isRegularFile(Path.of(jar)))
                .as("tests.h2.jar is a file")
                .isTrue();
        // Of two jars with the same classes the first is read.
        return (jar.isEmpty() ? "" : jar + File.pathSeparator) + System.getProperty("java.class.path");
    }

    private void rewriteAll(NodeProcess host, String mark) {
        List.copyOf(committed.keySet()).forEach(user -> commit(host, "save", user, mark));
    }

    private void commit(NodeProcess host, String verb, String user, String mark) {
        assertThat(host.ask(verb, user, mark)).isIn("true", "CONNECTED");
        committed.put(user, mark);
    }

    private void find(NodeProcess host, int kills) {
        Map<String, String> found = Arrays.stream(host.ask("rows").split("\t"))
                .filter(row -> !row.isEmpty())
                .collect(Collectors.toMap(row -> row.split("=")[0], row -> row.split("=")[1]));
        if (!found.equals(committed)) {
            Map<String, String> missing = new TreeMap<>(committed);
            missing.entrySet().removeAll(found.entrySet());
            lost.add("kill " + kills + ": " + missing);
            committed.clear();
            committed.putAll(found);
        }
    }

    private static long now(NodeProcess host) {
        return Long.parseLong(host.ask("now"));
    }

    private static void set(Path clock, Duration ahead) {
        try {
            Path next = Files.writeString(clock.resolveSibling("next"), "+" + ahead.toSeconds() + "\n");
            Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
