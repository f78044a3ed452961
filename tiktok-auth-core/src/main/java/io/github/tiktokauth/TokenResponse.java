package io.github.tiktokauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One token response, not encrypted; {@code null} for what is missing or cannot be used. */
record TokenResponse(
        @Nullable String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String openId,
        @Nullable String scope,
        @Nullable Integer userType) {

    /** TikTok's user types of sellers: local, and two of global selling; 1 is a creator, 2 and 3 are partners. */
    boolean mayHoldShop() {
        return userType == null || userType == 0 || userType == 4 || userType == 5;
    }

    @Override
    public String toString() {
        return "TokenResponse[access token until " + accessTokenExpiresAt + "]";
    }
}
