package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * What was granted, in a file, so that a simulator that is killed and started again knows its tokens as TikTok would. It is
 * replaced as a whole after each change and before the answer goes out.
 */
final class AuthorizationsFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One grant; the refresh tokens with whether they are spent, instants in epoch seconds. */
    record StoredGrant(
            String sellerId,
            String openId,
            long refreshExpiresAt,
            String refreshToken,
            boolean ended,
            Map<String, Boolean> refreshTokens,
            List<Token> accessTokens) {}

    /** One access token. */
    record Token(String value, long expiresAt, boolean superseded) {}

    private final Path path;

    AuthorizationsFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    List<StoredGrant> read() {
        try {
            JsonNode entries = MAPPER.readTree(Files.readAllBytes(path));
            return List.of(MAPPER.treeToValue(entries, StoredGrant[].class));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // The parser's message would quote tokens.
            throw new UncheckedIOException(
                    new IOException("the authorizations in " + path + " cannot be read; remove the file"));
        }
    }

    void write(List<StoredGrant> entries) {
        try {
            Path draft = Files.createTempFile(path.getParent(), "authorizations", ".draft");
            try {
                Files.write(draft, MAPPER.writeValueAsBytes(entries));
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
