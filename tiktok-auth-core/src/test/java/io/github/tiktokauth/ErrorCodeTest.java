package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The next step after each of TikTok's error codes. */
class ErrorCodeTest {

    private static Remedy of(int status, long code, String message) {
        return ErrorCode.remedy(new TikTokError(status, code, message, null));
    }

    @ParameterizedTest
    @CsvSource({
        "36004001,REAUTHORIZE",
        "36004005,REAUTHORIZE",
        "36004004,NEW_CONSENT",
        "98001004,CONFIGURATION",
        "36009033,CONFIGURATION",
        "106001,CONFIGURATION",
        "36009002,TRANSIENT",
        "36009003,TRANSIENT",
        "36009007,TRANSIENT",
        "105001,PERMANENT",
        "105002,PERMANENT",
        "105005,PERMANENT",
        "101000,PERMANENT",
        "106013,PERMANENT",
        "36009009,PERMANENT",
        "36009043,PERMANENT"
    })
    void knownCodesAreJudgedWhateverTheHttpStatus(long code, Remedy remedy) {
        assertThat(of(200, code, "")).isEqualTo(remedy);
        assertThat(of(400, code, "")).isEqualTo(remedy);
    }

    @Test
    void theOverloadedCodeIsToldByItsMessage() {
        assertThat(of(401, 36009004, "app_key is invalid")).isEqualTo(Remedy.CONFIGURATION);
        assertThat(of(401, 36009004, "header is invalid")).isEqualTo(Remedy.PERMANENT);
    }

    @ParameterizedTest
    @CsvSource({"429,TRANSIENT", "500,TRANSIENT", "503,TRANSIENT", "200,PERMANENT", "400,PERMANENT", "401,PERMANENT"})
    void unknownCodesAreJudgedByTheHttpStatus(int status, Remedy remedy) {
        assertThat(of(status, 424242, "")).isEqualTo(remedy);
    }

    /** Close to the known ones, or equal to them in their lower 32 bits. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                36004000,
                36004002,
                36004003,
                36004006,
                360040010,
                3600400,
                -36004001,
                36004001L - (1L << 32),
                36004005L - (1L << 32),
                36004001L + (1L << 32),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                -1
            })
    void noOtherCodeEverEndsAnAuthorization(long code) {
        for (int status : new int[] {200, 400, 401, 403, 404, 429, 500}) {
            assertThat(of(status, code, "refresh token is expired, please authorize again"))
                    .isNotEqualTo(Remedy.REAUTHORIZE);
        }
    }

    @Test
    void noOtherFileNamesACodeByItsNumber() throws IOException {
        Pattern codes = Pattern.compile("\\b(36004|36009|98001)\\d{3}\\b|\\b10[56]0\\d\\d\\b");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> naming = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> codes.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(naming).containsExactly("ErrorCode.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
