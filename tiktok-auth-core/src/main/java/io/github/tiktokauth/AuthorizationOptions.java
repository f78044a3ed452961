package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * The options of a consent to be started. Immutable; no record or bean, so that its secrets are not written anywhere by accident.
 *
 * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
 */
public final class AuthorizationOptions {

    private final String userId;
    private final transient @Nullable String hostState;
    private final @Nullable String scope;
    private final transient @Nullable String browserBinding;

    private AuthorizationOptions(
            String userId, @Nullable String hostState, @Nullable String scope, @Nullable String browserBinding) {
        this.userId = userId;
        this.hostState = hostState;
        this.scope = scope;
        this.browserBinding = browserBinding;
    }

    /**
     * Creates options for a user, with nothing else.
     *
     * @param userId the user of the host's authenticated session
     * @return the options
     */
    public static AuthorizationOptions forUser(String userId) {
        return new AuthorizationOptions(userId, null, null, null);
    }

    /**
     * Returns a copy with a value of the host's own, for example where to go afterwards. It is stored encrypted, comes back with
     * {@link ConnectedShop#hostState()}, and never replaces the random state.
     *
     * @param hostState the value, at most 1,000 characters, or {@code null} for none
     * @return the copy
     */
    public AuthorizationOptions withHostState(@Nullable String hostState) {
        return new AuthorizationOptions(userId, hostState, scope, browserBinding);
    }

    /**
     * Returns a copy with the scope that the host asks for. TikTok's consent link has no scope parameter, scopes are chosen in
     * Partner Center, so it is only remembered.
     *
     * @param scope the scope, at most 1,000 characters, or {@code null} for none
     * @return the copy
     */
    public AuthorizationOptions withScope(@Nullable String scope) {
        return new AuthorizationOptions(userId, hostState, scope, browserBinding);
    }

    /**
     * Returns a copy with what ties the consent to one browser: a second secret from a cookie, or the id of the host's session.
     * The callback must then bring the same.
     *
     * @param browserBinding the secret, or {@code null} for none; never blank, because a cookie that cannot be read often is,
     *     and would then match every such browser
     * @return the copy
     */
    public AuthorizationOptions withBrowserBinding(@Nullable String browserBinding) {
        return new AuthorizationOptions(userId, hostState, scope, browserBinding);
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
     * Returns a value of the host's own.
     *
     * @return the value, or {@code null} for none
     */
    public @Nullable String hostState() {
        return hostState;
    }

    /**
     * Returns the scope that the host asks for.
     *
     * @return the scope, or {@code null} for none
     */
    public @Nullable String scope() {
        return scope;
    }

    /**
     * Returns what ties the consent to one browser.
     *
     * @return the secret, or {@code null} for none
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
        return "AuthorizationOptions[for user " + userId + "]";
    }
}
