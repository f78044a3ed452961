package io.github.tiktokauth;

import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.signing.SignedRequest;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the TikTok Shop authorizations of a host application's users: connects shops by OAuth, and hands out access tokens that
 * work. One instance per TikTok app and process, for the life of the process; any number of processes over one store.
 *
 * <p>Every method may throw {@link StorageException} when the store fails, and {@link IllegalArgumentException} for a user id
 * that no store can hold. The other exceptions stand at each method. All are unchecked.
 *
 * <p>Nothing runs in the background by itself. A call that needs a refresh starts it on a daemon thread of this library, which
 * ends when idle, and waits for it; the refresh goes on when the caller's time is up or its thread is interrupted, so that no
 * answer of TikTok's is lost. A call that meets a token soon to expire has it refreshed in the background; see {@link
 * TikTokAuthBuilder#refreshExecutor}. Therefore stores, cipher and listeners are called on threads of this library as well as on the
 * host's: what the host keeps in thread-locals (a transaction, a tenant, a logging context) is not there.
 */
public final class TikTokAuth implements AutoCloseable {

    private final Services services;

    TikTokAuth(Services services) {
        this.services = services;
    }

    /**
     * Starts building.
     *
     * @param config the app's settings
     * @return a builder that still wants a token store and a state store, and a cipher if the settings name no keys
     */
    public static TikTokAuthBuilder builder(TikTokConfig config) {
        return new TikTokAuthBuilder(config);
    }

    /**
     * Starts a consent. Send the user's browser to {@link AuthorizationRequest#authUrl()} within ten minutes.
     *
     * @param userId the user of the host's authenticated session
     * @return URL and state
     */
    public AuthorizationRequest initiate(String userId) {
        return initiate(AuthorizationOptions.forUser(userId));
    }

    /**
     * Starts a consent with a value of the host's own, or bound to a browser. Up to ten may be open for a user at a time; older
     * ones give way.
     *
     * @param options user and extras
     * @return URL and state
     */
    public AuthorizationRequest initiate(AuthorizationOptions options) {
        return guarded(() -> services.consents().initiate(options));
    }

    /**
     * Completes a consent.
     *
     * <p><b>{@code userId} is always the user of the host's authenticated session, never a value from the query string.</b>
     *
     * @param userId the user of the host's authenticated session
     * @param code the query parameter {@code code}, or {@code null} if there was none
     * @param state the query parameter {@code state}, or {@code null} if there was none
     * @return the shop that is connected now
     * @throws CallbackRejectedException when it connects nothing; nothing stored was changed
     * @throws ShopConflictException when the shop or the user is taken
     * @throws TikTokUnavailableException when TikTok gives no usable answer; the code may be spent, start anew
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public ConnectedShop callback(String userId, @Nullable String code, @Nullable String state) {
        return callback(CallbackRequest.of(userId, code, state));
    }

    /**
     * Completes a consent, choosing among several shops, telling of a denial, or bound to a browser.
     *
     * <p><b>The request's {@code userId} is always the user of the host's authenticated session, never a value from the query
     * string.</b>
     *
     * @param request what came back
     * @return the shop that is connected now
     * @throws CallbackRejectedException when it connects nothing; nothing stored was changed
     * @throws ShopConflictException when the shop or the user is taken
     * @throws TikTokUnavailableException when TikTok gives no usable answer; the code may be spent, start anew
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public ConnectedShop callback(CallbackRequest request) {
        return changing(
                request.userId(),
                () -> services.connections().connect(services.consents().spend(request)));
    }

    /**
     * Keeps a code that came back without a state, as TikTok sends it after an installation from its App Store or from Seller
     * Center. Such a code is bound to no user: let a signed-in user confirm, and then call {@link #claimParked}. It is kept
     * in the claim, encrypted, and can be claimed once, for 30 minutes, which is as long as it lives; nothing is stored until then.
     *
     * @param code the query parameter {@code code}, or {@code null} if there was none
     * @param browserBinding what ties the claim to one browser, as in {@link AuthorizationOptions#browserBinding()}, or {@code
     *     null}
     * @return the claim, a one-time secret of at most 1,500 characters; keep it in the browser's session or in a cookie, not in a
     *     URL
     * @throws CallbackRejectedException when there is no usable code, or one of more than 800 characters
     */
    public String parkCallback(@Nullable String code, @Nullable String browserBinding) {
        return guarded(() -> services.claims().park(code, browserBinding));
    }

    /**
     * Completes a parked consent for the user who confirmed it.
     *
     * <p><b>The request's {@code userId} is always the user of the host's authenticated session.</b>
     *
     * @param request user, claim, and the browser binding if one was given
     * @return the shop that is connected now
     * @throws CallbackRejectedException when the claim is unknown, used, run out, or of another browser, or TikTok refuses
     * @throws ShopConflictException when the shop or the user is taken
     * @throws TikTokUnavailableException when TikTok gives no usable answer; the code may be spent, start anew
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public ConnectedShop claimParked(ClaimRequest request) {
        return changing(
                request.userId(),
                () -> services.connections().connect(services.claims().spend(request)));
    }

    /**
     * Receives a webhook: verifies it, and takes care of the kinds that concern an authorization, once among all nodes. After a
     * seller deauthorization (type 6) TikTok is asked in the background whether the token still works; if not, the
     * connection is marked. A notice of an ending authorization (type 7) becomes an {@link
     * AuthorizationEvent.AuthorizationEnding}. Other kinds are the host's: act on those told {@link
     * WebhookReceipt.Outcome#ACCEPTED}.
     *
     * @param body the bytes as received, before any parsing
     * @param authorization the header {@code Authorization}, or {@code null} if there was none
     * @return what to answer, and the notification
     * @throws TikTokUnavailableException when this node is too busy to check with TikTok; answer with an error, and TikTok
     *     delivers again
     */
    public WebhookReceipt receiveWebhook(byte[] body, @Nullable String authorization) {
        return guarded(() -> services.webhooks().receive(body, authorization));
    }

    /**
     * A token that works: valid for at least the safety margin, unless TikTok gives no newer one while an older one lives on.
     * Usually answered from memory; otherwise one read of the store; a refresh only when it must be. Callers who need one
     * refresh share it, across threads and nodes.
     *
     * @param userId the user of the host's authenticated session
     * @return token, end, shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when the token has ended, and TikTok gives no new one or not in time
     * @throws ConfigurationException when the token has ended and TikTok does not accept the app's settings
     */
    public AccessToken getValidAccessToken(String userId) {
        return services.tokens().valid(userId);
    }

    /**
     * A new token, although the present one may be valid; joins a refresh under way. It passes over a cool-down after a failed
     * refresh, so call it when a person asks, not in a loop.
     *
     * @param userId the user of the host's authenticated session
     * @return token, end, shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when TikTok gives no new one
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public AccessToken refresh(String userId) {
        return guarded(() -> services.tokens().refresh(Text.userId(userId)));
    }

    /**
     * Another token than one that TikTok has just refused as invalid or expired (gateway codes 105001 and 105002): the stored one
     * if it is newer, otherwise a refreshed one. Call it once for a refused request, and repeat the request once.
     *
     * @param userId the user of the host's authenticated session
     * @param refused the token that TikTok refused
     * @return token, end, shop
     * @throws AuthorizationRequiredException when the user has no connection, or the seller must authorize again
     * @throws TikTokUnavailableException when TikTok gives no new one
     * @throws ConfigurationException when TikTok does not accept the app's settings
     */
    public AccessToken replaceRefusedToken(String userId, AccessToken refused) {
        return guarded(() -> services.tokens().replace(Text.userId(userId), refused));
    }

    /**
     * The connected shop, as stored.
     *
     * @param userId the user of the host's authenticated session
     * @return the shop
     * @throws AuthorizationRequiredException when the user has no connection
     */
    public ShopInfo shopInfo(String userId) {
        return guarded(() -> services.connections().shopInfo(userId));
    }

    /**
     * How a user stands, as stored; "not connected" is an answer.
     *
     * @param userId the user of the host's authenticated session
     * @return the status
     */
    public ConnectionStatus status(String userId) {
        return guarded(() -> services.connections().status(userId));
    }

    /**
     * Ends the user's connection here: erases the tokens and releases the shop. TikTok has no call to end it there; the seller
     * cancels in Seller Center (App Store, My apps). A refresh under way does not bring the connection back.
     *
     * @param userId the user of the host's authenticated session
     * @return whether there was a connection
     */
    public boolean disconnect(String userId) {
        return changing(userId, () -> services.connections().disconnect(userId));
    }

    /**
     * Removes everything kept about a user, history included, as for a deleted account.
     *
     * @param userId the host's user
     * @return how many entries were removed
     */
    public int erase(String userId) {
        return changing(userId, () -> services.connections().erase(userId));
    }

    /**
     * Refreshes authorizations whose access token ends within the given time, one after the other: for a host's own scheduler,
     * so that rarely used shops stay alive. Safe to call on every node at once; each authorization is refreshed by one of them.
     * A token that lives for two hours at most, all in all, is left until it is soon to expire: a look further ahead would always
     * find it.
     * When the calling thread is interrupted this returns, and the refresh under way goes on.
     *
     * @param within how far to look ahead, for example two days
     * @param limit how many at most, 1 or more
     * @return what was done
     */
    public RefreshReport refreshDue(Duration within, int limit) {
        return guarded(() -> services.maintenance().refreshDue(within, positive(limit)));
    }

    /**
     * Writes tokens anew that an older key encrypted, for a bounded number of authorizations. Refreshes do the same for theirs;
     * this is for the rest, before an old key is taken out of the ring.
     *
     * @param after {@link ReencryptionReport#next()} of the call before; empty for the first
     * @param limit how many to look at, 1 or more
     * @return what was done, and where to go on
     */
    public ReencryptionReport reencrypt(Optional<String> after, int limit) {
        return guarded(() -> services.maintenance().reencrypt(after, positive(limit)));
    }

    /**
     * Why a user's token is or is not available, as stored; free of secrets.
     *
     * @param userId the host's user
     * @return the findings, also in one line
     */
    public Diagnosis diagnose(String userId) {
        return guarded(() -> services.maintenance().diagnose(Text.userId(userId)));
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is 1 or more");
        }
        return limit;
    }

    /**
     * Signs requests to TikTok's gateway for this app.
     *
     * @return a signer that holds the App Secret
     */
    public RequestSigner signer() {
        return services.config().signer();
    }

    /**
     * Signs one call to TikTok's gateway, now, as plain values for any HTTP client. With OkHttp,
     * {@link io.github.tiktokauth.okhttp.TikTokShopClient} does this and more.
     *
     * @param token the token to call with, from {@link #getValidAccessToken}
     * @param path the path below the base URL, percent-encoded, for example {@code /product/202309/products/search}
     * @param query the other parameters, decoded; for most paths {@code shop_cipher} is one of them
     * @param contentType the content type, {@code application/json} also when there is no body
     * @param body the bytes exactly as they will be sent; empty when there are none
     * @return URL and headers
     * @throws IllegalArgumentException when the path is none
     */
    public SignedRequest sign(
            AccessToken token, String path, Map<String, String> query, String contentType, byte[] body) {
        return services.signedCalls()
                .sign(token, path, query, contentType, body, services.clock().instant());
    }

    /**
     * The clock that calls are stamped with.
     *
     * @return the builder's, or the system's
     */
    public InstantSource clock() {
        return services.clock();
    }

    /**
     * The settings this was built with.
     *
     * @return the settings
     */
    public TikTokConfig config() {
        return services.config();
    }

    private <T> T changing(String userId, Supplier<T> work) {
        Text.userId(userId);
        try {
            T result = guarded(work);
            // Not before: a rejected callback or a failing store leaves tokens that are not stored yet as they are.
            services.tokenWriter().forget(userId);
            return result;
        } finally {
            services.cache().evict(userId);
        }
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            throw new StorageException(e);
        } catch (CipherException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Finishes refreshes under way, writes tokens that could not be stored before, and ends the threads. Call it before the
     * process ends: refreshes run on daemon threads. Waits for at most half a minute each for what was to begin and for what
     * has begun, and for a write budget. Tokens that need no refresh are handed out afterwards too; one that does is left to
     * the other nodes.
     */
    @Override
    public void close() {
        services.close();
    }
}
