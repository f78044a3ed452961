package io.github.tiktokauth.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TikTok Shop on a port of this machine: the consent page, the token endpoints, the shop list and the product search, with TikTok's
 * codes and traps. It refuses what TikTok would refuse, and fails as it is told to.
 *
 * <pre>{@code
 * try (TikTokSimulator tikTok = TikTokSimulator.start()) {
 *     Map<String, String> settings = new HashMap<>(tikTok.environment());   // plus the encryption keys
 *     ...
 *     SimulatedCallback back = tikTok.allow(request.authUrl());             // or a browser on the consent page
 *     tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.lost());
 * }
 * }</pre>
 *
 * <p>Sellers are named by a short {@linkplain SimulatedSeller#id() id}; several are {@linkplain SimulatedSeller#ONE_SHOP
 * preconfigured}. Safe for use by many threads, and by hundreds of slow requests at a time.
 */
public final class TikTokSimulator implements AutoCloseable {

    private final SimulatorSettings settings;
    private final Sellers sellers = new Sellers();
    private final RequestCounts counts = new RequestCounts();
    private final FaultScript faults = new FaultScript();
    private final Authorizations authorizations;
    private final Consent consent;
    private final Webhooks webhooks;
    private final Listener listener;

    TikTokSimulator(SimulatorSettings settings) {
        this.settings = settings;
        authorizations = new Authorizations(settings, sellers, counts);
        consent = new Consent(settings, authorizations, counts);
        webhooks = new Webhooks(settings);
        listener = new Listener(
                settings.port(),
                new Router(
                        new TokenEndpoint(settings, sellers, authorizations, counts),
                        new Gateway(settings, sellers, authorizations, counts),
                        new ConsentPage(consent, sellers),
                        authorizations,
                        faults,
                        counts,
                        settings.controlApi() ? new ControlApi(this) : null));
    }

    /**
     * Starts with the defaults, on a free port.
     *
     * @return a running simulator; close it
     */
    public static TikTokSimulator start() {
        return builder().start();
    }

    /**
     * Starts with other settings.
     *
     * @return a builder with the defaults
     */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /**
     * Where it listens, without a slash at its end.
     *
     * @return the base URL
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /**
     * The settings that make the library talk to this simulator, by their names in the environment. Encryption keys are not
     * among them.
     *
     * @return the settings; the App Secret is among them
     */
    public Map<String, String> environment() {
        return Map.of(
                "TIKTOK_CLIENT_ID", settings.appKey(),
                "TIKTOK_CLIENT_SECRET", settings.appSecret(),
                "TIKTOK_SERVICE_ID", settings.serviceId(),
                "TIKTOK_REDIRECT_URI", settings.redirectUri().toString(),
                "TIKTOK_BASE_URL", url().toString(),
                "TIKTOK_AUTH_URL", url() + Consent.PATH,
                "TIKTOK_TOKEN_URL", url() + "/api/v2/token/get");
    }

    /**
     * Who can give consent, in the order of the consent page.
     *
     * @return the sellers
     */
    public List<SimulatedSeller> sellers() {
        return sellers.all();
    }

    /**
     * A seller.
     *
     * @param sellerId the seller's id
     * @return the seller as it is now
     * @throws IllegalArgumentException when there is none
     */
    public SimulatedSeller seller(String sellerId) {
        return sellers.get(sellerId);
    }

    /**
     * Adds a seller, or replaces the one of the same id: its shops, name and scopes change, tokens live on.
     *
     * @param seller the seller
     */
    public void add(SimulatedSeller seller) {
        sellers.put(seller);
    }

    /**
     * The default seller allows, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @return what the browser would bring back
     * @throws IllegalArgumentException when the consent page would refuse the URL
     */
    public SimulatedCallback allow(String authUrl) {
        return allow(authUrl, SimulatedSeller.ONE_SHOP);
    }

    /**
     * A seller allows, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @param sellerId the seller's id
     * @return what the browser would bring back
     * @throws IllegalArgumentException when the consent page would refuse the URL, or there is no such seller
     */
    public SimulatedCallback allow(String authUrl, String sellerId) {
        Map<String, String> parameters = consentParameters(authUrl);
        return consent.allow(sellers.get(sellerId), parameters.get("state"));
    }

    /**
     * A seller denies, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @return what the browser would bring back: an error, and no state
     * @throws IllegalArgumentException when the consent page would refuse the URL
     */
    public SimulatedCallback deny(String authUrl) {
        consentParameters(authUrl);
        return consent.deny();
    }

    /**
     * A seller installs the app from TikTok's App Store or authorizes it in Seller Center.
     *
     * @param sellerId the seller's id
     * @return what the browser would bring: a code without a state
     */
    public SimulatedCallback authorizeFromAppStore(String sellerId) {
        return consent.allow(sellers.get(sellerId), null);
    }

    /**
     * An authorization that exists already, without consent and exchange. The seller is added if its id is new.
     *
     * @param seller the seller
     * @param accessTokenExpiresAt when the access token ends or ended
     * @param refreshTokenExpiresAt when the authorization ends or ended
     * @return its tokens
     */
    public SimulatedTokens seedAuthorization(
            SimulatedSeller seller, Instant accessTokenExpiresAt, Instant refreshTokenExpiresAt) {
        sellers.putIfAbsent(seller);
        return authorizations.grant(
                sellers.get(seller.id()),
                Instant.ofEpochSecond(accessTokenExpiresAt.getEpochSecond()),
                Instant.ofEpochSecond(refreshTokenExpiresAt.getEpochSecond()));
    }

    /**
     * The tokens that a seller's newest authorization has now, expired or not.
     *
     * @param sellerId the seller's id
     * @return empty when there is none, or all have ended
     */
    public Optional<SimulatedTokens> tokensOf(String sellerId) {
        return Optional.ofNullable(authorizations.current(sellerId));
    }

    /**
     * The seller removes the app: all its tokens are refused from now on. No webhook is sent.
     *
     * @param sellerId the seller's id
     * @return whether there was anything to remove
     */
    public boolean revoke(String sellerId) {
        return authorizations.end(sellerId);
    }

    /**
     * Ends a seller's access tokens now, whatever was said when they were given.
     *
     * @param sellerId the seller's id
     */
    public void expireAccessTokens(String sellerId) {
        authorizations.expireAccessTokens(sellerId);
    }

    /**
     * Ends the time of a seller's authorizations now, whatever was said when they were given.
     *
     * @param sellerId the seller's id
     */
    public void expireAuthorizations(String sellerId) {
        authorizations.expireRefreshTokens(sellerId);
    }

    /**
     * TikTok's time, as the simulator has it.
     *
     * @return now
     */
    public Instant now() {
        return settings.clock().now();
    }

    /**
     * Moves TikTok's clock only. Beware: signatures whose timestamp is more than five minutes behind it are refused.
     *
     * @param by how far; negative to move it back
     */
    public void advance(Duration by) {
        settings.clock().advance(by);
    }

    /**
     * From now on nobody listens: connections are refused, and requests under way lose theirs. Tokens, sellers, faults and
     * counters stay.
     */
    public void goOffline() {
        listener.pause();
    }

    /**
     * Listens again, on the same port.
     *
     * @throws java.io.UncheckedIOException when somebody else took the port
     */
    public void goOnline() {
        listener.resume();
    }

    /**
     * What goes wrong.
     *
     * @return the script, to be changed at any time
     */
    public FaultScript faults() {
        return faults;
    }

    /**
     * What happened so far.
     *
     * @return a snapshot
     */
    public SimulatorCounters counters() {
        return counts.snapshot();
    }

    /** Sets all counters to zero and forgets the requests. Tokens, sellers and faults stay. */
    public void resetCounters() {
        counts.reset();
    }

    /**
     * The last requests, oldest first; at most ten thousand.
     *
     * @return a snapshot, without anything secret
     */
    public List<ObservedRequest> requests() {
        return counts.observed();
    }

    /**
     * How many refreshes were asked for with tokens of one seller.
     *
     * @param sellerId the seller's id
     * @return the number of requests
     */
    public int refreshesOf(String sellerId) {
        return counts.refreshesOf(sellerId);
    }

    /**
     * How many refreshes were asked for, per seller.
     *
     * @return the number of requests by seller id, those without a request left out
     */
    public Map<String, Integer> refreshesBySeller() {
        return counts.refreshesBySeller();
    }

    /**
     * How many refreshes were asked for with one refresh token.
     *
     * @param refreshToken a refresh token that was given here
     * @return the number of requests
     */
    public int refreshesWith(String refreshToken) {
        return counts.refreshesWith(refreshToken);
    }

    /**
     * The webhook of type 6, as sent after a seller removed the app.
     *
     * @param shopId one of the seller's shops
     * @param at when it happened
     * @return a signed webhook with a notification id of its own
     */
    public SimulatedWebhook deauthorization(String shopId, Instant at) {
        return webhooks.deauthorization(shopId, at);
    }

    /**
     * The webhook of type 7, as sent daily from 30 days before an authorization ends.
     *
     * @param shopId one of the seller's shops
     * @param end when the authorization ends
     * @return a signed webhook with a notification id of its own, sent now
     */
    public SimulatedWebhook authorizationEnding(String shopId, Instant end) {
        return webhooks.authorizationEnding(shopId, end, now());
    }

    /**
     * Any webhook.
     *
     * @param body the body, word for word; malformed ones are fine
     * @return the body with its signature
     */
    public SimulatedWebhook webhook(String body) {
        return webhooks.sign(body);
    }

    /** Stops at once; requests under way lose their connection. */
    @Override
    public void close() {
        listener.close();
    }

    private Map<String, String> consentParameters(String authUrl) {
        URI uri = URI.create(authUrl);
        String query = uri.getRawQuery();
        Map<String, String> parameters = Request.parse(query == null ? "" : query);
        String problem = consent.problem(uri.getRawPath(), parameters);
        boolean ours = url().getAuthority().equals(uri.getRawAuthority())
                && (uri.getRawPath().equals(Consent.PATH) || uri.getRawPath().equals(Consent.LEGACY_PATH));
        if (parameters == null || problem != null || !ours) {
            throw new IllegalArgumentException(
                    ours && problem != null ? problem : "This is not the simulator's consent page.");
        }
        return parameters;
    }
}
