package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * Asks to connect a shop with a parked code; see {@link TikTokAuth#parkCallback}. Immutable; no record or bean, so that its
 * secrets are not written anywhere by accident.
 *
 * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
 */
public final class ClaimRequest {

    private final String userId;
    private final transient @Nullable String claim;
    private final @Nullable String shopId;
    private final @Nullable String region;
    private final transient @Nullable String browserBinding;

    private ClaimRequest(
            String userId,
            @Nullable String claim,
            @Nullable String shopId,
            @Nullable String region,
            @Nullable String browserBinding) {
        this.userId = userId;
        this.claim = claim;
        this.shopId = shopId;
        this.region = region;
        this.browserBinding = browserBinding;
    }

    /**
     * Creates a request with user and claim only.
     *
     * @param userId the user of the host's authenticated session
     * @param claim what {@link TikTokAuth#parkCallback} returned, or {@code null} if the browser brought none
     * @return the request
     */
    public static ClaimRequest of(String userId, @Nullable String claim) {
        return new ClaimRequest(userId, claim, null, null, null);
    }

    /**
     * Returns a copy with the shop to connect.
     *
     * @param shopId TikTok's shop id, or {@code null} for no preference
     * @return the copy
     */
    public ClaimRequest withShopId(@Nullable String shopId) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the market to connect.
     *
     * @param region the region, or {@code null} for no preference
     * @return the copy
     */
    public ClaimRequest withRegion(@Nullable String region) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the secret that binds the claim to a browser.
     *
     * @param browserBinding the secret given to {@link TikTokAuth#parkCallback}, or {@code null} if none was given
     * @return the copy
     */
    public ClaimRequest withBrowserBinding(@Nullable String browserBinding) {
        return new ClaimRequest(userId, claim, shopId, region, browserBinding);
    }

    /**
     * Returns the user of the host's authenticated session, who confirmed.
     *
     * @return the user id
     */
    public String userId() {
        return userId;
    }

    /**
     * Returns what {@link TikTokAuth#parkCallback} returned.
     *
     * @return the claim, or {@code null} if the browser brought none
     */
    public @Nullable String claim() {
        return claim;
    }

    /**
     * Returns the shop to connect when the consent covers several; if given it must be one of them.
     *
     * @return TikTok's shop id, or {@code null} for no preference
     */
    public @Nullable String shopId() {
        return shopId;
    }

    /**
     * Returns the market to connect when the consent covers several shops, for example {@code GB}.
     *
     * @return the region, or {@code null} for no preference
     */
    public @Nullable String region() {
        return region;
    }

    /**
     * Returns the secret given to {@link TikTokAuth#parkCallback}.
     *
     * @return the secret, or {@code null} if none was given
     */
    public @Nullable String browserBinding() {
        return browserBinding;
    }

    /**
     * Returns the user, without the secrets.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "ClaimRequest[of user " + userId + "]";
    }
}
