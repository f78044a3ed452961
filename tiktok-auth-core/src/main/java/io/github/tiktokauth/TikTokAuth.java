package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * Holds the TikTok Shop authorizations of a host application's users: connects shops by OAuth, and provides access tokens that
 * work. One instance per TikTok app and process, for the life of the process; any number of processes over one store. Safe for
 * use by many threads.
 *
 * <p>{@code userId} is always the user of the host's authenticated session, never a value from a request's query string.
 *
 * <p>Every method may throw {@link StorageException} when the store fails, and {@link IllegalArgumentException} for a user id
 * that no store can hold. The other exceptions are named at each method. All are unchecked.
 *
 * <p>A call that needs a refresh runs it on a daemon thread of this library, which ends when idle, and waits for it. The refresh
 * continues when the caller's time is up or its thread is interrupted, so that no answer of TikTok's is lost. A call that finds a
 * {@linkplain Freshness#STALE stale} token has it refreshed in the background; see {@link TikTokAuthBuilder#refreshExecutor}.
 * So is a connection checked after a webhook says that the seller ended it; nothing else runs in the background. Stores, cipher and listeners are therefore called on threads of this library as well as on
 * the host's, without the host's thread-locals (a transaction, a tenant, a logging context).
 *
 * <p>Logs to SLF4J, all loggers below {@code io.github.tiktokauth}, users and their refreshes to {@code
 * io.github.tiktokauth.TikTokAuth}. No log line contains a token, code, state, key or app secret.
 */
public final class TikTokAuth implements AutoCloseable {

    private final Services services;

    TikTokAuth(Services services) {
        this.services = services;
    }

    /**
     * Creates a builder.
     *
     * @param config the app's settings
     * @return a builder that still needs a token store and a state store, and a cipher if the settings name no keys
     */
    public static TikTokAuthBuilder builder(TikTokConfig config) {
        return new TikTokAuthBuilder(config);
    }

    /**
     * Starts a consent. Redirect the user's browser to {@link AuthorizationRequest#authUrl()} within ten minutes.
     *
     * @param userId the user of the host's authenticated session
     * @return URL and state
     */
    public AuthorizationRequest initiate(String userId) {
        return initiate(AuthorizationOptions.forUser(userId));
    }

    /**
     * Starts a consent that carries a value of the host's own, or is bound to a browser. A user may have up to ten consents open
     * at a time; the oldest is dropped for a new one.
     *
     * @param options user and options
     * @return URL and state
     */
    public AuthorizationRequest initiate(AuthorizationOptions options) {
        return StoreErrors.translate(() -> services.consents().initiate(options));
    }

    /**
     * Completes a consent: {@link #callback(CallbackRequest)} with the two usual parameters.
     *
     * @param userId the user of the host's authenticated session, never a value from the query string
     * @param code the query parameter {@code code}, or {@code null} if there was none
     * @param state the query parameter {@code state}, or {@code null} if there was none
     * @return the connected shop
     */
    public ConnectedShop callback(String userId, @Nullable String code, @Nullable String state) {
        return callback(CallbackRequest.of(userId, code, state));
    }

    /**
     * Completes a consent.
     *
     * @param request the parameters of the callback; its user is the one of the host's authenticated session, never a value from
     *     the query string
     * @return the connected shop
     * @throws CallbackRejectedException when the callback connects nothing; nothing stored was changed
     * @throws ShopConflictException when the shop or the user is taken
     * @throws TikTokUnavailableException when TikTok gives no usable answer; the code may be spent, start again
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public ConnectedShop callback(CallbackRequest request) {
        return services.connecting(request.userId(), () -> services.consents().spend(request));
    }

    /**
     * Encrypts a code that came back without a state into a claim, as TikTok sends one after an installation from its App Store
     * or from Seller Center. Such a code is bound to no user: let a signed-in user confirm, then call {@link #claimParked}.
     * Nothing is stored until then. A claim can be used once, for 30 minutes, which is the lifetime of the code.
     *
     * @param code the query parameter {@code code}, or {@code null} if there was none
     * @param browserBinding a secret that ties the claim to one browser, as in {@link AuthorizationOptions#browserBinding()}, or
     *     {@code null}
     * @return the claim, a one-time secret of at most 1,500 characters; keep it in the browser's session or in a cookie, not in a
     *     URL
     * @throws CallbackRejectedException when there is no usable code, or one of more than 800 characters
     */
    public String parkCallback(@Nullable String code, @Nullable String browserBinding) {
        return StoreErrors.translate(
                () -> services.rejecting(() -> services.claims().park(code, browserBinding)));
    }

    /**
     * Completes a parked consent for the user who confirmed it.
     *
     * @param request user, claim, and the browser binding if one was given; its user is the one of the host's authenticated
     *     session
     * @return the connected shop
     * @throws CallbackRejectedException when the claim is unknown, used, expired, or of another browser, or TikTok refuses
     * @throws ShopConflictException when the shop or the user is taken
     * @throws TikTokUnavailableException when TikTok gives no usable answer; the code may be spent, start again
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public ConnectedShop claimParked(ClaimRequest request) {
        return services.connecting(request.userId(), () -> services.claims().spend(request));
    }

    /**
     * Receives a webhook: verifies it, and handles the types that concern an authorization, once among all nodes. After a
     * seller's deauthorization (type 6) TikTok is asked in the background whether the token still works; if not, the
     * connection is marked. A notice of an ending authorization (type 7) becomes an {@link
     * AuthorizationEvent.AuthorizationEnding}. Other types are the host's to handle when the outcome is {@link
     * WebhookReceipt.Outcome#ACCEPTED}.
     *
     * @param body the bytes as received, before any parsing
     * @param authorization the header {@code Authorization}, or {@code null} if there was none
     * @return the HTTP status to answer with, and the notification
     * @throws TikTokUnavailableException when this node is too busy to check with TikTok; answer with an error, so that TikTok
     *     delivers the webhook again
     */
    public WebhookReceipt receiveWebhook(byte[] body, @Nullable String authorization) {
        return StoreErrors.translate(() -> services.webhooks().receive(body, authorization));
    }

    /**
     * Returns an access token that works: valid for at least the safety margin, unless TikTok gives no newer one while an older
     * one is still valid. It usually comes from memory, otherwise from one read of the store; it is refreshed only when needed.
     * Callers who need the same refresh share it, across threads and nodes.
     *
     * @param userId the user of the host's authenticated session
     * @return token, end and shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when the token has ended, and TikTok gives no new one or not in time
     * @throws ConfigurationException when the token has ended and TikTok does not accept the app's settings
     */
    public AccessToken getValidAccessToken(String userId) {
        return services.tokens().valid(userId);
    }

    /**
     * Returns a new access token although the present one may be valid; joins a refresh under way. It ignores the cool-down
     * after a failed refresh, so call it when a person asks, not in a loop.
     *
     * @param userId the user of the host's authenticated session
     * @return token, end and shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when TikTok gives no new token
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public AccessToken refresh(String userId) {
        return StoreErrors.translate(() -> services.tokens().refresh(Text.userId(userId)));
    }

    /**
     * Returns another access token than the one that TikTok has just refused as invalid or expired: the stored one if it is
     * newer, otherwise a refreshed one. Call it once for a refused request, and repeat the request once.
     *
     * @param userId the user of the host's authenticated session
     * @param refused the token that TikTok refused
     * @return token, end and shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when TikTok gives no new token
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public AccessToken replaceRefusedToken(String userId, AccessToken refused) {
        return StoreErrors.translate(() -> services.tokens().replace(Text.userId(userId), refused));
    }

    /**
     * Returns the connected shop, as stored.
     *
     * @param userId the user of the host's authenticated session
     * @return the shop
     * @throws AuthorizationRequiredException when the user has no connection
     */
    public ShopInfo shopInfo(String userId) {
        return StoreErrors.translate(() -> services.connections().shopInfo(userId));
    }

    /**
     * Returns the stored connection status. Never fails because the user is not connected.
     *
     * @param userId the user of the host's authenticated session
     * @return the status
     */
    public ConnectionStatus status(String userId) {
        return StoreErrors.translate(() -> services.connections().status(userId));
    }

    /**
     * Ends the user's connection in this library only: erases the tokens and releases the shop. The seller ends it at TikTok, in
     * Seller Center (App Store, My apps). A refresh under way does not bring the connection back.
     *
     * @param userId the user of the host's authenticated session
     * @return whether there was a connection
     */
    public boolean disconnect(String userId) {
        return services.changing(userId, () -> services.connections().disconnect(userId));
    }

    /**
     * Removes everything stored about a user, history included, as for a deleted account.
     *
     * @param userId the host's user
     * @return how many entries were removed
     */
    public int erase(String userId) {
        return services.changing(userId, () -> services.connections().erase(userId));
    }

    /**
     * Returns the operations for schedulers and operators: refreshing rarely used connections, rotating encryption keys,
     * diagnosis.
     *
     * @return the operations, safe for use by many threads
     */
    public Maintenance maintenance() {
        return services.maintenance();
    }

    /**
     * Returns what signs calls to TikTok's gateway. With OkHttp, {@link io.github.tiktokauth.okhttp.TikTokShopClient} does this and
     * more.
     *
     * @return signs calls, safe for use by many threads
     */
    public SignedCalls signedCalls() {
        return services.signedCalls();
    }

    /**
     * Returns the settings that this instance was built with.
     *
     * @return the settings
     */
    public TikTokConfig config() {
        return services.config();
    }

    /**
     * Waits for refreshes under way, stores tokens that could not be stored before, and ends the threads. Call it before the
     * process ends: refreshes run on daemon threads. It waits for at most half a minute each for refreshes that are queued and
     * for those that have begun, and for the write budget. Afterwards tokens that need no refresh are still handed out; a token
     * that needs one is left to the other nodes.
     */
    @Override
    public void close() {
        services.close();
    }
}
