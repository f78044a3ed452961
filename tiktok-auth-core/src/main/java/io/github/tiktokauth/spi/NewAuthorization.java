package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a completed consent hands to {@link TokenStore#connect}.
 *
 * @param userId the host's user
 * @param appKey the App Key of the TikTok app that the seller authorized
 * @param shop the shop to connect
 * @param tokens the encrypted tokens
 * @param authorizedShops how many shops the seller authorized in this consent, or {@code null} if that is not known
 */
public record NewAuthorization(
        String userId,
        String appKey,
        StoredShop shop,
        StoredTokens tokens,
        @Nullable Integer authorizedShops) {}
