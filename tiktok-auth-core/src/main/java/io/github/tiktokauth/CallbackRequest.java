package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a callback from TikTok's consent page. Immutable; no record or bean, so that its secrets are not written
 * anywhere by accident.
 *
 * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
 */
public final class CallbackRequest {

    private final String userId;
    private final transient @Nullable String code;
    private final transient @Nullable String state;
    private final @Nullable String error;
    private final @Nullable String shopId;
    private final @Nullable String region;
    private final transient @Nullable String browserBinding;

    private CallbackRequest(
            String userId,
            @Nullable String code,
            @Nullable String state,
            @Nullable String error,
            @Nullable String shopId,
            @Nullable String region,
            @Nullable String browserBinding) {
        this.userId = userId;
        this.code = code;
        this.state = state;
        this.error = error;
        this.shopId = shopId;
        this.region = region;
        this.browserBinding = browserBinding;
    }

    /**
     * Creates a request with the two usual parameters.
     *
     * @param userId the user of the host's authenticated session
     * @param code the query parameter {@code code}, or {@code null} if there was none
     * @param state the query parameter {@code state}, or {@code null} if there was none
     * @return the request
     */
    public static CallbackRequest of(String userId, @Nullable String code, @Nullable String state) {
        return new CallbackRequest(userId, code, state, null, null, null, null);
    }

    /**
     * Returns a copy with the error parameter, as a denial has it.
     *
     * @param error the query parameter {@code error}, or {@code null}
     * @return the copy
     */
    public CallbackRequest withError(@Nullable String error) {
        return new CallbackRequest(userId, code, state, error, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the shop to connect.
     *
     * @param shopId TikTok's shop id, or {@code null} for no preference
     * @return the copy
     */
    public CallbackRequest withShopId(@Nullable String shopId) {
        return new CallbackRequest(userId, code, state, error, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the market to connect.
     *
     * @param region the region, or {@code null} for no preference
     * @return the copy
     */
    public CallbackRequest withRegion(@Nullable String region) {
        return new CallbackRequest(userId, code, state, error, shopId, region, browserBinding);
    }

    /**
     * Returns a copy with the secret that binds the consent to a browser.
     *
     * @param browserBinding the same as at the start, or {@code null} if none was given
     * @return the copy
     */
    public CallbackRequest withBrowserBinding(@Nullable String browserBinding) {
        return new CallbackRequest(userId, code, state, error, shopId, region, browserBinding);
    }

    /**
     * Returns the user of the host's authenticated session.
     *
     * @return the user id
     */
    public String userId() {
        return userId;
    }

    /**
     * Returns the query parameter {@code code}.
     *
     * @return the code, or {@code null} if there was none
     */
    public @Nullable String code() {
        return code;
    }

    /**
     * Returns the query parameter {@code state}.
     *
     * @return the state, or {@code null} if there was none
     */
    public @Nullable String state() {
        return state;
    }

    /**
     * Returns the query parameter {@code error}.
     *
     * @return the error, or {@code null} if there was none
     */
    public @Nullable String error() {
        return error;
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
     * Returns the secret given with {@link AuthorizationOptions#browserBinding()}.
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
        return "CallbackRequest[of user " + userId + "]";
    }
}
