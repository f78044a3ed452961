package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the tokens of a refresh. Once TikTok has answered they exist nowhere else: a write that fails is tried again within
 * the budget, and after that the pair is kept here, served from here, and written at the next chance, which is every call for
 * this user and the closing of the library. A write that hangs beyond its lease is treated the same, except that it is left to
 * its own thread.
 */
final class TokenWriter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** What became of a write. */
    enum Result {
        SAVED,
        /** The row has changed meanwhile; what it holds now is valid. */
        MOVED_ON,
        /** Not written yet; kept. */
        KEPT
    }

    /** A refresh's result, over the reading whose refresh token it spent, and how long TikTok took for it. */
    record Pair(Snapshot spent, PlainTokens tokens, Snapshot result, Duration took, boolean forced) {

        String userId() {
            return spent.userId();
        }

        long sentAt() {
            return result.times().readAt() - took.toNanos();
        }

        AuthorizationEvent refreshed() {
            return new AuthorizationEvent.TokenRefreshed(
                    userId(), tokens.accessTokenExpiresAt(), tokens.refreshTokenExpiresAt(), took);
        }

        @Override
        public String toString() {
            return "Pair[of user " + userId() + "]";
        }
    }

    private final TokenStore store;
    private final TokenEncryption encryption;
    private final Time time;
    private final Duration writeBudget;
    private final Duration lease;
    private final Events events;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    TokenWriter(TokenStore store, TokenEncryption encryption, Time time, Settings settings, Events events) {
        this.store = store;
        this.encryption = encryption;
        this.time = time;
        this.writeBudget = settings.writeBudget();
        this.lease = settings.leaseDuration();
        this.events = events;
    }

    Result write(Pair pair) {
        Kept unsaved = new Kept(pair, pair.sentAt() + lease.toNanos());
        // Before the first attempt: whatever breaks off here, an Error too, must not take the only copy along.
        kept.merge(pair.userId(), unsaved, Kept::laterSent);
        return write(unsaved, time.nanos() + writeBudget.toNanos());
    }

    private Result write(Kept unsaved, long deadline) {
        Duration pause = FIRST_PAUSE;
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    Result result = attempt(unsaved);
                    kept.remove(unsaved.userId(), unsaved);
                    return result;
                } catch (Throwable e) {
                    if (time.nanos() + pause.toNanos() - deadline > 0) {
                        return givenUp(unsaved, e);
                    }
                    time.sleep(pause);
                    interrupted |= Thread.interrupted();
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                }
            }
        } finally {
            unsaved.leaveToOthers(time.nanos());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Result givenUp(Kept unsaved, Throwable why) {
        if (kept.get(unsaved.userId()) != unsaved) {
            // The user ended or renewed the connection here, or a later refresh has brought others.
            return Result.MOVED_ON;
        }
        LOG.error(
                "user {}: refreshed tokens could not be stored ({}); they are kept in memory and served, and every call"
                        + " tries to store them again",
                unsaved.userId(),
                why.getClass().getSimpleName());
        return Result.KEPT;
    }

    private Result attempt(Kept unsaved) {
        unsaved.attempts.incrementAndGet();
        Pair pair = unsaved.pair;
        Snapshot spent = pair.spent();
        boolean saved = store.saveTokens(
                spent.id(),
                spent.generation(),
                encryption.appKey(),
                encryption.seal(pair.userId(), pair.tokens()),
                pair.forced());
        return saved || (unsaved.attempts.get() > 1 && isThere(pair)) ? Result.SAVED : Result.MOVED_ON;
    }

    /** Another write may have got through although its answer did not: then nothing was dropped. */
    private boolean isThere(Pair pair) {
        Snapshot spent = pair.spent();
        return Lookup.ofUser(store, pair.userId())
                .filter(row -> row.id().equals(spent.id()) && row.generation() == spent.generation() + 1)
                .filter(row -> encryption.holds(row, pair.tokens()))
                .isPresent();
    }

    /** Whether there are tokens that are not stored yet, so that the stored refresh token is spent. */
    boolean holds(String userId) {
        return kept.containsKey(userId);
    }

    /**
     * Returns the tokens of a user that are not stored yet, after one more attempt to write them. Attempts are spaced, and only one call at
     * a time makes them, so that a store that hangs does not hold up everybody.
     */
    Optional<Snapshot> unsaved(String userId) {
        Kept unsaved = kept.get(userId);
        if (unsaved == null) {
            return Optional.empty();
        }
        long now = time.nanos();
        if (!unsaved.isServed(now) || (unsaved.mayTry(now) && tryAgain(unsaved))) {
            return Optional.empty();
        }
        return Optional.of(unsaved.pair.result());
    }

    private boolean tryAgain(Kept unsaved) {
        try {
            settled(unsaved, attempt(unsaved));
            return true;
        } catch (Throwable e) {
            // An Error too: what is served meanwhile needs no store.
            return false;
        } finally {
            unsaved.tried(time.nanos());
        }
    }

    private void settled(Kept unsaved, Result result) {
        kept.remove(unsaved.userId(), unsaved);
        LOG.info("user {}: tokens kept in memory: {}", unsaved.userId(), result);
        if (result == Result.SAVED) {
            events.notify(unsaved.pair.refreshed());
        }
    }

    /** The user ended or renewed the connection here: newer than what is kept. */
    void forget(String userId) {
        kept.remove(userId);
    }

    void close() {
        long deadline = time.nanos() + writeBudget.toNanos();
        kept.forEach((userId, unsaved) -> {
            Result result = write(unsaved, deadline);
            if (result == Result.KEPT) {
                LOG.error(
                        "user {}: closing with tokens that could not be stored; the seller may have to authorize again",
                        userId);
            } else {
                settled(unsaved, result);
            }
        });
    }

    /** A pair and when it may be tried next. */
    private static final class Kept {

        private final Pair pair;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicBoolean trying = new AtomicBoolean(true);
        private volatile long servedFrom;
        private volatile long next;

        /** In the hands of the thread that brought it, until that gives it up. */
        Kept(Pair pair, long servedFrom) {
            this.pair = pair;
            this.servedFrom = servedFrom;
        }

        String userId() {
            return pair.userId();
        }

        /** Of two refreshes that spent one token, TikTok knows the later one's result as the latest. */
        Kept laterSent(Kept other) {
            return other.pair.sentAt() - pair.sentAt() < 0 ? this : other;
        }

        /** Tokens are stored before anybody sees them, unless that fails, or is stuck for as long as a lease lasts. */
        boolean isServed(long now) {
            return now - servedFrom >= 0;
        }

        boolean mayTry(long now) {
            return now - next >= 0 && trying.compareAndSet(false, true);
        }

        void tried(long now) {
            next = now + LONGEST_PAUSE.toNanos();
            trying.set(false);
        }

        void leaveToOthers(long now) {
            servedFrom = now;
            next = now;
            trying.set(false);
        }
    }
}
