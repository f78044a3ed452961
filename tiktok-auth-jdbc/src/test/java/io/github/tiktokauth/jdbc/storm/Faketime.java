package io.github.tiktokauth.jdbc.storm;

import io.github.tiktokauth.jdbc.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The program that gives a process another clock. */
final class Faketime {

    private Faketime() {}

    /** Skips the test aloud where it is not installed, or fails it where it must be. */
    static void require() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "faketime")));
        if (!installed) {
            throw TestServer.missing("faketime", "no faketime on the PATH");
        }
    }
}
