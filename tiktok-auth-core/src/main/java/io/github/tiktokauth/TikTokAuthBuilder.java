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

/**
 * Builds a {@link TikTokAuth}. Not safe for use by several threads at once.
 */
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
     * Where authorizations are kept; mandatory. It is called by any thread, the host's and the library's.
     *
     * @param tokenStore the store
     * @return this builder
     */
    public TikTokAuthBuilder tokenStore(TokenStore tokenStore) {
        this.tokenStore = tokenStore;
        return this;
    }

    /**
     * Where states of consents under way are kept; mandatory. All nodes that may see a callback share it.
     *
     * @param stateStore the store
     * @return this builder
     */
    public TikTokAuthBuilder stateStore(StateStore stateStore) {
        this.stateStore = stateStore;
        return this;
    }

    /**
     * Encrypts what is stored; mandatory unless {@code TIKTOK_TOKEN_ENCRYPTION_KEYS} is set. It is called by any thread, the
     * host's and the library's.
     *
     * @param cipher the cipher
     * @return this builder
     */
    public TikTokAuthBuilder cipher(TokenCipher cipher) {
        this.cipher = cipher;
        return this;
    }

    /**
     * Chooses a shop when a consent covers several and the callback names none; otherwise the first by id is taken.
     *
     * @param shopSelector the selector
     * @return this builder
     */
    public TikTokAuthBuilder shopSelector(ShopSelector shopSelector) {
        this.shopSelector = shopSelector;
        return this;
    }

    /**
     * The host's own HTTP client: its proxy, TLS and DNS are used. Its interceptors, listeners, cache, cookies, connections
     * and retries are not, because the URLs of TikTok's token endpoints hold the App Secret and must be sent once.
     *
     * @param httpClient the client; it is not changed and not closed
     * @return this builder
     */
    public TikTokAuthBuilder httpClient(OkHttpClient httpClient) {
        this.httpClient = httpClient;
        return this;
    }

    /**
     * Waits for refreshes of tokens that are soon to expire, and so bounds how many there are at once; four by default. {@code
     * Runnable::run} makes the call that notices wait, for hosts whose threads are frozen between requests. An interrupt of its
     * threads ends their waiting, and not the refresh, which runs on a thread of the library's.
     *
     * @param refreshExecutor the executor; it is not closed
     * @return this builder
     */
    public TikTokAuthBuilder refreshExecutor(Executor refreshExecutor) {
        this.refreshExecutor = refreshExecutor;
        return this;
    }

    /**
     * How long one call to TikTok may take in all; 10 seconds.
     *
     * @param callTimeout from one millisecond to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder callTimeout(Duration callTimeout) {
        this.callTimeout = callTimeout;
        return this;
    }

    /**
     * How long the writing of new tokens is repeated when the store fails, before they are kept in memory; 5 seconds.
     *
     * @param writeBudget from zero to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder writeBudget(Duration writeBudget) {
        this.writeBudget = writeBudget;
        return this;
    }

    /**
     * How long a node has the sole right to refresh; 20 seconds. When a node dies during a refresh, or gets no answer, the others
     * go on after this time; so does the next caller on the same node when the refresh is stuck.
     *
     * @param leaseDuration longer than call time-out and write budget together, at most one hour
     * @return this builder
     */
    public TikTokAuthBuilder leaseDuration(Duration leaseDuration) {
        this.leaseDuration = leaseDuration;
        return this;
    }

    /**
     * How long a caller without a valid token waits for a refresh, whoever does it; 25 seconds, longer than the lease, so that a
     * node's death fails no caller. When the time is up the caller is told to come later ({@link TikTokUnavailableException}),
     * and the refresh goes on.
     *
     * @param waitTimeout from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder waitTimeout(Duration waitTimeout) {
        this.waitTimeout = waitTimeout;
        return this;
    }

    /**
     * How long a token shall live on at least when it is handed out; 2 minutes. A token whose whole life is shorter than four
     * times this has a quarter of its life instead.
     *
     * @param safetyMargin from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder safetyMargin(Duration safetyMargin) {
        this.safetyMargin = safetyMargin;
        return this;
    }

    /**
     * How long a token may be handed out without asking the store, which is how long a disconnect on another node may go
     * unseen; zero switches the cache off. That a user has no connection, or must authorize again, is remembered for one second
     * at most. Without this call, {@code TIKTOK_TOKEN_CACHE_SECONDS}.
     *
     * @param cacheTtl from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder cacheTtl(Duration cacheTtl) {
        this.cacheTtl = cacheTtl;
        return this;
    }

    /**
     * How many users' tokens are cached at most; 20,000.
     *
     * @param cacheSize positive
     * @return this builder
     */
    public TikTokAuthBuilder cacheSize(long cacheSize) {
        this.cacheSize = cacheSize;
        return this;
    }

    /**
     * The clock for the timestamps of signed requests; the system's. Expiry is judged by the store's clock, not by this.
     *
     * @param clock the clock
     * @return this builder
     */
    public TikTokAuthBuilder clock(InstantSource clock) {
        time = Time.of(clock);
        return this;
    }

    /**
     * Is told what happens on this node, by any thread, the host's and the library's; may be called several times.
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
     * Checks and builds.
     *
     * @return the library, ready for use
     * @throws ConfigurationException naming everything that is missing or wrong
     */
    public TikTokAuth build() {
        List<String> problems = new ArrayList<>(settings().problems());
        TokenStore tokenStoreGiven = given(tokenStore, "tokenStore is missing", problems);
        StateStore stateStoreGiven = given(stateStore, "stateStore is missing", problems);
        TokenCipher cipherGiven = given(
                cipher,
                "a cipher is missing: set TIKTOK_TOKEN_ENCRYPTION_KEYS or call cipher(…); tokens are never stored in"
                        + " the clear",
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
