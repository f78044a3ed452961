package io.github.tiktokauth.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TikTok Shop on a port of this machine: the consent page, the token endpoints, the shop list and the product search, with TikTok's
 * codes and pitfalls. It refuses what TikTok would refuse, and fails as the test demands.
 *
 * <pre>{@code
 * try (TikTokSimulator tikTok = TikTokSimulator.start()) {
 *     Map<String, String> settings = new HashMap<>(tikTok.environment());   // plus the encryption keys, ...
 *     SimulatedCallback back = tikTok.allow(request.authUrl());             // or a browser on the consent page
 *     tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.lost());
 * }
 * }</pre>
 *
 * <p>Several {@linkplain SimulatedSeller sellers} are there from the start. Safe for use by many threads and requests at a time.
 */
public final class TikTokSimulator implements AutoCloseable {

    private final SimulatorSettings settings;
    private final Sellers sellers = new Sellers();
    private final RequestLog requests = new RequestLog();
    private final FaultScript faults = new FaultScript();
    private final Authorizations authorizations;
    private final Consent consent;
    private final SimulatedWebhooks webhooks;
    private final Listener listener;

    TikTokSimulator(SimulatorSettings settings) {
        this.settings = settings;
        authorizations = new Authorizations(settings, sellers, requests);
        consent = new Consent(settings, authorizations, requests);
        webhooks = new SimulatedWebhooks(settings);
        listener = new Listener(
                settings.port(),
                new Router(
                        new TokenEndpoint(settings, sellers, authorizations, requests),
                        new Gateway(settings, sellers, authorizations, requests),
                        new ConsentPage(consent, sellers),
                        authorizations,
                        faults,
                        requests,
                        settings.controlApi() ? new ControlApi(this)::answer : null));
    }

    /**
     * Starts a simulator with the defaults, on a free port.
     *
     * @return a running simulator; close it
     */
    public static TikTokSimulator start() {
        return builder().start();
    }

    /**
     * Creates a builder with the defaults.
     *
     * @return the builder
     */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /**
     * Returns the URL at which it listens, without a slash at its end.
     *
     * @return the base URL
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /**
     * Returns the settings that make the library call this simulator, by their names in the environment. Encryption keys are not
     * among them.
     *
     * @return the settings; the App Secret is among them
     */
    public Map<String, String> environment() {
        return settings.environment(url());
    }

    /**
     * Returns the sellers who can give consent, in the order of the consent page.
     *
     * @return the sellers
     */
    public List<SimulatedSeller> sellers() {
        return sellers.all();
    }

    /**
     * Returns a seller.
     *
     * @param sellerId the seller's id
     * @return the seller as it is now
     * @throws IllegalArgumentException when there is none
     */
    public SimulatedSeller seller(String sellerId) {
        return sellers.get(sellerId);
    }

    /**
     * Adds a seller, or replaces the one of the same id: its shops, name and scopes change, its tokens stay valid.
     *
     * @param seller the seller
     */
    public void add(SimulatedSeller seller) {
        sellers.put(seller);
    }

    /**
     * Gives the consent of the default seller, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @return what the browser would bring back
     * @throws IllegalArgumentException when the consent page would refuse the URL
     */
    public SimulatedCallback allow(String authUrl) {
        return allow(authUrl, SimulatedSeller.ONE_SHOP);
    }

    /**
     * Gives the consent of a seller, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @param sellerId the seller's id
     * @return what the browser would bring back
     * @throws IllegalArgumentException when the consent page would refuse the URL, or there is no such seller
     */
    public SimulatedCallback allow(String authUrl, String sellerId) {
        String state = consent.parameters(authUrl, url()).get("state");
        return consent.allow(sellers.get(sellerId), state);
    }

    /**
     * Denies the consent, without a browser.
     *
     * @param authUrl the whole URL of the consent page
     * @return what the browser would bring back: an error and no state
     * @throws IllegalArgumentException when the consent page would refuse the URL
     */
    public SimulatedCallback deny(String authUrl) {
        consent.parameters(authUrl, url());
        return consent.deny();
    }

    /**
     * Installs the app for a seller, as from TikTok's App Store or Seller Center.
     *
     * @param sellerId the seller's id
     * @return what the browser would bring: a code without a state
     */
    public SimulatedCallback authorizeFromAppStore(String sellerId) {
        return consent.allow(sellers.get(sellerId), null);
    }

    /**
     * Creates an authorization without consent and exchange. The seller is added if its id is new.
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
     * Returns the present tokens of a seller's newest authorization, expired or not.
     *
     * @param sellerId the seller's id
     * @return empty when there is none, or all have ended
     */
    public Optional<SimulatedTokens> tokensOf(String sellerId) {
        return Optional.ofNullable(authorizations.current(sellerId));
    }

    /**
     * Removes the app for a seller: all its tokens are refused from now on. No webhook is sent.
     *
     * @param sellerId the seller's id
     * @return whether there was anything to remove
     */
    public boolean revoke(String sellerId) {
        return authorizations.end(sellerId);
    }

    /**
     * Expires a seller's access tokens now, whatever their lifetime.
     *
     * @param sellerId the seller's id
     */
    public void expireAccessTokens(String sellerId) {
        authorizations.expireAccessTokens(sellerId);
    }

    /**
     * Expires a seller's authorizations now, whatever their lifetime.
     *
     * @param sellerId the seller's id
     */
    public void expireAuthorizations(String sellerId) {
        authorizations.expireRefreshTokens(sellerId);
    }

    /**
     * Returns the time of the simulator's clock.
     *
     * @return now
     */
    public Instant now() {
        return settings.clock().now();
    }

    /**
     * Moves the simulator's clock only. Signatures whose timestamp is more than five minutes behind it are refused.
     *
     * @param by how far; negative to move it back
     */
    public void advance(Duration by) {
        settings.clock().advance(by);
    }

    /**
     * Stops listening: connections are refused, and those of requests under way are closed. Tokens, sellers, faults and counters
     * stay.
     */
    public void goOffline() {
        listener.pause();
    }

    /**
     * Listens again, on the same port.
     *
     * @throws java.io.UncheckedIOException when another program took the port
     */
    public void goOnline() {
        listener.resume();
    }

    /**
     * Returns the faults, which can be changed at any time.
     *
     * @return the script of faults
     */
    public FaultScript faults() {
        return faults;
    }

    /**
     * Returns the counters of requests.
     *
     * @return a snapshot
     */
    public SimulatorCounters counters() {
        return requests.snapshot();
    }

    /** Resets all counters and the log of requests. Tokens, sellers and faults stay. */
    public void resetCounters() {
        requests.reset();
    }

    /**
     * Returns the requests that arrived.
     *
     * @return the log, which continues to grow
     */
    public RequestLog requests() {
        return requests;
    }

    /**
     * Returns the webhooks that TikTok sends.
     *
     * @return creates signed webhooks
     */
    public SimulatedWebhooks webhooks() {
        return webhooks;
    }

    /** Stops at once; the connections of requests under way are closed. */
    @Override
    public void close() {
        listener.close();
    }
}
