package io.github.tiktokauth;

import io.github.tiktokauth.spi.ShopSelector;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a {@link TikTokAuth}. Not safe for use by several threads at once. */
public final class TikTokAuthBuilder {

    private final TikTokConfig config;
    private @Nullable TokenStore tokenStore;
    private @Nullable StateStore stateStore;
    private @Nullable TokenCipher cipher;
    private @Nullable OkHttpClient httpClient;
    private @Nullable Executor refreshExecutor;
    private @Nullable Executor callThreads;
    private @Nullable TikTokApi api;
    private ShopSelector shopSelector = shops -> shops.stream().findFirst();
    private final List<AuthorizationListener> listeners = new ArrayList<>();
    private Time time = Time.SYSTEM;
    private Duration callTimeout = Settings.DEFAULT.callTimeout();
    private Duration writeBudget = Settings.DEFAULT.writeBudget();
    private Duration leaseDuration = Settings.DEFAULT.leaseDuration();
    private Duration waitTimeout = Settings.DEFAULT.waitTimeout();
    private Duration safetyMargin = Settings.DEFAULT.safetyMargin();
    private Duration cacheTtl;
    private long cacheSize = Settings.DEFAULT.cacheSize();

    TikTokAuthBuilder(TikTokConfig config) {
        this.config = config;
        this.cipher = config.cipher();
        this.cacheTtl = config.cacheTtl();
    }

    /**
     * Sets where authorizations are stored; mandatory. Threads of the host and of the library call it.
     *
     * @param tokenStore the store
     * @return this builder
     */
    public TikTokAuthBuilder tokenStore(TokenStore tokenStore) {
        this.tokenStore = tokenStore;
        return this;
    }

    /**
     * Sets where the states of consents under way are stored; mandatory. All nodes that may receive a callback share it.
     *
     * @param stateStore the store
     * @return this builder
     */
    public TikTokAuthBuilder stateStore(StateStore stateStore) {
        this.stateStore = stateStore;
        return this;
    }

    /**
     * Sets the cipher for what is stored; mandatory unless {@code TIKTOK_TOKEN_ENCRYPTION_KEYS} is set. Threads of the host and
     * of the library call it.
     *
     * @param cipher the cipher
     * @return this builder
     */
    public TikTokAuthBuilder cipher(TokenCipher cipher) {
        this.cipher = cipher;
        return this;
    }

    /**
     * Sets which shop is connected when a consent covers several and the callback names none; by default the first by id.
     *
     * @param shopSelector the selector
     * @return this builder
     */
    public TikTokAuthBuilder shopSelector(ShopSelector shopSelector) {
        this.shopSelector = shopSelector;
        return this;
    }

    /**
     * Sets the host's own HTTP client, whose proxy, TLS and DNS settings are used. Its interceptors, listeners, cache, cookies,
     * connections and retries are not used, because the URLs of TikTok's token endpoints hold the App Secret and must be sent
     * once.
     *
     * @param httpClient the client; it is not changed and not closed
     * @return this builder
     */
    public TikTokAuthBuilder httpClient(OkHttpClient httpClient) {
        this.httpClient = httpClient;
        return this;
    }

    /**
     * Sets the executor whose threads wait for refreshes of {@linkplain Freshness#STALE stale} tokens, which bounds how many run
     * at once; four by default. With {@code Runnable::run} the call that finds such a token waits itself, for hosts whose
     * threads are frozen between requests. An interrupt of these threads ends the waiting, not the refresh, which runs on a
     * thread of the library.
     *
     * @param refreshExecutor the executor; it is not closed
     * @return this builder
     */
    public TikTokAuthBuilder refreshExecutor(Executor refreshExecutor) {
        this.refreshExecutor = refreshExecutor;
        return this;
    }

    /**
     * Sets how long one call to TikTok may take in total; 10 seconds by default.
     *
     * @param callTimeout from one millisecond to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder callTimeout(Duration callTimeout) {
        this.callTimeout = callTimeout;
        return this;
    }

    /**
     * Sets how long a write of new tokens is retried when the store fails, before they are kept in memory; 5 seconds by default.
     *
     * @param writeBudget from zero to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder writeBudget(Duration writeBudget) {
        this.writeBudget = writeBudget;
        return this;
    }

    /**
     * Sets how long one node alone may refresh an authorization; 20 seconds by default. When a node dies during a refresh, or
     * gets no answer, the others continue after this time; so does the next caller on the same node when the refresh is stuck.
     *
     * @param leaseDuration longer than call timeout and write budget together, at most one hour
     * @return this builder
     */
    public TikTokAuthBuilder leaseDuration(Duration leaseDuration) {
        this.leaseDuration = leaseDuration;
        return this;
    }

    /**
     * Sets how long a caller without a valid token waits for a refresh, on this node or another; 25 seconds by default, longer
     * than the lease, so that no caller fails because a node died. When the time is up the caller gets a {@link
     * TikTokUnavailableException}, and the refresh continues.
     *
     * @param waitTimeout from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder waitTimeout(Duration waitTimeout) {
        this.waitTimeout = waitTimeout;
        return this;
    }

    /**
     * Sets for how long a token is still valid at least when it is handed out; 2 minutes by default. For a token whose lifetime
     * is shorter than four times this, a quarter of its lifetime applies instead.
     *
     * @param safetyMargin from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder safetyMargin(Duration safetyMargin) {
        this.safetyMargin = safetyMargin;
        return this;
    }

    /**
     * Sets how long a token may be handed out without reading the store, which is also how long a disconnect on another node may
     * go unnoticed; zero disables the cache. That a user has no connection, or must authorize again, is cached for one second
     * at most. The default is {@code TIKTOK_TOKEN_CACHE_SECONDS}.
     *
     * @param cacheTtl from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder cacheTtl(Duration cacheTtl) {
        this.cacheTtl = cacheTtl;
        return this;
    }

    /**
     * Sets how many users' tokens are cached at most; 20,000 by default.
     *
     * @param cacheSize at least 1
     * @return this builder
     */
    public TikTokAuthBuilder cacheSize(long cacheSize) {
        this.cacheSize = cacheSize;
        return this;
    }

    /**
     * Sets the clock for the timestamps of signed requests; the system's by default. Expiry is judged by the store's clock, not
     * by this one.
     *
     * @param clock the clock
     * @return this builder
     */
    public TikTokAuthBuilder clock(InstantSource clock) {
        time = Time.of(clock);
        return this;
    }

    /**
     * Adds a listener for what happens on this node. Threads of the host and of the library call it.
     *
     * @param listener the listener
     * @return this builder
     */
    public TikTokAuthBuilder listener(AuthorizationListener listener) {
        listeners.add(listener);
        return this;
    }

    TikTokAuthBuilder time(Time time) {
        this.time = time;
        return this;
    }

    TikTokAuthBuilder callThreads(Executor callThreads) {
        this.callThreads = callThreads;
        return this;
    }

    TikTokAuthBuilder api(TikTokApi api) {
        this.api = api;
        return this;
    }

    private Settings settings() {
        return new Settings(callTimeout, writeBudget, leaseDuration, waitTimeout, safetyMargin, cacheTtl, cacheSize);
    }

    /**
     * Checks the settings and builds the library.
     *
     * @return the library
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public TikTokAuth build() {
        List<String> problems = new ArrayList<>(settings().problems());
        TokenStore tokenStoreGiven = given(tokenStore, "tokenStore is missing", problems);
        StateStore stateStoreGiven = given(stateStore, "stateStore is missing", problems);
        TokenCipher cipherGiven = given(
                cipher,
                "a cipher is missing: set TIKTOK_TOKEN_ENCRYPTION_KEYS or call cipher(…); tokens are never stored"
                        + " unencrypted",
                problems);
        if (tokenStoreGiven == null || stateStoreGiven == null || cipherGiven == null || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        TikTokApi apiGiven = Optional.ofNullable(api)
                .orElseGet(() ->
                        new HttpTikTokApi(config, new TikTokHttp(httpClient, callTimeout, config.usesTls()), time));
        return new TikTokAuth(Services.of(new Dependencies(
                config,
                settings(),
                tokenStoreGiven,
                stateStoreGiven,
                cipherGiven,
                apiGiven,
                time,
                shopSelector,
                List.copyOf(listeners),
                refreshExecutor,
                callThreads)));
    }

    private static <T> @Nullable T given(@Nullable T value, String problem, List<String> problems) {
        if (value == null) {
            problems.add(problem);
        }
        return value;
    }
}
