package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * The one-time state of a consent under way.
 *
 * <p>Stores should construct it with {@link #builder}: later versions may add components.
 *
 * @param hash the state's SHA-256 as 64 hexadecimal digits
 * @param userId the host's user that the state was made for
 * @param appKey the App Key of the TikTok app that the consent is for
 * @param bindingHash the SHA-256 of what binds the state to a browser, or {@code null} when the host gave nothing
 * @param hostState the host's own value, encrypted, or {@code null} when the host gave none; up to several thousand characters
 * @param scope the scope that the host wished for, at most 1,000 characters, or {@code null}
 */
public record StoredState(
        String hash,
        String userId,
        String appKey,
        @Nullable String bindingHash,
        @Nullable String hostState,
        @Nullable String scope) {

    /**
     * Returns a builder with the mandatory values set.
     *
     * @param hash the state's SHA-256 as 64 hexadecimal digits
     * @param userId the host's user
     * @param appKey the App Key of the TikTok app
     * @return a new builder
     */
    public static Builder builder(String hash, String userId, String appKey) {
        return new Builder(hash, userId, appKey);
    }

    /**
     * Returns a text without the values.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "StoredState[of user " + userId + "]";
    }

    /** Builds a {@link StoredState}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String hash;
        private final String userId;
        private final String appKey;
        private @Nullable String bindingHash;
        private @Nullable String hostState;
        private @Nullable String scope;

        private Builder(String hash, String userId, String appKey) {
            this.hash = hash;
            this.userId = userId;
            this.appKey = appKey;
        }

        /**
         * Sets the SHA-256 of what binds the state to a browser.
         *
         * @param bindingHash 64 hexadecimal digits, or {@code null} for none
         * @return this builder
         */
        public Builder bindingHash(@Nullable String bindingHash) {
            this.bindingHash = bindingHash;
            return this;
        }

        /**
         * Sets the host's own value.
         *
         * @param hostState the encrypted value, or {@code null} for none
         * @return this builder
         */
        public Builder hostState(@Nullable String hostState) {
            this.hostState = hostState;
            return this;
        }

        /**
         * Sets the scope that the host wished for.
         *
         * @param scope the scope, or {@code null} for none
         * @return this builder
         */
        public Builder scope(@Nullable String scope) {
            this.scope = scope;
            return this;
        }

        /**
         * Builds the state.
         *
         * @return a new state
         */
        public StoredState build() {
            return new StoredState(hash, userId, appKey, bindingHash, hostState, scope);
        }
    }
}
