package io.github.tiktokauth;

import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the tokens of a refresh. Once TikTok has answered they exist nowhere else: a write that fails is tried again within
 * the budget, and after that the pair is kept here, served from here, and written at the next chance, which is every call for
 * this user and the closing of the library.
 */
final class Unsaved {

    private static final Logger LOG = LoggerFactory.getLogger(TikTokAuth.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** What became of a write. */
    enum Result {
        SAVED,
        /** The row has moved on; what stands there now is the truth. */
        MOVED_ON,
        /** Not written yet; kept. */
        KEPT
    }

    /** A refresh's result, over the reading whose refresh token it spent, and how long TikTok took for it. */
    record Pair(Snapshot spent, PlainTokens tokens, Snapshot result, Duration took) {

        AuthorizationEvent refreshed() {
            return new AuthorizationEvent.TokenRefreshed(
                    spent.row().userId(), tokens.accessTokenExpiresAt(), tokens.refreshTokenExpiresAt(), took);
        }

        @Override
        public String toString() {
            return "Pair[of user " + spent.row().userId() + "]";
        }
    }

    private final TokenStore store;
    private final Vault vault;
    private final Time time;
    private final Duration writeBudget;
    private final Events events;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Unsaved(TokenStore store, Vault vault, Time time, Duration writeBudget, Events events) {
        this.store = store;
        this.vault = vault;
        this.time = time;
        this.writeBudget = writeBudget;
        this.events = events;
    }

    Result write(Pair pair) {
        return write(pair, time.nanos() + writeBudget.toNanos(), false);
    }

    private Result write(Pair pair, long deadline, boolean triedBefore) {
        String userId = pair.spent().row().userId();
        Duration pause = FIRST_PAUSE;
        boolean interrupted = Thread.interrupted();
        boolean again = triedBefore;
        try {
            while (true) {
                try {
                    return attempt(pair, again);
                } catch (RuntimeException e) {
                    if (time.nanos() + pause.toNanos() - deadline > 0) {
                        kept.put(userId, new Kept(pair, time.nanos()));
                        LOG.error(
                                "user {}: refreshed tokens could not be stored ({}); they are kept in memory and"
                                        + " served, and every call tries to store them again",
                                userId,
                                e.getClass().getSimpleName());
                        return Result.KEPT;
                    }
                    time.sleep(pause);
                    interrupted |= Thread.interrupted();
                    again = true;
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Result attempt(Pair pair, boolean again) {
        Snapshot spent = pair.spent();
        boolean saved = store.saveTokens(
                spent.id(), spent.generation(), vault.seal(spent.row().userId(), pair.tokens()));
        return saved || (again && isThere(pair)) ? Result.SAVED : Result.MOVED_ON;
    }

    /** A write before may have got through although its answer did not: then nothing was dropped, and nothing must be told so. */
    private boolean isThere(Pair pair) {
        Snapshot spent = pair.spent();
        return Lookup.ofUser(store, spent.row().userId())
                .filter(row -> row.id().equals(spent.id()) && row.generation() == spent.generation() + 1)
                .filter(row ->
                        vault.accessToken(row).value().equals(pair.tokens().accessToken()))
                .filter(row -> vault.refreshToken(row).equals(pair.tokens().refreshToken()))
                .isPresent();
    }

    /**
     * What is still owed to the store for a user, after one more attempt to write it. Attempts are spaced, and only one call at
     * a time makes them, so that a store that hangs does not hold up everybody.
     */
    Optional<Snapshot> owed(String userId) {
        Kept owed = kept.get(userId);
        if (owed == null) {
            return Optional.empty();
        }
        if (owed.mayTry(time.nanos()) && tryAgain(userId, owed)) {
            return Optional.empty();
        }
        return Optional.of(owed.pair.result());
    }

    private boolean tryAgain(String userId, Kept owed) {
        try {
            Result result = attempt(owed.pair, true);
            kept.remove(userId, owed);
            settled(owed.pair, result);
            return true;
        } catch (RuntimeException e) {
            return false;
        } finally {
            owed.tried(time.nanos());
        }
    }

    private void settled(Pair pair, Result result) {
        LOG.info("user {}: tokens kept in memory: {}", pair.spent().row().userId(), result);
        if (result == Result.SAVED) {
            events.tell(pair.refreshed());
        }
    }

    /** The user ended or renewed the connection here: newer than what is kept. */
    void forget(String userId) {
        kept.remove(userId);
    }

    int size() {
        return kept.size();
    }

    void close() {
        long deadline = time.nanos() + writeBudget.toNanos();
        kept.forEach((userId, owed) -> {
            Result result = write(owed.pair, deadline, true);
            if (result == Result.KEPT) {
                LOG.error(
                        "user {}: closing with tokens that could not be stored; the seller may have to authorize again",
                        userId);
            } else {
                kept.remove(userId);
                settled(owed.pair, result);
            }
        });
    }

    /** A pair and when it may be tried next. */
    private static final class Kept {

        private final Pair pair;
        private final AtomicBoolean trying = new AtomicBoolean();
        private volatile long next;

        Kept(Pair pair, long next) {
            this.pair = pair;
            this.next = next;
        }

        boolean mayTry(long now) {
            return now - next >= 0 && trying.compareAndSet(false, true);
        }

        void tried(long now) {
            next = now + LONGEST_PAUSE.toNanos();
            trying.set(false);
        }
    }
}
