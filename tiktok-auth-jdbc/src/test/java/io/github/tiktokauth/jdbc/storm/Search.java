package io.github.tiktokauth.jdbc.storm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;

/** Looks for byte strings, given in ISO 8859-1, in a text or in all files of a folder. */
final class Search {

    private static final int CHUNK = 4 * 1024 * 1024;
    private static final int LONGEST = 4 * 1024;

    private final Set<String> wanted;

    Search(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        for (String one : wanted) {
            if (text.contains(one)) {
                found.add(one);
            }
        }
        return found;
    }

    /** Server processes go on working meanwhile: a file that has gone is passed over. */
    Set<String> inFiles(Path folder, long modifiedSinceMillis) {
        Set<String> found = new TreeSet<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.lastModifiedTime().toMillis() >= modifiedSinceMillis) {
                        try {
                            found.addAll(inFile(file));
                        } catch (NoSuchFileException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private Set<String> inFile(Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            String tail = "";
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                String text = tail + new String(chunk, StandardCharsets.ISO_8859_1);
                found.addAll(in(text));
                tail = text.substring(Math.max(0, text.length() - LONGEST));
            }
        }
        return found;
    }
}
