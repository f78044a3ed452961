package io.github.tiktokauth.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link TikTokSimulator}; every one has a default. Not safe for use by many threads. */
public final class SimulatorBuilder {

    static final String DEFAULT_APP_KEY = "6simulated7key";
    static final String DEFAULT_APP_SECRET = "simulated-app-secret-0123456789abcdef";
    static final String DEFAULT_SERVICE_ID = "7345678901234567890";

    private int port;
    private String appKey = DEFAULT_APP_KEY;
    private String appSecret = DEFAULT_APP_SECRET;
    private String serviceId = DEFAULT_SERVICE_ID;
    private URI redirectUri = URI.create("http://127.0.0.1:8000/api/v1/tiktok/auth/callback");
    private InstantSource clock = InstantSource.system();
    private Duration accessTokenLifetime = Duration.ofDays(7);
    private Duration refreshTokenLifetime = Duration.ofDays(365);
    private RefreshTokenRotation rotation = RefreshTokenRotation.NONE;
    private boolean oldAccessTokensLive = true;
    private boolean newConsentEndsOlder;
    private String tokenMark = "";
    private int tokenLength = 96;
    private boolean controlApi;
    private @Nullable AuthorizationsFile authorizationsFile;

    SimulatorBuilder() {}

    /**
     * Sets the port on the loopback address.
     *
     * @param port a port; 0, the default, takes a free one
     * @return this
     */
    public SimulatorBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets the simulated app.
     *
     * @param key the App Key
     * @param secret the App Secret
     * @param service the service id of the consent page
     * @return this
     */
    public SimulatorBuilder app(String key, String secret, String service) {
        appKey = key;
        appSecret = secret;
        serviceId = service;
        return this;
    }

    /**
     * Sets where the consent page redirects the browser; {@code http://127.0.0.1:8000/api/v1/tiktok/auth/callback} unless set.
     *
     * @param redirectUri an absolute URL; it may hold a query
     * @return this
     */
    public SimulatorBuilder redirectUri(URI redirectUri) {
        this.redirectUri = redirectUri;
        return this;
    }

    /**
     * Sets TikTok's clock; the system's by default.
     *
     * @param clock a clock
     * @return this
     */
    public SimulatorBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets the lifetime of access tokens; 7 days by default.
     *
     * @param accessTokenLifetime a whole number of seconds
     * @return this
     */
    public SimulatorBuilder accessTokenLifetime(Duration accessTokenLifetime) {
        this.accessTokenLifetime = accessTokenLifetime;
        return this;
    }

    /**
     * Sets the lifetime of authorizations; 365 days by default. A refresh does not extend it. With more than about 80 years the
     * end goes beyond 2^32 seconds, as it does at TikTok.
     *
     * @param refreshTokenLifetime a whole number of seconds
     * @return this
     */
    public SimulatorBuilder refreshTokenLifetime(Duration refreshTokenLifetime) {
        this.refreshTokenLifetime = refreshTokenLifetime;
        return this;
    }

    /**
     * Sets what a refresh does to the refresh token; {@link RefreshTokenRotation#NONE} by default.
     *
     * @param rotation the rule
     * @return this
     */
    public SimulatorBuilder rotation(RefreshTokenRotation rotation) {
        this.rotation = rotation;
        return this;
    }

    /**
     * Sets whether access tokens stay valid after a refresh; they do by default.
     *
     * @param oldAccessTokensLive {@code false} to have a refresh end them
     * @return this
     */
    public SimulatorBuilder oldAccessTokensLive(boolean oldAccessTokensLive) {
        this.oldAccessTokensLive = oldAccessTokensLive;
        return this;
    }

    /**
     * Sets whether a seller's new consent, once its code is exchanged, ends the authorizations of that seller before it; it does
     * not unless set.
     *
     * @param newConsentEndsOlder {@code true} to have it end them
     * @return this
     */
    public SimulatorBuilder newConsentEndsOlder(boolean newConsentEndsOlder) {
        this.newConsentEndsOlder = newConsentEndsOlder;
        return this;
    }

    /**
     * Sets a mark inside every code, access token and refresh token, so that a test can search logs and databases for it.
     *
     * @param tokenMark letters, digits, {@code -} and {@code _}; empty for none
     * @return this
     */
    public SimulatorBuilder tokenMark(String tokenMark) {
        if (!tokenMark.matches("[A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("tokenMark must contain only letters, digits, - and _");
        }
        this.tokenMark = tokenMark;
        return this;
    }

    /**
     * Sets the length of access and refresh tokens; 96 characters by default.
     *
     * @param characters from 40 to 100,000
     * @return this
     */
    public SimulatorBuilder tokenLength(int characters) {
        if (characters < 40 || characters > 100_000) {
            throw new IllegalArgumentException("tokenLength must be from 40 to 100,000 characters");
        }
        tokenLength = characters;
        return this;
    }

    /**
     * Sets whether other processes may control the simulator under {@code /_sim/}, as {@link TikTokSimulatorMain} describes; they may
     * not unless set.
     *
     * @param controlApi {@code true} to let them
     * @return this
     */
    public SimulatorBuilder controlApi(boolean controlApi) {
        this.controlApi = controlApi;
        return this;
    }

    /**
     * Sets the file that keeps what was granted, so that a demonstration knows its tokens after it was killed and started again. The file
     * holds the simulated tokens; it is made readable by its owner only. Codes not yet exchanged are not kept, and sellers that
     * were added must be added again.
     *
     * @param file a file in an existing directory; it need not exist
     * @return this
     */
    public SimulatorBuilder authorizationsFile(Path file) {
        authorizationsFile = new AuthorizationsFile(file);
        return this;
    }

    /**
     * Starts a simulator with these settings.
     *
     * @return a running simulator; close it
     * @throws java.io.UncheckedIOException when the port cannot be had, or the file of authorizations cannot be read
     */
    public TikTokSimulator start() {
        return new TikTokSimulator(new SimulatorSettings(
                port,
                appKey,
                appSecret,
                serviceId,
                redirectUri,
                new SimulatorClock(clock),
                accessTokenLifetime,
                refreshTokenLifetime,
                rotation,
                oldAccessTokensLive,
                newConsentEndsOlder,
                tokenMark,
                tokenLength,
                controlApi,
                authorizationsFile));
    }
}
