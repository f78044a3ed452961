package io.github.tiktokauth.spi;

/**
 * What a completed consent hands to {@link TokenStore#connect}.
 *
 * @param userId the host's user
 * @param shop the shop
 * @param tokens the tokens, encrypted
 */
public record NewAuthorization(String userId, StoredShop shop, StoredTokens tokens) {}
