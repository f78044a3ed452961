package io.github.tiktokauth.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account at the simulated TikTok Shop.
 *
 * @param id a short name for tests and for the consent page; TikTok knows nothing like it
 * @param openId the account's id in token answers
 * @param sellerName the name in token answers, or {@code null} as TikTok sometimes has it
 * @param region the base region in token answers, or {@code null} to leave it out
 * @param userType 0 seller, 4 and 5 global-selling sellers, 1 creator, 2 and 3 partner
 * @param scopes what is granted
 * @param shops the shops, in the order in which TikTok lists them; may be empty
 */
public record SimulatedSeller(
        String id,
        String openId,
        @Nullable String sellerName,
        @Nullable String region,
        int userType,
        List<String> scopes,
        List<SimulatedShop> shops) {

    /** Preconfigured, and the default: one local shop in GB. */
    public static final String ONE_SHOP = "one-shop";

    /** Preconfigured: another seller with one local shop, in TH, with a name in Thai letters. */
    public static final String ANOTHER_SHOP = "another-shop";

    /** Preconfigured: a global seller with four cross-border shops, two of them in one market. */
    public static final String SEVERAL_SHOPS = "several-shops";

    /** Preconfigured: a seller without any shop. */
    public static final String NO_SHOP = "no-shop";

    /** Preconfigured: a creator, {@code user_type} 1, who cannot hold a shop. */
    public static final String CREATOR = "creator";

    /** Preconfigured: a seller of a US shop whose token answer has {@code seller_name} null and no base region. */
    public static final String NAMELESS = "nameless";

    /** The default scopes of a seller. */
    public static final List<String> DEFAULT_SCOPES =
            List.of("seller.authorization.info", "seller.shop.info", "seller.product.basic", "seller.order.info");

    /**
     * Returns a local seller. The open id is derived from the id, so it is the same in every process.
     *
     * @param id a short name
     * @param sellerName the seller's name
     * @param region the base region
     * @param shops the shops; none is fine
     * @return a seller with the {@linkplain #DEFAULT_SCOPES usual scopes}
     */
    public static SimulatedSeller of(String id, String sellerName, String region, SimulatedShop... shops) {
        return new SimulatedSeller(id, openIdOf(id), sellerName, region, 0, DEFAULT_SCOPES, List.of(shops));
    }

    /**
     * Returns a seller with one local shop in GB, everything derived from the id.
     *
     * @param id a short name
     * @return a seller
     */
    public static SimulatedSeller withOneShop(String id) {
        return of(id, "Seller " + id, "GB", SimulatedShop.local("Shop of " + id, "GB"));
    }

    /**
     * Returns a copy with another name.
     *
     * @param sellerName the name, or {@code null}
     * @return the copy
     */
    public SimulatedSeller withSellerName(@Nullable String sellerName) {
        return new SimulatedSeller(id, openId, sellerName, region, userType, scopes, shops);
    }

    /**
     * Returns a copy with another base region.
     *
     * @param region the region, or {@code null} to leave it out
     * @return the copy
     */
    public SimulatedSeller withRegion(@Nullable String region) {
        return new SimulatedSeller(id, openId, sellerName, region, userType, scopes, shops);
    }

    /**
     * Returns a copy of another type.
     *
     * @param userType TikTok's {@code user_type}
     * @return the copy
     */
    public SimulatedSeller withUserType(int userType) {
        return new SimulatedSeller(id, openId, sellerName, region, userType, scopes, shops);
    }

    /**
     * Returns a copy with other scopes.
     *
     * @param scopes what is granted
     * @return the copy
     */
    public SimulatedSeller withScopes(String... scopes) {
        return new SimulatedSeller(id, openId, sellerName, region, userType, List.of(scopes), shops);
    }

    /**
     * Returns a copy with other shops.
     *
     * @param shops the shops
     * @return the copy
     */
    public SimulatedSeller withShops(SimulatedShop... shops) {
        return new SimulatedSeller(id, openId, sellerName, region, userType, scopes, List.of(shops));
    }

    boolean canHoldShops() {
        return userType == 0 || userType == 4 || userType == 5;
    }

    static String openIdOf(String id) {
        return DerivedIds.text("open-id", id, 40);
    }
}
