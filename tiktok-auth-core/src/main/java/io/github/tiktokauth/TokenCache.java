package io.github.tiktokauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Decrypted tokens for a short time, so that the hot path asks no store. Every local change evicts; a change on another node
 * is seen when the entry ends.
 */
final class TokenCache {

    private static final int STRIPES = 1024;

    private final @Nullable Cache<String, Entry> cache;

    /** Counts local changes, so that a reading from before a change does not put itself back after it. */
    private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);

    TokenCache(Duration cacheFor, long size, Time time) {
        cache = cacheFor.isZero()
                ? null
                : Caffeine.newBuilder()
                        .expireAfterWrite(cacheFor)
                        .maximumSize(size)
                        .ticker(time::nanos)
                        .executor(Runnable::run)
                        .build();
    }

    @Nullable Entry get(String userId) {
        return cache == null ? null : cache.getIfPresent(userId);
    }

    /** To be taken before the store is read. */
    int stamp(String userId) {
        return changes.get(stripe(userId));
    }

    void put(String userId, Entry entry, int stamp) {
        if (cache == null || stamp(userId) != stamp) {
            return;
        }
        cache.put(userId, entry);
        if (stamp(userId) != stamp) {
            cache.invalidate(userId);
        }
    }

    void evict(String userId) {
        changes.incrementAndGet(stripe(userId));
        if (cache != null) {
            cache.invalidate(userId);
        }
    }

    private static int stripe(String userId) {
        int hash = userId.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    /** A token, and from when it wants what, on the monotonic clock. */
    static final class Entry {

        final AccessToken token;
        final long soonFrom;
        final long expiredFrom;

        /** Written by whoever tries an early refresh; a lost update costs one superfluous reading. */
        volatile long nextEarly;

        Entry(AccessToken token, long soonFrom, long expiredFrom) {
            this.token = token;
            this.soonFrom = soonFrom;
            this.expiredFrom = expiredFrom;
            this.nextEarly = soonFrom;
        }
    }
}
