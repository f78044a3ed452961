package io.github.tiktokauth.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The least that could be done: a look into memory and at the clock. Neither stores, refreshes, nor forgets. */
public final class Floors {

    private record Kept(String token, long endMillis) {}

    private Floors() {}

    /**
     * Returns the floor of a bounded Caffeine cache.
     *
     * @param seeds who is in it
     * @return the floor
     */
    public static Peer caffeine(List<Seed> seeds) {
        Cache<String, Kept> cache =
                Caffeine.newBuilder().maximumSize(TikTokAuthPeer.CACHE_SIZE).build();
        seeds.forEach(seed -> cache.put(seed.userId(), kept(seed)));
        return floor(cache::getIfPresent);
    }

    /**
     * Returns the floor of a map.
     *
     * @param seeds who is in it
     * @return the floor
     */
    public static Peer map(List<Seed> seeds) {
        Map<String, Kept> map = new ConcurrentHashMap<>();
        seeds.forEach(seed -> map.put(seed.userId(), kept(seed)));
        return floor(map::get);
    }

    private static Kept kept(Seed seed) {
        return new Kept(seed.accessToken(), seed.expiresAt().toEpochMilli());
    }

    private static Peer floor(Function<String, Kept> memory) {
        return userId -> {
            Kept kept = memory.apply(userId);
            if (kept == null || System.currentTimeMillis() >= kept.endMillis()) {
                throw new IllegalStateException("a floor holds fresh tokens only");
            }
            return kept.token();
        };
    }
}
