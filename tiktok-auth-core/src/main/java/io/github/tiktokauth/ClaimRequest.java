package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * Asks to connect a shop with a parked code; see {@link TikTokAuth#parkCallback}.
 *
 * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
 *
 * @param userId the user of the host's authenticated session, who confirmed
 * @param claim what {@link TikTokAuth#parkCallback} returned, or {@code null} if the browser brought none
 * @param shopId the shop to connect when the consent covers several, or {@code null}; if given it must be one of them
 * @param region the market to connect when the consent covers several shops, for example {@code GB}, or {@code null}
 * @param browserBinding the secret given to {@link TikTokAuth#parkCallback}, or {@code null} if none was
 */
public record ClaimRequest(
        String userId,
        @Nullable String claim,
        @Nullable String shopId,
        @Nullable String region,
        @Nullable String browserBinding) {

    /**
     * Returns a request with nothing but user and claim.
     *
     * @param userId the user of the host's authenticated session
     * @param claim what {@link TikTokAuth#parkCallback} returned, or {@code null}
     * @return a request
     */
    public static ClaimRequest of(String userId, @Nullable String claim) {
        return new ClaimRequest(userId, claim, null, null, null);
    }

    /**
     * Returns a copy with the shop to connect.
     *
     * @param shopId TikTok's shop id, or {@code null} for no preference
     * @return a copy
     */
    public ClaimRequest withShopId(@Nullable String shopId) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the market to connect.
     *
     * @param region the region, or {@code null} for no preference
     * @return a copy
     */
    public ClaimRequest withRegion(@Nullable String region) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the secret that binds the claim to a browser.
     *
     * @param browserBinding the secret given to {@link TikTokAuth#parkCallback}, or {@code null}
     * @return a copy
     */
    public ClaimRequest withBrowserBinding(@Nullable String browserBinding) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns a text without claim and binding.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "ClaimRequest[of user " + userId + "]";
    }
}
