package io.github.tiktokauth.benchmarks.costs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build left behind: classes, jars, and who brings which jar. */
final class Build {

    private static final String TREE = "dependencies.txt";

    private Build() {}

    static Path classes() {
        return target().resolve("classes");
    }

    static List<Path> allJars() throws IOException {
        try (Stream<Path> files = Files.list(target().resolve("lib"))) {
            return files.sorted().toList();
        }
    }

    static Path jar(String fileName) {
        return target().resolve("lib").resolve(fileName);
    }

    static DependencyTree dependencies() throws IOException {
        try (InputStream in = Files.newInputStream(classes().resolve(TREE))) {
            return DependencyTree.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private static Path target() {
        try {
            Path code = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
