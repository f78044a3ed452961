package io.github.tiktokauth.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One active authorization as it was at one moment.
 *
 * <p>Stores should construct it with {@link #builder()}: later versions may add components.
 *
 * @param id the connection's id, at most 36 characters
 * @param userId the host's user
 * @param appKey the App Key of the TikTok app that the tokens belong to; {@code null} only for a row that was adopted from
 *     elsewhere and has not been refreshed since
 * @param shop the shop
 * @param tokens the encrypted tokens
 * @param tokensObtainedAt when these tokens were written, on the storage's clock
 * @param authorizedAt when the seller last gave consent, on the storage's clock
 * @param authorizedShops how many shops the seller authorized in that consent, or {@code null} if that is not known
 * @param generation grows with each token write
 * @param refresh lease, cool-down, failures and the re-authorization mark
 * @param checkRequestedAt when it was last asked to check this connection with TikTok, or {@code null} when no check is due
 * @param checkNotBefore until when no node should begin that check, or {@code null}
 * @param createdAt when the connection was made, on the storage's clock
 * @param updatedAt when the entry was changed last, on the storage's clock
 * @param storeTime what the storage's clock said at this reading; the library judges every expiry by it, so that a node
 *     whose own clock is wrong never returns an expired token
 */
public record StoredAuthorization(
        String id,
        String userId,
        @Nullable String appKey,
        StoredShop shop,
        StoredTokens tokens,
        Instant tokensObtainedAt,
        Instant authorizedAt,
        @Nullable Integer authorizedShops,
        long generation,
        RefreshState refresh,
        @Nullable Instant checkRequestedAt,
        @Nullable Instant checkNotBefore,
        Instant createdAt,
        Instant updatedAt,
        Instant storeTime) {

    /**
     * Returns a builder with nothing set.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of this authorization.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder()
                .id(id)
                .userId(userId)
                .appKey(appKey)
                .shop(shop)
                .tokens(tokens)
                .tokensObtainedAt(tokensObtainedAt)
                .authorizedAt(authorizedAt)
                .authorizedShops(authorizedShops)
                .generation(generation)
                .refresh(refresh)
                .checkRequestedAt(checkRequestedAt)
                .checkNotBefore(checkNotBefore)
                .createdAt(createdAt)
                .updatedAt(updatedAt)
                .storeTime(storeTime);
    }

    /** Builds a {@link StoredAuthorization}. Not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable String userId;
        private @Nullable String appKey;
        private @Nullable StoredShop shop;
        private @Nullable StoredTokens tokens;
        private @Nullable Instant tokensObtainedAt;
        private @Nullable Instant authorizedAt;
        private @Nullable Integer authorizedShops;
        private long generation;
        private RefreshState refresh = RefreshState.CLEAR;
        private @Nullable Instant checkRequestedAt;
        private @Nullable Instant checkNotBefore;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable Instant storeTime;

        private Builder() {}

        /**
         * Sets the connection's id; mandatory.
         *
         * @param id at most 36 characters
         * @return this builder
         */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /**
         * Sets the host's user; mandatory.
         *
         * @param userId the user
         * @return this builder
         */
        public Builder userId(String userId) {
            this.userId = userId;
            return this;
        }

        /**
         * Sets the App Key of the TikTok app that the tokens belong to.
         *
         * @param appKey the App Key, or {@code null} for an adopted row
         * @return this builder
         */
        public Builder appKey(@Nullable String appKey) {
            this.appKey = appKey;
            return this;
        }

        /**
         * Sets the shop; mandatory.
         *
         * @param shop the shop
         * @return this builder
         */
        public Builder shop(StoredShop shop) {
            this.shop = shop;
            return this;
        }

        /**
         * Sets the tokens; mandatory.
         *
         * @param tokens the encrypted tokens
         * @return this builder
         */
        public Builder tokens(StoredTokens tokens) {
            this.tokens = tokens;
            return this;
        }

        /**
         * Sets when the tokens were written; mandatory.
         *
         * @param tokensObtainedAt an instant of the storage's clock
         * @return this builder
         */
        public Builder tokensObtainedAt(Instant tokensObtainedAt) {
            this.tokensObtainedAt = tokensObtainedAt;
            return this;
        }

        /**
         * Sets when the seller last gave consent; mandatory.
         *
         * @param authorizedAt an instant of the storage's clock
         * @return this builder
         */
        public Builder authorizedAt(Instant authorizedAt) {
            this.authorizedAt = authorizedAt;
            return this;
        }

        /**
         * Sets how many shops the seller authorized.
         *
         * @param authorizedShops the number, or {@code null} if it is not known
         * @return this builder
         */
        public Builder authorizedShops(@Nullable Integer authorizedShops) {
            this.authorizedShops = authorizedShops;
            return this;
        }

        /**
         * Sets the generation; mandatory.
         *
         * @param generation 1 or more
         * @return this builder
         */
        public Builder generation(long generation) {
            this.generation = generation;
            return this;
        }

        /**
         * Sets lease, cool-down, failures and mark; none of them without this call.
         *
         * @param refresh the state
         * @return this builder
         */
        public Builder refresh(RefreshState refresh) {
            this.refresh = refresh;
            return this;
        }

        /**
         * Sets when it was last asked to check the connection with TikTok.
         *
         * @param checkRequestedAt an instant of the storage's clock, or {@code null} when no check is due
         * @return this builder
         */
        public Builder checkRequestedAt(@Nullable Instant checkRequestedAt) {
            this.checkRequestedAt = checkRequestedAt;
            return this;
        }

        /**
         * Sets until when no node should begin that check.
         *
         * @param checkNotBefore an instant of the storage's clock, or {@code null}
         * @return this builder
         */
        public Builder checkNotBefore(@Nullable Instant checkNotBefore) {
            this.checkNotBefore = checkNotBefore;
            return this;
        }

        /**
         * Sets when the connection was made; mandatory.
         *
         * @param createdAt an instant of the storage's clock
         * @return this builder
         */
        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets when the entry was changed last; mandatory.
         *
         * @param updatedAt an instant of the storage's clock
         * @return this builder
         */
        public Builder updatedAt(Instant updatedAt) {
            this.updatedAt = updatedAt;
            return this;
        }

        /**
         * Sets what the storage's clock said at the reading; mandatory.
         *
         * @param storeTime an instant of the storage's clock
         * @return this builder
         */
        public Builder storeTime(Instant storeTime) {
            this.storeTime = storeTime;
            return this;
        }

        /**
         * Builds the authorization.
         *
         * @return a new authorization
         * @throws NullPointerException naming a mandatory value that is not set
         */
        public StoredAuthorization build() {
            return new StoredAuthorization(
                    Objects.requireNonNull(id, "id"),
                    Objects.requireNonNull(userId, "userId"),
                    appKey,
                    Objects.requireNonNull(shop, "shop"),
                    Objects.requireNonNull(tokens, "tokens"),
                    Objects.requireNonNull(tokensObtainedAt, "tokensObtainedAt"),
                    Objects.requireNonNull(authorizedAt, "authorizedAt"),
                    authorizedShops,
                    generation,
                    refresh,
                    checkRequestedAt,
                    checkNotBefore,
                    Objects.requireNonNull(createdAt, "createdAt"),
                    Objects.requireNonNull(updatedAt, "updatedAt"),
                    Objects.requireNonNull(storeTime, "storeTime"));
        }
    }
}
