package io.github.tiktokauth.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of an old table, as far as it says anything.
 *
 * @param id the id as the driver gives it, for the next page's beginning
 * @param sourceId the id as text
 * @param userId the user
 * @param shopId the shop
 * @param shopName the shop's name
 * @param accessToken in plaintext
 * @param refreshToken in plaintext
 * @param accessTokenExpiresAt may be computed wrongly
 * @param refreshTokenExpiresAt may be computed wrongly
 * @param scope the scopes
 * @param region the market
 * @param isDisconnected whether the row says so in one way or another
 * @param createdAt when the row was made
 * @param updatedAt when the row was changed last
 * @param storeTime what the database's clock said at the reading
 */
record LegacyRow(
        Object id,
        String sourceId,
        @Nullable String userId,
        @Nullable String shopId,
        @Nullable String shopName,
        @Nullable String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String scope,
        @Nullable String region,
        boolean isDisconnected,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        Instant storeTime) {

    /** Without the tokens. */
    @Override
    public String toString() {
        return "LegacyRow[" + sourceId + "]";
    }
}
