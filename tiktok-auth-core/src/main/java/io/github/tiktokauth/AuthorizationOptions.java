package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * What a host may give along when it starts a consent.
 *
 * @param userId the user of the host's authenticated session
 * @param hostState a value of the host's own, for example where to go afterwards; it is kept encrypted, comes back with
 *     {@link ConnectedShop#hostState()}, and never replaces the random state; at most 1,000 characters
 * @param scope the scope the host wishes for; TikTok's consent link has no scope parameter, scopes are chosen in Partner
 *     Center, so this is only remembered; at most 1,000 characters
 * @param browserBinding what ties the consent to one browser: a second secret from a cookie, or the id of the host's
 *     session; the callback must then bring the same; never blank, because a cookie that could not be read often is, and
 *     would then fit every such browser
 */
public record AuthorizationOptions(
        String userId,
        @Nullable String hostState,
        @Nullable String scope,
        @Nullable String browserBinding) {

    /**
     * Options for a user, with nothing else.
     *
     * @param userId the user of the host's authenticated session
     * @return the options
     */
    public static AuthorizationOptions forUser(String userId) {
        return new AuthorizationOptions(userId, null, null, null);
    }

    /**
     * With a value of the host's own.
     *
     * @param value the value, or {@code null} for none
     * @return other options
     */
    public AuthorizationOptions withHostState(@Nullable String value) {
        return new AuthorizationOptions(userId, value, scope, browserBinding);
    }

    /**
     * With the scope the host wishes for.
     *
     * @param value the scope, or {@code null} for none
     * @return other options
     */
    public AuthorizationOptions withScope(@Nullable String value) {
        return new AuthorizationOptions(userId, hostState, value, browserBinding);
    }

    /**
     * Bound to a browser.
     *
     * @param value the secret that the callback must bring too, or {@code null} for none
     * @return other options
     */
    public AuthorizationOptions withBrowserBinding(@Nullable String value) {
        return new AuthorizationOptions(userId, hostState, scope, value);
    }

    /**
     * Without the values.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "AuthorizationOptions[for user " + userId + "]";
    }
}
