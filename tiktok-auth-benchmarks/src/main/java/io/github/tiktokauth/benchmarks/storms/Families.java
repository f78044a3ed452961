package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which refresh token belongs to which authorization. One lock, as the simulator of TikTok has it. */
final class Families {

    /** A new pair and whose it is. */
    record Pair(String userId, String accessToken, String refreshToken) {}

    private static final class Family {
        private final String userId;
        private String newest = "";
        private boolean ended;

        Family(String userId) {
            this.userId = userId;
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Family> byToken = new HashMap<>();

    synchronized Pair begin(String userId) {
        return next(new Family(userId));
    }

    /** The next pair; {@code null} when the token is unknown, or was spent before, which ends its authorization. */
    synchronized @Nullable Pair rotate(String refreshToken) {
        Family family = byToken.get(refreshToken);
        if (family == null || family.ended) {
            return null;
        }
        if (!family.newest.equals(refreshToken)) {
            family.ended = true;
            return null;
        }
        return next(family);
    }

    private Pair next(Family family) {
        family.newest = secret();
        byToken.put(family.newest, family);
        return new Pair(family.userId, secret(), family.newest);
    }

    private String secret() {
        byte[] bytes = new byte[Seed.TOKEN_LENGTH * 3 / 4];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
