package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A shop as TikTok's shop list gives it.
 *
 * @param shopId TikTok's id: up to 19 digits, beyond 2<sup>53</sup>, therefore text
 * @param name the display name, if TikTok gave one
 * @param region the market, for example {@code GB}, if TikTok gave one
 * @param cipher what other calls name {@code shop_cipher}, if TikTok gave one
 */
public record StoredShop(
        String shopId,
        @Nullable String name,
        @Nullable String region,
        @Nullable String cipher) {}
