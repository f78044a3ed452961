package io.github.tiktokauth.client;

/**
 * States for one call whether it carries the user's {@code shop_cipher}, where the built-in rule is wrong. With OkHttp, tag the
 * request: {@code new Request.Builder().tag(ShopCipher.class, ShopCipher.OMIT)}. A {@code shop_cipher} that is already in the
 * request's query is always left as it is.
 *
 * <p>The rule, after TikTok's reference as of November 2026: all calls carry it except those that concern the seller, a creator
 * or a partner and not one shop ({@code /authorization/…}, {@code /seller/…}, {@code /affiliate_creator/…},
 * {@code /affiliate_partner/…}, {@code /supply_chain/…}), global products, categories and warehouses, compliance data, size
 * charts, new brands, bundles, and uploads of product images and files.
 */
public enum ShopCipher {
    /** Send it. */
    ADD,
    /** Do not send it. */
    OMIT
}
