package io.github.tiktokauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token with what a call to TikTok needs beside it.
 *
 * @param value the token itself, for the header {@code x-tts-access-token}; a secret
 * @param expiresAt when TikTok stops accepting it; an hour after it came when TikTok did not tell
 * @param shopId the user's shop
 * @param shopCipher what calls name {@code shop_cipher}, if TikTok gave one for this shop
 */
public record AccessToken(
        String value,
        Instant expiresAt,
        String shopId,
        @Nullable String shopCipher) {

    /**
     * Without the token.
     *
     * @return shop and end
     */
    @Override
    public String toString() {
        return "AccessToken[for shop " + shopId + ", until " + expiresAt + "]";
    }
}
