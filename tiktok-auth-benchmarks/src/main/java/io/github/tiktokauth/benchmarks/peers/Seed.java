package io.github.tiktokauth.benchmarks.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** One authorization to begin with; each contestant stores it in its own way. */
public record Seed(String userId, String accessToken, String refreshToken, Instant expiresAt) {

    /** The length of a real token of TikTok's. */
    public static final int TOKEN_LENGTH = 396;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /**
     * Returns a user with a token of the usual length.
     *
     * @param number which user
     * @param expiresIn how long the access token lives on; negative when it has ended
     * @return the seed, the same for the same number but for its end
     */
    public static Seed of(int number, Duration expiresIn) {
        return new Seed(
                userId(number),
                text(2L * number),
                text(2L * number + 1),
                Instant.now().plus(expiresIn));
    }

    /**
     * Returns the id of a user.
     *
     * @param number which user
     * @return the id
     */
    public static String userId(int number) {
        return "user-" + number;
    }

    private static String text(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(TOKEN_LENGTH);
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
