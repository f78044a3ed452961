package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of one token response. They are written together or not at all.
 *
 * <p>Stores should construct it with {@link #builder}: later versions may add components.
 *
 * @param accessToken the encrypted access token
 * @param refreshToken the encrypted refresh token
 * @param accessTokenExpiresAt when the access token ends, in whole milliseconds; may lie beyond 2038
 * @param refreshTokenExpiresAt when the refresh token ends, in whole milliseconds; may lie beyond 2106; {@code null} when
 *     TikTok gave no usable end, which never counts as ended
 * @param openId the authorizing account at TikTok, or {@code null} if TikTok gave none
 * @param scope the granted scopes, separated by blanks, or {@code null} if TikTok gave none
 */
public record StoredTokens(
        String accessToken,
        String refreshToken,
        Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String openId,
        @Nullable String scope) {

    /**
     * Returns a builder with the mandatory values set.
     *
     * @param accessToken the encrypted access token
     * @param refreshToken the encrypted refresh token
     * @param accessTokenExpiresAt when the access token ends
     * @return a new builder
     */
    public static Builder builder(String accessToken, String refreshToken, Instant accessTokenExpiresAt) {
        return new Builder(accessToken, refreshToken, accessTokenExpiresAt);
    }

    /**
     * Returns a copy with other ciphertexts of the same tokens.
     *
     * @param accessToken the access token's ciphertext
     * @param refreshToken the refresh token's ciphertext
     * @return a copy
     */
    public StoredTokens withCiphertexts(String accessToken, String refreshToken) {
        return new StoredTokens(accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt, openId, scope);
    }

    /**
     * Returns a text without the tokens.
     *
     * @return the two ends
     */
    @Override
    public String toString() {
        return "StoredTokens[access token until " + accessTokenExpiresAt + ", refresh token until "
                + refreshTokenExpiresAt + "]";
    }

    /** Builds {@link StoredTokens}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String accessToken;
        private final String refreshToken;
        private final Instant accessTokenExpiresAt;
        private @Nullable Instant refreshTokenExpiresAt;
        private @Nullable String openId;
        private @Nullable String scope;

        private Builder(String accessToken, String refreshToken, Instant accessTokenExpiresAt) {
            this.accessToken = accessToken;
            this.refreshToken = refreshToken;
            this.accessTokenExpiresAt = accessTokenExpiresAt;
        }

        /**
         * Sets when the refresh token ends.
         *
         * @param refreshTokenExpiresAt the end, or {@code null} if it is not known
         * @return this builder
         */
        public Builder refreshTokenExpiresAt(@Nullable Instant refreshTokenExpiresAt) {
            this.refreshTokenExpiresAt = refreshTokenExpiresAt;
            return this;
        }

        /**
         * Sets the authorizing account at TikTok.
         *
         * @param openId the account's id, or {@code null} for none
         * @return this builder
         */
        public Builder openId(@Nullable String openId) {
            this.openId = openId;
            return this;
        }

        /**
         * Sets the granted scopes.
         *
         * @param scope the scopes, separated by blanks, or {@code null} for none
         * @return this builder
         */
        public Builder scope(@Nullable String scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Builds the tokens.
         *
         * @return new tokens
         */
        public StoredTokens build() {
            return new StoredTokens(
                    accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt, openId, scope);
        }
    }
}
