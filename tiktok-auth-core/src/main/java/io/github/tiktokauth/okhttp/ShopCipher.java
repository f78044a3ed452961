package io.github.tiktokauth.okhttp;

/**
 * Says of one call whether it carries the user's {@code shop_cipher}, where the built-in rule would get it wrong: tag the
 * request, as in {@code new Request.Builder().tag(ShopCipher.class, ShopCipher.OMIT)}. A {@code shop_cipher} that is in the
 * request's query already is always left as it is.
 *
 * <p>The rule, after TikTok's reference as of November 2026: all calls carry it but those that are about the seller, a creator
 * or a partner and not about one shop ({@code /authorization/…}, {@code /seller/…}, {@code /affiliate_creator/…},
 * {@code /affiliate_partner/…}, {@code /supply_chain/…}), global products, categories and warehouses, compliance data, size
 * charts, new brands, bundles, and uploads of product images and files.
 */
public enum ShopCipher {
    /** Send it. */
    ADD,
    /** Do not send it. */
    OMIT
}
