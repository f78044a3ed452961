package io.github.tiktokauth;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A host application with everything real but TikTok and time; early refreshes run when the test says. */
final class TestHost implements AutoCloseable {

    static final String USER = "user-1";
    static final String APP_KEY = "app-key";
    static final StoredShop SHOP = new StoredShop("7494049642642441621", "Größe 店", "GB", "ROW_cipher", false);
    static final Map<String, String> SETTINGS = Map.of(
            "TIKTOK_CLIENT_ID", APP_KEY,
            "TIKTOK_CLIENT_SECRET", "app-secret",
            "TIKTOK_REDIRECT_URI", "https://host.example/callback",
            "TIKTOK_SERVICE_ID", "7000000000000000001",
            "TIKTOK_TOKEN_ENCRYPTION_KEYS", HttpWorld.KEYS);

    final ManualTime time;
    final InMemoryTokenStore rows;
    final InMemoryStateStore states;
    final ScriptedTikTok tikTok;
    final ProbedStore store;
    final Deque<Runnable> background = new ArrayDeque<>();
    final TikTokAuth auth;

    TestHost() {
        this(builder -> builder);
    }

    TestHost(UnaryOperator<TikTokAuthBuilder> changes) {
        time = new ManualTime();
        rows = new InMemoryTokenStore(time.wall());
        states = new InMemoryStateStore(time.wall());
        tikTok = new ScriptedTikTok(time.wall());
        store = new ProbedStore(rows);
        auth = build(changes);
    }

    /** Another node of the same host, over the same store and TikTok. */
    private TestHost(TestHost first, UnaryOperator<TikTokAuthBuilder> changes) {
        time = first.time;
        rows = first.rows;
        states = first.states;
        tikTok = first.tikTok;
        store = new ProbedStore(rows);
        auth = build(changes);
    }

    TestHost another() {
        return new TestHost(this, builder -> builder);
    }

    private TikTokAuth build(UnaryOperator<TikTokAuthBuilder> changes) {
        Executor whenTold = background::add;
        return changes.apply(TikTokAuth.builder(TikTokConfig.fromMap(SETTINGS))
                        .tokenStore(store.store)
                        .stateStore(states)
                        .refreshExecutor(whenTold)
                        .time(time)
                        .api(tikTok))
                .build();
    }

    ConnectedShop connect() {
        return connect(USER);
    }

    ConnectedShop connect(String userId) {
        AuthorizationRequest request = auth.initiate(userId);
        return auth.callback(userId, "code-of-" + userId, request.state());
    }

    String token() {
        return auth.getValidAccessToken(USER).value();
    }

    StoredAuthorization row() {
        return rows.find(USER).orElseThrow();
    }

    void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    /** To a moment at which the token lives on for exactly this long. */
    void untilLeft(Duration left) {
        Duration ahead = Duration.between(
                time.wall().instant(), row().tokens().accessTokenExpiresAt().minus(left));
        if (ahead.isNegative()) {
            throw new IllegalStateException("that moment has passed");
        }
        time.advance(ahead);
    }

    /** Valid, and worth an early refresh. */
    void untilSoon() {
        untilLeft(Duration.ofHours(17));
    }

    void untilEnded() {
        untilLeft(Duration.ofSeconds(-1));
    }

    /** What the row's ciphertexts say. */
    TokenResponse stored() {
        TokenEncryption encryption =
                new TokenEncryption(TikTokConfig.fromMap(SETTINGS).cipher(), rows.name(), APP_KEY);
        StoredTokens tokens = row().tokens();
        return new TokenResponse(
                encryption.accessToken(row()).value(),
                encryption.refreshToken(row()),
                tokens.accessTokenExpiresAt(),
                tokens.refreshTokenExpiresAt(),
                tokens.openId(),
                tokens.scope(),
                null);
    }

    @Override
    public void close() {
        auth.close();
    }
}
