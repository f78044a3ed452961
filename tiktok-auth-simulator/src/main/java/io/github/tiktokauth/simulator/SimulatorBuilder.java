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
     * The port on the loopback address.
     *
     * @param value a port; 0, the default, takes a free one
     * @return this
     */
    public SimulatorBuilder port(int value) {
        port = value;
        return this;
    }

    /**
     * The simulated app.
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
     * Where the consent page sends the browser; {@code http://127.0.0.1:8000/api/v1/tiktok/auth/callback} unless set.
     *
     * @param value an absolute URL; it may hold a query
     * @return this
     */
    public SimulatorBuilder redirectUri(URI value) {
        redirectUri = value;
        return this;
    }

    /**
     * TikTok's clock; the system's unless set.
     *
     * @param value a clock
     * @return this
     */
    public SimulatorBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /**
     * How long an access token lives; 7 days unless set.
     *
     * @param value a whole number of seconds
     * @return this
     */
    public SimulatorBuilder accessTokenLifetime(Duration value) {
        accessTokenLifetime = value;
        return this;
    }

    /**
     * How long an authorization lives; 365 days unless set. A refresh does not extend it. With more than about 80 years the
     * end goes beyond 2^32 seconds, as it does at TikTok.
     *
     * @param value a whole number of seconds
     * @return this
     */
    public SimulatorBuilder refreshTokenLifetime(Duration value) {
        refreshTokenLifetime = value;
        return this;
    }

    /**
     * What a refresh does to the refresh token; {@link RefreshTokenRotation#NONE} unless set.
     *
     * @param value the rule
     * @return this
     */
    public SimulatorBuilder rotation(RefreshTokenRotation value) {
        rotation = value;
        return this;
    }

    /**
     * Whether access tokens go on working after a refresh; they do unless set.
     *
     * @param value {@code false} to have a refresh end them
     * @return this
     */
    public SimulatorBuilder oldAccessTokensLive(boolean value) {
        oldAccessTokensLive = value;
        return this;
    }

    /**
     * Whether a seller's new consent, once its code is exchanged, ends the authorizations of that seller before it; it does
     * not unless set.
     *
     * @param value {@code true} to have it end them
     * @return this
     */
    public SimulatorBuilder newConsentEndsOlder(boolean value) {
        newConsentEndsOlder = value;
        return this;
    }

    /**
     * A mark inside every code, access token and refresh token, so that a test can search logs and databases for it.
     *
     * @param value letters, digits, {@code -} and {@code _}; empty for none
     * @return this
     */
    public SimulatorBuilder tokenMark(String value) {
        if (!value.matches("[A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("a mark holds letters, digits, - and _ only");
        }
        tokenMark = value;
        return this;
    }

    /**
     * How long access and refresh tokens are; 96 characters unless set.
     *
     * @param characters from 40 to 100,000
     * @return this
     */
    public SimulatorBuilder tokenLength(int characters) {
        if (characters < 40 || characters > 100_000) {
            throw new IllegalArgumentException("tokens have from 40 to 100,000 characters");
        }
        tokenLength = characters;
        return this;
    }

    /**
     * Whether other processes may drive the simulator under {@code /_sim/}, as {@link TikTokSimulatorMain} describes; they may
     * not unless set.
     *
     * @param value {@code true} to let them
     * @return this
     */
    public SimulatorBuilder controlApi(boolean value) {
        controlApi = value;
        return this;
    }

    /**
     * Where to keep what was granted, so that a demonstration knows its tokens after it was killed and started again. The file
     * holds the simulated tokens; it is made readable by its owner only. Codes not yet exchanged are not kept, and sellers that
     * were added must be added again.
     *
     * @param value a file in an existing directory; it need not exist
     * @return this
     */
    public SimulatorBuilder authorizationsFile(Path value) {
        authorizationsFile = new AuthorizationsFile(value);
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
