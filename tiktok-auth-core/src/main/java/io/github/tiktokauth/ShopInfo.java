package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connected shop.
 *
 * @param shopId TikTok's id; up to 19 digits, therefore text
 * @param shopName the display name, if TikTok gave one
 * @param region the market, for example {@code GB}, if TikTok gave one
 * @param shopCipher what calls name {@code shop_cipher}, if TikTok gave one
 * @param scope the granted scopes, separated by blanks, if TikTok named them
 * @param createdAt when it was connected
 * @param updatedAt when anything about the connection changed last
 */
public record ShopInfo(
        String shopId,
        @Nullable String shopName,
        @Nullable String region,
        @Nullable String shopCipher,
        @Nullable String scope,
        Instant createdAt,
        Instant updatedAt) {

    static ShopInfo of(StoredAuthorization row) {
        return new ShopInfo(
                row.shop().shopId(),
                row.shop().name(),
                row.shop().region(),
                row.shop().cipher(),
                row.tokens().scope(),
                row.createdAt(),
                row.updatedAt());
    }
}
