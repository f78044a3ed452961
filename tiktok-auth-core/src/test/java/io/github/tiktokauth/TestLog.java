package io.github.tiktokauth;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the library has logged since a moment; tests of one process run one after another. */
final class TestLog {

    private static final Path FILE = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/test.log"));

    private final long start;

    TestLog() {
        LoggerFactory.getLogger(TikTokAuth.class).warn("a line that makes the log's file exist");
        try {
            start = Files.size(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        return text().lines().toList();
    }

    String text() {
        try (RandomAccessFile file = new RandomAccessFile(FILE.toFile(), "r")) {
            file.seek(start);
            byte[] log = new byte[(int) (file.length() - start)];
            file.readFully(log);
            return new String(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> warnings() {
        return lines().stream().filter(line -> line.contains(" WARN ")).toList();
    }
}
