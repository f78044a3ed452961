package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * What came back from TikTok's consent page.
 *
 * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
 *
 * @param userId the user of the host's authenticated session
 * @param code the query parameter {@code code}, if there was one
 * @param state the query parameter {@code state}, if there was one
 * @param error the query parameter {@code error}, if there was one
 * @param shopId the shop to connect when the consent covers several; if given it must be one of them
 * @param region the market to connect when the consent covers several shops, for example {@code GB}
 * @param browserBinding the secret given with {@link AuthorizationOptions#browserBinding()}, if one was
 */
public record CallbackRequest(
        String userId,
        @Nullable String code,
        @Nullable String state,
        @Nullable String error,
        @Nullable String shopId,
        @Nullable String region,
        @Nullable String browserBinding) {

    /**
     * A callback with its two usual parameters.
     *
     * @param userId the user of the host's authenticated session
     * @param code the query parameter {@code code}, or {@code null}
     * @param state the query parameter {@code state}, or {@code null}
     * @return the request
     */
    public static CallbackRequest of(String userId, @Nullable String code, @Nullable String state) {
        return new CallbackRequest(userId, code, state, null, null, null, null);
    }

    /**
     * With the error parameter, as a denial has it.
     *
     * @param value the query parameter {@code error}, or {@code null}
     * @return another request
     */
    public CallbackRequest withError(@Nullable String value) {
        return new CallbackRequest(userId, code, state, value, shopId, region, browserBinding);
    }

    /**
     * With the shop to connect.
     *
     * @param value TikTok's shop id, or {@code null} for no wish
     * @return another request
     */
    public CallbackRequest withShopId(@Nullable String value) {
        return new CallbackRequest(userId, code, state, error, value, region, browserBinding);
    }

    /**
     * With the market to connect.
     *
     * @param value the region, or {@code null} for no wish
     * @return another request
     */
    public CallbackRequest withRegion(@Nullable String value) {
        return new CallbackRequest(userId, code, state, error, shopId, value, browserBinding);
    }

    /**
     * With the secret that binds it to a browser.
     *
     * @param value the same as at the start, or {@code null} if none was given
     * @return another request
     */
    public CallbackRequest withBrowserBinding(@Nullable String value) {
        return new CallbackRequest(userId, code, state, error, shopId, region, value);
    }

    /**
     * Without code, state and binding.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "CallbackRequest[of user " + userId + "]";
    }
}
