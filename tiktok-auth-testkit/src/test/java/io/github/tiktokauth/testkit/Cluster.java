package io.github.tiktokauth.testkit;

import io.github.tiktokauth.AesGcmCipher;
import io.github.tiktokauth.AuthorizationEvent;
import io.github.tiktokauth.InMemoryStateStore;
import io.github.tiktokauth.InMemoryTokenStore;
import io.github.tiktokauth.ShopInfo;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Nodes of the library over one pair of stores and one simulated TikTok, all on one clock that is moved by hand. */
final class Cluster implements AutoCloseable {

    static final String OLD_KEY = AesGcmCipher.generateKey("old");

    final HandMovedClock clock = new HandMovedClock();
    final TikTokSimulator tikTok = TikTokSimulator.builder().clock(clock).start();
    final List<AuthorizationEvent> events = new ArrayList<>();
    TokenStore store = new InMemoryTokenStore(clock);
    StateStore states = new InMemoryStateStore(clock);
    Executor executor = Runnable::run;
    private final List<TikTokAuth> nodes = new ArrayList<>();

    TikTokAuth node() {
        return node(OLD_KEY);
    }

    TikTokAuth node(String keys) {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", keys);
        TikTokAuth node = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(store)
                .stateStore(states)
                .clock(clock)
                .refreshExecutor(executor)
                .cacheFor(Duration.ZERO)
                .listener(event -> {
                    throw new IllegalStateException("a listener that always fails harms nobody");
                })
                .listener(events::add)
                .build();
        nodes.add(node);
        return node;
    }

    ShopInfo connect(TikTokAuth node, String userId, String sellerId) {
        SimulatedCallback back = tikTok.allow(node.initiate(userId).authUrl(), sellerId);
        return node.callback(userId, back.code(), back.state()).shop();
    }

    <E extends AuthorizationEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        nodes.forEach(TikTokAuth::close);
        tikTok.close();
    }
}
