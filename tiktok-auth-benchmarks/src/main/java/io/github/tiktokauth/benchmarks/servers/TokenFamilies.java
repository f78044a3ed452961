package io.github.tiktokauth.benchmarks.servers;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which refresh token belongs to which authorization. One lock, as the simulator of TikTok has it. */
final class TokenFamilies {

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
    private final Map<String, String> accessTokens = new HashMap<>();
    private final boolean reuseEndsAuthorization;

    TokenFamilies(boolean reuseEndsAuthorization) {
        this.reuseEndsAuthorization = reuseEndsAuthorization;
    }

    synchronized Pair begin(String userId) {
        return next(new Family(userId));
    }

    /** Returns the next pair, or {@code null} when the token is unknown or its authorization has ended. */
    synchronized @Nullable Pair rotate(String refreshToken) {
        Family family = byToken.get(refreshToken);
        if (family == null || family.ended) {
            return null;
        }
        if (reuseEndsAuthorization && !family.newest.equals(refreshToken)) {
            family.ended = true;
            return null;
        }
        return next(family);
    }

    synchronized String accessToken(String userId) {
        return Objects.requireNonNull(accessTokens.get(userId), "no such user");
    }

    private Pair next(Family family) {
        family.newest = secret();
        byToken.put(family.newest, family);
        Pair pair = new Pair(family.userId, secret(), family.newest);
        accessTokens.put(family.userId, pair.accessToken());
        return pair;
    }

    private String secret() {
        byte[] bytes = new byte[Seed.TOKEN_LENGTH * 3 / 4];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
