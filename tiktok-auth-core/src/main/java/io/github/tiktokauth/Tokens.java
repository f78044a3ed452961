package io.github.tiktokauth;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.SingleFlight.Flight;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.util.Optional;

/** Provides tokens: from the cache, from the store, after a refresh, or while a refresh runs in the background. */
final class Tokens {

    private static final Duration EARLY_PAUSE = Duration.ofSeconds(1);
    private static final Duration LANDING = Duration.ofSeconds(30);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** Far beyond what any cache keeps, and within what nanoseconds count. */
    private static final Duration LONGEST_REMEMBERED = Duration.ofDays(365);

    private final Refresher refresher;
    private final SingleFlight flights;
    private final TokenCache cache;
    private final BackgroundTasks background;
    private final Time time;
    private final Settings settings;

    Tokens(
            Refresher refresher,
            SingleFlight flights,
            TokenCache cache,
            BackgroundTasks background,
            Time time,
            Settings settings) {
        this.refresher = refresher;
        this.flights = flights;
        this.cache = cache;
        this.background = background;
        this.time = time;
        this.settings = settings;
    }

    AccessToken valid(String userId) {
        long now = time.nanos();
        TokenCache.Entry entry = userId == null ? null : cache.get(userId, now);
        if (entry != null && now - entry.expiredFrom < 0) {
            if (now - entry.nextEarly >= 0) {
                startEarly(userId, entry);
            }
            return entry.token;
        }
        return fromStore(Text.userId(userId));
    }

    /** A new token, whatever the present one's age. */
    AccessToken refresh(String userId) {
        Snapshot first = read(userId).orElseThrow(Tokens::notConnected);
        RefreshOutcome outcome = fly(userId, first, RefreshMode.FORCED);
        if (outcome instanceof RefreshOutcome.Ready ready) {
            return ready.snapshot().usableToken();
        }
        throw RefreshOutcome.exception(outcome);
    }

    /** Another token than the one that TikTok has just refused. */
    AccessToken replace(String userId, AccessToken refused) {
        cache.evict(userId);
        Snapshot first = read(userId).orElseThrow(Tokens::notConnected);
        if (!first.isSameToken(refused)
                && first.freshness(settings.safetyMargin(), time.nanos()) != Freshness.EXPIRED) {
            return first.usableToken();
        }
        RefreshOutcome outcome = fly(userId, first, RefreshMode.REPLACE);
        if (outcome instanceof RefreshOutcome.Ready ready) {
            return ready.snapshot().usableToken();
        }
        throw RefreshOutcome.exception(outcome);
    }

    /** As {@link #replace}, for whoever needs no token but wants it settled whether there can be one. */
    void tryReplace(String userId, Snapshot refused) {
        fly(userId, refused, RefreshMode.REPLACE);
    }

    void evict(String userId) {
        cache.evict(userId);
    }

    /** By the host's scheduler, whose thread waits for this refresh and for no other. */
    RefreshOutcome refreshDue(StoredAuthorization row) {
        return runUnattended(row.userId(), RefreshMode.DUE, row.generation());
    }

    private AccessToken fromStore(String userId) {
        Reason absent = cache.absent(userId);
        if (absent != null) {
            throw new AuthorizationRequiredException(absent, null);
        }
        int stamp = cache.stamp(userId);
        Optional<Snapshot> read = read(userId);
        Optional<Reason> unrecoverable = unrecoverable(read);
        if (unrecoverable.isPresent()) {
            cache.putAbsent(userId, unrecoverable.get(), stamp);
            throw new AuthorizationRequiredException(unrecoverable.get(), null);
        }
        Snapshot now = read.orElseThrow(Tokens::notConnected);
        Freshness freshness = now.freshness(settings.safetyMargin(), time.nanos());
        if (freshness == Freshness.FRESH && !cache.isOn()) {
            return now.usableToken();
        }
        if (freshness != Freshness.EXPIRED) {
            TokenCache.Entry entry = remember(userId, now, stamp);
            if (freshness == Freshness.STALE && now.isStored()) {
                Duration rest = now.untilRefreshable(time.nanos());
                if (rest.isZero()) {
                    startEarly(userId, entry);
                } else {
                    entry.nextEarly = time.nanos() + rest.toNanos();
                }
            }
            return now.usableToken();
        }
        RefreshOutcome outcome = fly(userId, now, RefreshMode.NEEDED);
        if (outcome instanceof RefreshOutcome.Ready ready) {
            return ready.snapshot().usableToken();
        }
        if (isDisconnected(outcome) || now.isEnded(time.nanos())) {
            throw RefreshOutcome.exception(outcome);
        }
        return now.usableToken();
    }

    /** Why only the seller can help. */
    private Optional<Reason> unrecoverable(Optional<Snapshot> read) {
        if (read.isEmpty()) {
            return Optional.of(Reason.NOT_CONNECTED);
        }
        Snapshot now = read.get();
        return now.isStored() && now.isEnded(time.nanos()) ? now.reauthorization() : Optional.empty();
    }

    private Optional<Snapshot> read(String userId) {
        return StoreErrors.translate(() -> refresher.read(userId));
    }

    private TokenCache.Entry remember(String userId, Snapshot snapshot, int stamp) {
        long now = time.nanos();
        Duration whole = snapshot.times().remaining(now);
        Duration remaining = whole.compareTo(LONGEST_REMEMBERED) < 0 ? whole : LONGEST_REMEMBERED;
        long expiredFrom = now
                + remaining
                        .minus(snapshot.times().margin(settings.safetyMargin()))
                        .toNanos();
        long staleFrom = now + remaining.minus(snapshot.times().early()).toNanos();
        TokenCache.Entry entry = new TokenCache.Entry(
                snapshot.usableToken(), staleFrom - expiredFrom < 0 ? staleFrom : expiredFrom, expiredFrom);
        if (snapshot.isStored()) {
            cache.put(userId, entry, stamp);
        }
        return entry;
    }

    private void startEarly(String userId, TokenCache.Entry entry) {
        entry.nextEarly = time.nanos() + EARLY_PAUSE.toNanos();
        if (flights.isFlying(userId)) {
            return;
        }
        background.start(BackgroundTasks.Task.refresh(userId), () -> {
            RefreshOutcome outcome = runUnattended(userId, RefreshMode.EARLY, 0);
            if (outcome instanceof RefreshOutcome.Unavailable unavailable) {
                entry.nextEarly = time.nanos() + unavailable.retryAfter().toNanos();
            }
        });
    }

    /** Whoever waits for this one has no need of the token: it waits until the end, and needs no bound but the flight's own. */
    private RefreshOutcome runUnattended(String userId, RefreshMode mode, long generation) {
        Flight mine = flights.of(userId, mode, flight -> attemptUnattended(userId, flight, generation));
        if (flights.join(mine) != mine) {
            return new RefreshOutcome.Busy();
        }
        RefreshOutcome outcome = mine.await();
        return outcome == null ? new RefreshOutcome.Busy() : outcome;
    }

    private RefreshOutcome attemptUnattended(String userId, Flight flight, long generation) {
        boolean asBefore = false;
        try {
            RefreshOutcome outcome = attemptIfDue(userId, flight, generation);
            // What failed changed no token: the cached one stays in use, or a TikTok that is down would cost a
            // reading a call.
            asBefore = !(outcome instanceof RefreshOutcome.Ready
                    || outcome instanceof RefreshOutcome.AuthorizationRequired);
            return outcome;
        } finally {
            if (!asBefore) {
                cache.evict(userId);
            }
        }
    }

    private RefreshOutcome attemptIfDue(String userId, Flight flight, long generation) {
        try {
            Optional<Snapshot> first = refresher.read(userId);
            if (first.isEmpty()) {
                return new RefreshOutcome.AuthorizationRequired(Reason.NOT_CONNECTED, null);
            }
            if (flight.mode() == RefreshMode.DUE && first.get().generation() != generation) {
                return new RefreshOutcome.Busy();
            }
            return refresher.attempt(first.get(), flight);
        } catch (StoreException e) {
            return new RefreshOutcome.StoreFailed(e);
        } catch (CipherException e) {
            return new RefreshOutcome.CipherFailed(e);
        }
    }

    /** Starts a refresh, or joins the one under way and believes its result if that is what this caller needs. */
    private RefreshOutcome fly(String userId, Snapshot first, RefreshMode mode) {
        long start = time.nanos();
        long limit = settings.waitTimeout().toNanos();
        while (true) {
            Flight mine = flights.of(userId, mode, flight -> attempt(userId, first, flight));
            Flight flight = flights.join(mine);
            RefreshOutcome outcome = flight.await(limit - (time.nanos() - start));
            if (outcome != null && suffices(outcome, flight, mine, first)) {
                return outcome;
            }
            if (time.nanos() - start >= limit || Thread.currentThread().isInterrupted()) {
                return outcome == null || outcome instanceof RefreshOutcome.Ready ? leftUnderWay() : outcome;
            }
        }
    }

    private RefreshOutcome attempt(String userId, Snapshot first, Flight flight) {
        try {
            return refresher.attempt(first, flight);
        } finally {
            // Here, and not by the caller, who may have left.
            cache.evict(userId);
        }
    }

    private static boolean suffices(RefreshOutcome outcome, Flight flight, Flight mine, Snapshot first) {
        if (outcome instanceof RefreshOutcome.Busy) {
            return false;
        }
        if (flight == mine) {
            return true;
        }
        if (outcome instanceof RefreshOutcome.Ready ready) {
            return !mine.mode().wantsAnother() || !ready.snapshot().isSameGeneration(first);
        }
        // A failure of a lesser flight may be no more than the cool-down that a forced one ignores.
        return mine.mode() != RefreshMode.FORCED || flight.mode() == RefreshMode.FORCED;
    }

    private static RefreshOutcome leftUnderWay() {
        return new RefreshOutcome.Unavailable(
                Thread.currentThread().isInterrupted()
                        ? "interrupted while waiting for a refresh, which continues"
                        : "a refresh takes longer than callers wait, and continues",
                ONE_SECOND,
                null);
    }

    /** Waits for refreshes under way, whoever runs them. */
    void close() {
        flights.awaitAll(LANDING);
    }

    private static boolean isDisconnected(RefreshOutcome outcome) {
        return outcome instanceof RefreshOutcome.AuthorizationRequired required
                && required.reason() == Reason.NOT_CONNECTED;
    }

    static AuthorizationRequiredException notConnected() {
        return new AuthorizationRequiredException(Reason.NOT_CONNECTED, null);
    }
}
