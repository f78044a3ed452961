package io.github.tiktokauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Decrypted tokens for a short time, so that the hot path asks no store; and for a shorter one, who has none. Every local change
 * evicts; a change on another node is seen when the entry ends.
 */
final class TokenCache {

    private static final int STRIPES = 1024;
    private static final Duration ABSENT_FOR = Duration.ofSeconds(1);
    private static final long TICK_NANOS = 1_000_000;

    private final @Nullable Cache<String, Entry> cache;
    private final @Nullable Cache<String, Reason> absent;

    /** The time for Caffeine, from the one look at the clock that a call makes; a second look would cost half as much again. */
    private volatile long ticked;

    /** Counts local changes, so that a reading from before a change does not put itself back after it. */
    private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);

    TokenCache(Duration cacheTtl, long size, Time time) {
        ticked = time.nanos();
        cache = cacheTtl.isZero() ? null : cache(cacheTtl, size);
        absent = cacheTtl.isZero() ? null : cache(cacheTtl.compareTo(ABSENT_FOR) < 0 ? cacheTtl : ABSENT_FOR, size);
    }

    private <V> Cache<String, V> cache(Duration keepFor, long size) {
        return Caffeine.newBuilder()
                .expireAfterWrite(keepFor)
                .maximumSize(size)
                .ticker(() -> ticked)
                .executor(Runnable::run)
                .build();
    }

    boolean isOn() {
        return cache != null;
    }

    @Nullable Entry get(String userId, long now) {
        if (cache == null) {
            return null;
        }
        if (now - ticked >= TICK_NANOS) {
            ticked = now;
        }
        return cache.getIfPresent(userId);
    }

    /** Why this user had no token a moment ago, if that was so. */
    @Nullable Reason absent(String userId) {
        return absent == null ? null : absent.getIfPresent(userId);
    }

    /** To be taken before the store is read. */
    int stamp(String userId) {
        return changes.get(stripe(userId));
    }

    void put(String userId, Entry entry, int stamp) {
        put(cache, userId, entry, stamp);
    }

    void putAbsent(String userId, Reason reason, int stamp) {
        put(absent, userId, reason, stamp);
    }

    private <V> void put(@Nullable Cache<String, V> into, String userId, V value, int stamp) {
        if (into == null || stamp(userId) != stamp) {
            return;
        }
        into.put(userId, value);
        if (stamp(userId) != stamp) {
            into.invalidate(userId);
        }
    }

    void evict(String userId) {
        changes.incrementAndGet(stripe(userId));
        if (cache != null && absent != null) {
            cache.invalidate(userId);
            absent.invalidate(userId);
        }
    }

    private static int stripe(String userId) {
        int hash = userId.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    /** A token, and from when it wants what, on the monotonic clock. */
    static final class Entry {

        final AccessToken token;
        final long expiredFrom;

        /** From when an early refresh is worth a try; written by whoever tries. A lost update costs one superfluous reading. */
        volatile long nextEarly;

        Entry(AccessToken token, long staleFrom, long expiredFrom) {
            this.token = token;
            this.expiredFrom = expiredFrom;
            this.nextEarly = staleFrom;
        }
    }
}
