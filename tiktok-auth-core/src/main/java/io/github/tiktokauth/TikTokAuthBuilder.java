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

    final TikTokConfig config;
    private @Nullable TokenStore tokenStore;
    private @Nullable StateStore stateStore;
    private @Nullable TokenCipher cipher;
    private @Nullable OkHttpClient httpClient;

    @Nullable Executor refreshExecutor;

    @Nullable Executor callThreads;

    private @Nullable TikTokApi api;
    ShopSelector shopSelector = shops -> shops.stream().findFirst();
    final List<AuthorizationListener> listeners = new ArrayList<>();
    Time time = Time.SYSTEM;
    private Duration callTimeout = Settings.DEFAULT.callTimeout();
    private Duration writeBudget = Settings.DEFAULT.writeBudget();
    private Duration lease = Settings.DEFAULT.lease();
    private Duration waitLimit = Settings.DEFAULT.waitLimit();
    private Duration safetyMargin = Settings.DEFAULT.safetyMargin();
    private Duration cacheFor;
    private long cacheSize = Settings.DEFAULT.cacheSize();

    TikTokAuthBuilder(TikTokConfig config) {
        this.config = config;
        this.cipher = config.cipher();
        this.cacheFor = config.cacheFor();
    }

    /**
     * Where authorizations are kept; mandatory.
     *
     * @param value the store
     * @return this builder
     */
    public TikTokAuthBuilder tokenStore(TokenStore value) {
        tokenStore = value;
        return this;
    }

    /**
     * Where states of consents under way are kept; mandatory. All nodes that may see a callback share it.
     *
     * @param value the store
     * @return this builder
     */
    public TikTokAuthBuilder stateStore(StateStore value) {
        stateStore = value;
        return this;
    }

    /**
     * Encrypts what is stored; mandatory unless {@code TIKTOK_TOKEN_ENCRYPTION_KEYS} is set.
     *
     * @param value the cipher
     * @return this builder
     */
    public TikTokAuthBuilder cipher(TokenCipher value) {
        cipher = value;
        return this;
    }

    /**
     * Chooses a shop when a consent covers several and the callback names none; otherwise the first by id is taken.
     *
     * @param value the selector
     * @return this builder
     */
    public TikTokAuthBuilder shopSelector(ShopSelector value) {
        shopSelector = value;
        return this;
    }

    /**
     * The host's own HTTP client: its proxy, TLS and DNS are used. Its interceptors, listeners, cache, cookies, connections
     * and retries are not, because the URLs of TikTok's token endpoints hold the App Secret and must be sent once.
     *
     * @param value the client; it is not changed and not closed
     * @return this builder
     */
    public TikTokAuthBuilder httpClient(OkHttpClient value) {
        httpClient = value;
        return this;
    }

    /**
     * Runs refreshes of tokens that are soon to expire; {@code Runnable::run} makes the call that notices wait, for hosts
     * whose threads are frozen between requests.
     *
     * @param value the executor; it is not closed
     * @return this builder
     */
    public TikTokAuthBuilder refreshExecutor(Executor value) {
        refreshExecutor = value;
        return this;
    }

    /**
     * How long one call to TikTok may take in all; 10 seconds.
     *
     * @param value from one millisecond to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder callTimeout(Duration value) {
        callTimeout = value;
        return this;
    }

    /**
     * How long the writing of new tokens is repeated when the store fails, before they are kept in memory; 5 seconds.
     *
     * @param value from zero to ten minutes
     * @return this builder
     */
    public TikTokAuthBuilder writeBudget(Duration value) {
        writeBudget = value;
        return this;
    }

    /**
     * How long a node has the sole right to refresh; 20 seconds. When a node dies during a refresh the others go on after
     * this time.
     *
     * @param value longer than call time-out and write budget together, at most one hour
     * @return this builder
     */
    public TikTokAuthBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * How long a caller without a valid token waits for a refresh by another; 25 seconds, longer than the lease, so that a
     * node's death fails no caller.
     *
     * @param value from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder waitLimit(Duration value) {
        waitLimit = value;
        return this;
    }

    /**
     * How long a token shall live on at least when it is handed out; 2 minutes. A token whose whole life is shorter than four
     * times this has a quarter of its life instead.
     *
     * @param value from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder safetyMargin(Duration value) {
        safetyMargin = value;
        return this;
    }

    /**
     * How long a token may be handed out without asking the store, which is how long a disconnect on another node may go
     * unseen; zero switches the cache off. That a user has no connection, or must authorize again, is remembered for one second
     * at most. Without this call, {@code TIKTOK_TOKEN_CACHE_SECONDS}.
     *
     * @param value from zero to one hour
     * @return this builder
     */
    public TikTokAuthBuilder cacheFor(Duration value) {
        cacheFor = value;
        return this;
    }

    /**
     * How many users' tokens are cached at most; 20,000.
     *
     * @param value positive
     * @return this builder
     */
    public TikTokAuthBuilder cacheSize(long value) {
        cacheSize = value;
        return this;
    }

    /**
     * The clock for the timestamps of signed requests; the system's. Expiry is judged by the store's clock, not by this.
     *
     * @param value the clock
     * @return this builder
     */
    public TikTokAuthBuilder clock(InstantSource value) {
        time = Time.of(value);
        return this;
    }

    /**
     * Is told what happens on this node; may be called several times.
     *
     * @param value the listener
     * @return this builder
     */
    public TikTokAuthBuilder listener(AuthorizationListener value) {
        listeners.add(value);
        return this;
    }

    TikTokAuthBuilder time(Time value) {
        time = value;
        return this;
    }

    TikTokAuthBuilder callThreads(Executor value) {
        callThreads = value;
        return this;
    }

    TikTokAuthBuilder api(TikTokApi value) {
        api = value;
        return this;
    }

    Settings settings() {
        return new Settings(callTimeout, writeBudget, lease, waitLimit, safetyMargin, cacheFor, cacheSize);
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
        return new TikTokAuth(this, tokenStoreGiven, stateStoreGiven, cipherGiven, apiGiven);
    }

    private static <T> @Nullable T given(@Nullable T value, String problem, List<String> problems) {
        if (value == null) {
            problems.add(problem);
        }
        return value;
    }
}
