package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of one token answer; they are written together or not at all.
 *
 * @param accessToken the encrypted access token
 * @param refreshToken the encrypted refresh token
 * @param accessTokenExpiresAt when the access token ends, whole milliseconds; may lie beyond 2038
 * @param refreshTokenExpiresAt when the refresh token ends, whole milliseconds; may lie beyond 2106; {@code null} when TikTok
 *     told no usable end, which never counts as ended
 * @param openId the authorizing account at TikTok, if given
 * @param scope the granted scopes, separated by blanks, if given
 */
public record StoredTokens(
        String accessToken,
        String refreshToken,
        Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String openId,
        @Nullable String scope) {

    /**
     * Without the tokens.
     *
     * @return the two ends
     */
    @Override
    public String toString() {
        return "StoredTokens[access token until " + accessTokenExpiresAt + ", refresh token until "
                + refreshTokenExpiresAt + "]";
    }
}
