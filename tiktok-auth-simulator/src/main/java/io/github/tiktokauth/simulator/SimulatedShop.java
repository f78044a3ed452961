package io.github.tiktokauth.simulator;

import java.util.Locale;

/**
 * A shop of a simulated seller.
 *
 * @param id TikTok's shop id: 19 digits, beyond what a double holds exactly
 * @param name the shop's name
 * @param region the market, for example {@code GB}
 * @param sellerType {@code LOCAL} or {@code CROSS_BORDER}
 * @param cipher what other calls name {@code shop_cipher}
 * @param code the shop's code for display
 * @param products how many products it offers
 */
public record SimulatedShop(
        String id, String name, String region, String sellerType, String cipher, String code, int products) {

    /**
     * Returns a local shop with 12 products. Id, cipher and code are derived from the name and the region, so they are the same in
     * every process.
     *
     * @param name the shop's name
     * @param region the market, for example {@code GB}
     * @return a shop
     */
    public static SimulatedShop local(String name, String region) {
        return of(name, region, "LOCAL");
    }

    /**
     * Returns a shop as {@link #local} does, of a cross-border seller.
     *
     * @param name the shop's name
     * @param region the market, for example {@code GB}
     * @return a shop
     */
    public static SimulatedShop crossBorder(String name, String region) {
        return of(name, region, "CROSS_BORDER");
    }

    /**
     * Returns a copy with another number of products.
     *
     * @param count how many; zero is fine
     * @return the copy
     */
    public SimulatedShop withProducts(int count) {
        return new SimulatedShop(id, name, region, sellerType, cipher, code, count);
    }

    private static SimulatedShop of(String name, String region, String sellerType) {
        String seed = name + "|" + region;
        return new SimulatedShop(
                DerivedIds.longId("shop", seed),
                name,
                region,
                sellerType,
                "ROW_" + DerivedIds.text("cipher", seed, 27),
                region + "LC" + DerivedIds.text("code", seed, 8).toUpperCase(Locale.ROOT),
                12);
    }
}
