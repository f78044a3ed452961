package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authorization whose tokens are here while the user still has to choose one of several shops.
 *
 * @param hash the SHA-256 of the one-time choice that the user was given, as 64 hexadecimal digits
 * @param userId the host's user
 * @param appKey the App Key of the TikTok app that the seller authorized
 * @param bindingHash the SHA-256 of what binds the choice to a browser, or {@code null} when the host gave nothing
 * @param payload tokens and shops, encrypted; up to several ten thousand characters
 * @param obtainedAt when the tokens were obtained, on the storage's clock, in whole milliseconds
 */
public record PendingAuthorization(
        String hash, String userId, String appKey, @Nullable String bindingHash, String payload, Instant obtainedAt) {

    /**
     * Returns a text without the values.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "PendingAuthorization[of user " + userId + "]";
    }
}
