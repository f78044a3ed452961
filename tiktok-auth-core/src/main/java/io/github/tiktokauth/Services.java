package io.github.tiktokauth;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.util.function.Supplier;

/** What the parts of one {@link TikTokAuth} are, put together. */
record Services(
        TikTokConfig config,
        TikTokApi api,
        TokenWriter tokenWriter,
        TokenCache cache,
        BackgroundTasks background,
        CallThreads threads,
        Refresher refresher,
        Tokens tokens,
        Consents consents,
        Claims claims,
        Connections connections,
        Maintenance maintenance,
        Webhooks webhooks,
        SignedCalls signedCalls,
        Events events) {

    static Services of(Dependencies given) {
        TikTokConfig config = given.config();
        Settings settings = given.settings();
        TokenStore store = given.tokenStore();
        StateStore states = given.stateStore();
        TokenCipher cipher = given.cipher();
        TikTokApi api = given.api();
        Time time = given.time();
        Events events = new Events(given.listeners());
        TokenEncryption encryption = new TokenEncryption(cipher, store.name(), config.clientId());
        TokenWriter writer = new TokenWriter(store, encryption, time, settings, events);
        TokenCache cache = new TokenCache(settings.cacheTtl(), settings.cacheSize(), time);
        BackgroundTasks background = new BackgroundTasks(given.refreshExecutor());
        CallThreads threads = new CallThreads(given.callThreads());
        Refresher refresher = new Refresher(store, api, encryption, writer, time, settings, events);
        SingleFlight flights = new SingleFlight(threads, time, settings.leaseDuration());
        AwaitedCalls calls = new AwaitedCalls(api, threads, time, settings.callTimeout());
        Tokens tokens = new Tokens(refresher, flights, cache, background, time, settings);
        return new Services(
                config,
                api,
                writer,
                cache,
                background,
                threads,
                refresher,
                tokens,
                new Consents(config, states, cipher),
                new Claims(config, states, cipher),
                new Connections(
                        calls,
                        store,
                        states,
                        encryption,
                        new ShopChoice(given.shopSelector()),
                        new StoreRetry(time, settings.writeBudget()),
                        events),
                new Maintenance(store, encryption, tokens, time, settings),
                new Webhooks(
                        config.webhookSignature(),
                        store,
                        states,
                        background,
                        new ConnectionCheck(refresher, tokens, calls),
                        events),
                new SignedCalls(config, time.wall()),
                events);
    }

    /** Runs what connects a user, and notifies the listeners of a rejection. */
    ConnectedShop connecting(String userId, Supplier<GivenConsent> consent) {
        return rejecting(() -> changing(userId, () -> connections.connect(consent.get())));
    }

    <T> T rejecting(Supplier<T> work) {
        try {
            return work.get();
        } catch (CallbackRejectedException e) {
            events.notify(new RejectedRequest.Callback(e.rejection()));
            throw e;
        }
    }

    /** Runs what changes a user's connection: what this node remembers of it is out of date afterwards. */
    <T> T changing(String userId, Supplier<T> work) {
        Text.userId(userId);
        try {
            T result = StoreErrors.translate(work);
            // Not before: a rejected callback or a failing store leaves tokens that are not stored yet as they are.
            tokenWriter.forget(userId);
            return result;
        } finally {
            cache.evict(userId);
        }
    }

    /** Finishes what is under way, in the order in which each part needs the next. */
    void close() {
        background.close();
        refresher.close();
        tokens.close();
        tokenWriter.close();
        api.close();
        threads.close();
    }
}
