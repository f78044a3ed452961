package io.github.tiktokauth;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An access token with what a call to TikTok needs in addition. Immutable and safe for use by many threads.
 *
 * <p>It is no record or bean and its secrets are transient, so that it is not written to a response or a log by accident: Jackson
 * and Gson find no secret in it, and Java serialization refuses it.
 */
public final class AccessToken {

    private final transient String value;
    private final Instant expiresAt;
    private final String shopId;
    private final transient @Nullable String shopCipher;

    private AccessToken(String value, Instant expiresAt, String shopId, @Nullable String shopCipher) {
        this.value = Objects.requireNonNull(value, "value");
        this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
        this.shopId = Objects.requireNonNull(shopId, "shopId");
        this.shopCipher = shopCipher;
    }

    /**
     * Creates an access token, for a host's tests.
     *
     * @param value the token
     * @param expiresAt when TikTok stops accepting it
     * @param shopId the user's shop
     * @param shopCipher the shop's cipher, or {@code null}
     * @return the access token
     */
    public static AccessToken of(String value, Instant expiresAt, String shopId, @Nullable String shopCipher) {
        return new AccessToken(value, expiresAt, shopId, shopCipher);
    }

    /**
     * Returns the token itself, for the header {@code x-tts-access-token}; a secret.
     *
     * @return the token
     */
    public String value() {
        return value;
    }

    /**
     * Returns when TikTok stops accepting the token; an hour after it was obtained when TikTok did not say.
     *
     * @return the end
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns the user's shop.
     *
     * @return TikTok's shop id
     */
    public String shopId() {
        return shopId;
    }

    /**
     * Returns what calls name {@code shop_cipher}.
     *
     * @return the cipher, or {@code null} if TikTok gave none for this shop
     */
    public @Nullable String shopCipher() {
        return shopCipher;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessToken that
                && value.equals(that.value)
                && expiresAt.equals(that.expiresAt)
                && shopId.equals(that.shopId)
                && Objects.equals(shopCipher, that.shopCipher);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, expiresAt, shopId, shopCipher);
    }

    /**
     * Returns shop and end, without the token.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "AccessToken[for shop " + shopId + ", until " + expiresAt + "]";
    }
}
