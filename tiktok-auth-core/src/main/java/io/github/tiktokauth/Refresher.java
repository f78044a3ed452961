package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The refresh of one authorization among many nodes: read, take the lease on the generation that was read, spend the refresh
 * token, save by compare-and-set. The conditions of those writes are the algorithm; {@code docs/storage-and-cluster.md} tells
 * why each is as it is, and which others lose tokens. No database connection is held during the HTTP call.
 */
final class Refresher {

    private static final Duration FIRST_POLL = Duration.ofMillis(10);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);

    /** Against a store that does not keep its contract: each try may cost a request to TikTok. */
    private static final int MOST_FRUITLESS = 5;

    private final TokenStore store;
    private final TikTokApi api;
    private final TokenEncryption encryption;
    private final TokenWriter tokenWriter;
    private final Time time;
    private final Settings settings;
    private final Events events;
    private volatile boolean closed;

    Refresher(
            TokenStore store,
            TikTokApi api,
            TokenEncryption encryption,
            TokenWriter tokenWriter,
            Time time,
            Settings settings,
            Events events) {
        this.store = store;
        this.api = api;
        this.encryption = encryption;
        this.tokenWriter = tokenWriter;
        this.time = time;
        this.settings = settings;
        this.events = events;
    }

    /** The present row, or what is kept in memory as long as it could not be written. */
    Optional<Snapshot> read(String userId) {
        Optional<Snapshot> unsaved = tokenWriter.unsaved(userId);
        if (unsaved.isPresent()) {
            // Also when its access token has ended: the row's refresh token is spent, the unsaved one is the latest.
            return unsaved;
        }
        long readAt = time.nanos();
        return Lookup.ofUser(store, userId).map(row -> Snapshot.of(row, encryption.accessToken(row), readAt));
    }

    /** From now on nothing is begun: it could not be sent, and noting that would let TikTok rest for the whole cluster. */
    void close() {
        closed = true;
    }

    RefreshOutcome attempt(Snapshot first, SingleFlight.Flight flight) {
        try {
            return loop(first, flight);
        } catch (StoreException e) {
            return new RefreshOutcome.StoreFailed(e);
        } catch (CipherException e) {
            return new RefreshOutcome.CipherFailed(e);
        }
    }

    private RefreshOutcome loop(Snapshot first, SingleFlight.Flight flight) {
        RefreshMode mode = flight.mode();
        long deadline = time.nanos() + settings.waitTimeout().toNanos();
        Duration poll = FIRST_POLL;
        Snapshot now = first;
        int fruitless = 0;
        while (true) {
            Optional<RefreshOutcome> settled = settled(first, now, mode);
            if (settled.isPresent()) {
                return settled.get();
            }
            if (closed) {
                return new RefreshOutcome.Unavailable("this node is closed", Duration.ofSeconds(1), null);
            }
            long nanos = time.nanos();
            if (!flight.goesOn(nanos)) {
                return new RefreshOutcome.Busy();
            }
            // An earlier flight may be stuck in its write: then the stored refresh token is spent, whatever the lease
            // says.
            boolean free = now.lease(nanos).isZero() && !tokenWriter.holds(first.userId());
            if (free) {
                Optional<RefreshOutcome> own = tryOwn(now, flight);
                if (own.isPresent()) {
                    return own.get();
                }
            } else if (!mode.waits()) {
                return new RefreshOutcome.Busy();
            }
            if (time.nanos() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return new RefreshOutcome.Unavailable(
                        "another node is refreshing and did not finish in time", Duration.ofSeconds(1), null);
            }
            if (!free || fruitless > 0) {
                time.sleep(poll);
                Duration next = poll.plus(poll.dividedBy(8));
                poll = next.compareTo(LONGEST_POLL) < 0 ? next : LONGEST_POLL;
            }
            Optional<Snapshot> again = read(first.userId());
            if (again.isEmpty()) {
                return new RefreshOutcome.AuthorizationRequired(Reason.NOT_CONNECTED, null);
            }
            fruitless = free && again.get().isSameGeneration(now) ? fruitless + 1 : 0;
            if (fruitless == MOST_FRUITLESS) {
                return new RefreshOutcome.StoreFailed(new StoreException(
                        StoreException.Kind.OTHER,
                        "the store keeps refusing what its row allows; run its contract suite",
                        null));
            }
            now = again.get();
        }
    }

    /** Empty when the row has moved on meanwhile, or may have, and must be read again before anything is believed. */
    private Optional<RefreshOutcome> tryOwn(Snapshot now, SingleFlight.Flight flight) {
        String refreshToken = encryption.refreshToken(now.storedRow());
        String owner = UUID.randomUUID().toString();
        boolean ignoreCoolDown = flight.mode() == RefreshMode.FORCED;
        return store.acquireLease(now.id(), now.generation(), owner, settings.leaseDuration(), ignoreCoolDown, false)
                        && flight.maySend(time.nanos())
                ? spend(now, owner, refreshToken, flight)
                : Optional.empty();
    }

    /** The outcome, if none of our own doing is needed any more. */
    private Optional<RefreshOutcome> settled(Snapshot first, Snapshot now, RefreshMode mode) {
        long nanos = time.nanos();
        Freshness freshness = now.freshness(settings.safetyMargin(), nanos);
        boolean replaced = !now.isSameGeneration(first);
        boolean wantsFresh = mode == RefreshMode.EARLY
                || (mode == RefreshMode.DUE && now.times().isShortLived());
        if (replaced ? freshness != Freshness.EXPIRED : wantsFresh && freshness == Freshness.FRESH) {
            return Optional.of(new RefreshOutcome.Ready(now));
        }
        if (!now.isStored()) {
            return Optional.of(new RefreshOutcome.StoreFailed(new StoreException(
                    StoreException.Kind.UNAVAILABLE, "refreshed tokens are still waiting to be stored", null)));
        }
        Optional<Reason> mark = now.reauthorization();
        if (mark.isPresent()) {
            return Optional.of(new RefreshOutcome.AuthorizationRequired(mark.get(), null));
        }
        Duration coolDown = now.coolDown(nanos);
        if (mode != RefreshMode.FORCED && !coolDown.isZero()) {
            return Optional.of(new RefreshOutcome.Unavailable(
                    "TikTok rests after a failed refresh (" + now.state().lastCode() + ")",
                    CoolDown.atLeastOneSecond(coolDown),
                    null));
        }
        return Optional.empty();
    }

    private Optional<RefreshOutcome> spend(
            Snapshot spent, String owner, String refreshToken, SingleFlight.Flight flight) {
        StoredAuthorization row = spent.storedRow();
        long sentAt = time.nanos();
        PlainTokens tokens;
        try {
            TokenResponse response = api.refresh(refreshToken);
            tokens = PlainTokens.refreshed(
                    response, row.tokens(), refreshToken, spent.times().storeTimeAt(time.nanos()));
        } catch (CallFailure failure) {
            return failed(spent, owner, failure, Duration.ofNanos(time.nanos() - sentAt));
        }
        Snapshot result = spent.refreshed(tokens, tokens.accessTokenFor(row.shop()), time.nanos());
        TokenWriter.Pair pair = new TokenWriter.Pair(
                spent, tokens, result, Duration.ofNanos(time.nanos() - sentAt), flight.mode() == RefreshMode.FORCED);
        flight.hasTokens();
        return switch (tokenWriter.write(pair)) {
            case SAVED -> {
                LOG.info("user {}: token refreshed, generation {}", row.userId(), row.generation() + 1);
                events.notify(pair.refreshed());
                yield Optional.of(brought(spent, result));
            }
            case KEPT -> {
                events.notify(new AuthorizationEvent.TokensUnsaved(row.userId()));
                yield Optional.of(brought(spent, result));
            }
            case MOVED_ON -> {
                LOG.info("user {}: the connection changed during a refresh; its tokens are dropped", row.userId());
                yield Optional.empty();
            }
        };
    }

    /** Without an access token the next call tries again; the one after that waits, or each call of a fleet would spend a token. */
    private RefreshOutcome brought(Snapshot spent, Snapshot result) {
        if (result.token() != null) {
            return new RefreshOutcome.Ready(result);
        }
        String owner = UUID.randomUUID().toString();
        Duration coolDown = CoolDown.after(0, null, Duration.ZERO);
        boolean again = spent.token() == null;
        if (again
                && store.acquireLease(result.id(), result.generation(), owner, settings.leaseDuration(), true, false)) {
            noteFailure(result, owner, coolDown, RefreshFailure.of("NO_ACCESS_TOKEN", null, false), Duration.ZERO);
        }
        return new RefreshOutcome.Unavailable(
                "TikTok's answer has no usable access_token", again ? coolDown : Duration.ofSeconds(1), null);
    }

    private Optional<RefreshOutcome> failed(Snapshot spent, String owner, CallFailure failure, Duration took) {
        TikTokError error = failure.error();
        Remedy remedy = error == null ? Remedy.TRANSIENT : ErrorCode.remedy(error);
        boolean outcomeUnknown =
                failure.stage() == CallFailure.Stage.OUTCOME_UNKNOWN || spent.hasAbandonedLease(time.nanos());
        String userId = spent.userId();
        RefreshFailure noted =
                RefreshFailure.of(failure.code(), error == null ? null : error.requestId(), outcomeUnknown);
        if (remedy == Remedy.REAUTHORIZE && error != null) {
            Reason reason = refusal(spent, error);
            if (!store.requireReauthorization(
                    spent.id(), spent.generation(), owner, Reauthorization.hard(reason.name()), noted)) {
                return Optional.empty();
            }
            LOG.warn("user {}: the seller must authorize again ({}); {}", userId, reason, failure.text());
            events.notify(new AuthorizationEvent.ReauthorizationRequired(userId, reason));
            return Optional.of(new RefreshOutcome.AuthorizationRequired(reason, error));
        }
        Duration coolDown = CoolDown.after(
                spent.state().failures(), failure.retryAfter(), spent.times().remaining(time.nanos()));
        LOG.warn("user {}: refresh failed, next in {} s; {}", userId, coolDown.toSeconds(), failure.text());
        noteFailure(
                spent,
                owner,
                coolDown,
                noted,
                failure.mayStillBeAnswered() ? settings.leaseDuration().minus(took) : Duration.ZERO);
        events.notify(new AuthorizationEvent.RefreshFailed(userId, coolDown, failure.code(), error, took));
        return Optional.of(
                remedy == Remedy.CONFIGURATION && error != null
                        ? new RefreshOutcome.Misconfigured(failure.text(), error)
                        : new RefreshOutcome.Unavailable(failure.text(), CoolDown.atLeastOneSecond(coolDown), error));
    }

    /** Marks a connection that TikTok was asked about, unless it moved on or somebody is refreshing it. */
    void mark(Snapshot snapshot, Reason reason, String code) {
        String owner = UUID.randomUUID().toString();
        if (store.acquireLease(snapshot.id(), snapshot.generation(), owner, settings.leaseDuration(), true, false)
                && store.requireReauthorization(
                        snapshot.id(),
                        snapshot.generation(),
                        owner,
                        Reauthorization.hard(reason.name()),
                        RefreshFailure.of(code, null, false))) {
            String userId = snapshot.userId();
            LOG.warn("user {}: the seller must authorize again ({})", userId, code);
            events.notify(new AuthorizationEvent.ReauthorizationRequired(userId, reason));
        }
    }

    /**
     * Noting gives the lease back. It is taken again for the time it had left while TikTok may still be at work on the request:
     * the cool-down does not keep a forced refresh from sending the same token.
     *
     * <p>A failure that cannot be noted must not hide itself behind the store's: the lease then ends by itself.
     */
    private void noteFailure(
            Snapshot spent, String owner, Duration coolDown, RefreshFailure noted, Duration leaseLeft) {
        try {
            if (store.recordFailure(spent.id(), spent.generation(), owner, coolDown, noted)
                    && leaseLeft.toMillis() > 0) {
                store.acquireLease(spent.id(), spent.generation(), owner, leaseLeft, true, false);
            }
        } catch (StoreException e) {
            LOG.warn("user {}: a failed refresh could not be noted: {}", spent.userId(), e.getMessage());
        }
    }

    private Reason refusal(Snapshot spent, TikTokError error) {
        if (spent.state().outcomeUnknown() || spent.hasAbandonedLease(time.nanos())) {
            return Reason.OUTCOME_UNKNOWN;
        }
        return ErrorCode.REFRESH_TOKEN_EXPIRED.isOf(error) ? Reason.EXPIRED : Reason.REVOKED;
    }
}
