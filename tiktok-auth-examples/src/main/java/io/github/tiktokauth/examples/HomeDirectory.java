package io.github.tiktokauth.examples;

import io.github.tiktokauth.crypto.AesGcmCipher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the app keeps between runs, readable by its owner only: the H2 files, and the demonstration's encryption key and the simulator's
 * authorizations. */
final class HomeDirectory {

    static final String NAME = "tiktok-auth-demo";

    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private HomeDirectory(Path path) {
        this.path = path;
    }

    static HomeDirectory under(Path workingDirectory) {
        Path path = workingDirectory.toAbsolutePath().normalize().resolve(NAME);
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path, ownerOnly(workingDirectory, OWNER_DIRECTORY));
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw new SetupException(path + " is in the way: it must be a directory");
            }
        } catch (IOException e) {
            throw new SetupException("cannot create " + path + ": start in a directory that can be written to");
        }
        return new HomeDirectory(path);
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * The key ring, made at the first start. The file appears at once and whole: two processes that start together, or one
     * that is killed while it writes, must not leave tokens behind that no key opens.
     */
    String keys() {
        Path file = resolve("encryption.key");
        try {
            if (!Files.exists(file)) {
                create(file, AesGcmCipher.generateKey("demo"));
            }
            refuseWhenOthersCanRead(file);
            String keys = Files.readString(file).strip();
            AesGcmCipher.ofKeys(keys);
            return keys;
        } catch (IOException | IllegalArgumentException e) {
            throw new SetupException(file + " cannot be used: it must hold id:base64 of 32 bytes."
                    + " Put the right key back; what was encrypted with a lost key is lost");
        }
    }

    private void create(Path file, String content) throws IOException {
        Path draft = Files.createTempFile(path, "key", ".draft", ownerOnly(path, OWNER_FILE));
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                out.write(content.getBytes(StandardCharsets.US_ASCII));
            }
            // A link, unlike a move, never replaces a key that another process made in between.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (UnsupportedOperationException e) {
            Files.copy(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void refuseWhenOthersCanRead(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !OWNER_FILE.containsAll(view.readAttributes().permissions())) {
            throw new SetupException(file + " can be read by others: chmod 600 it, or make a new key");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path where, Set<PosixFilePermission> permissions) throws IOException {
        FileStore store = Files.getFileStore(where);
        return store.supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
