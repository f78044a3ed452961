package io.github.tiktokauth;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.TikTokSimulator;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Nodes of the library over one pair of stores and one simulated TikTok, all on one time that is moved by hand. It starts with
 * nanoseconds, which neither TikTok nor a database keeps.
 */
final class SimulatedCluster implements AutoCloseable {

    static final String OLD_KEY = AesGcmCipher.generateKey("old");

    final ManualTime time = startingBetweenSeconds();
    final TikTokSimulator tikTok = TikTokSimulator.builder().clock(time.wall()).start();
    final List<AuthorizationEvent> events = new ArrayList<>();
    TokenStore store = new InMemoryTokenStore(time.wall());
    StateStore states = new InMemoryStateStore(time.wall());
    Executor executor = Runnable::run;
    private final List<TikTokAuth> nodes = new ArrayList<>();

    private static ManualTime startingBetweenSeconds() {
        ManualTime time = new ManualTime();
        time.advance(Duration.ofNanos(123_456_789));
        return time;
    }

    Instant now() {
        return time.wall().instant();
    }

    TikTokAuth node() {
        return node(OLD_KEY);
    }

    TikTokAuth node(String keys) {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", keys);
        TikTokAuth node = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(store)
                .stateStore(states)
                .clock(time.wall())
                .refreshExecutor(executor)
                .cacheTtl(Duration.ZERO)
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
