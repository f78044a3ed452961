package io.github.tiktokauth;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One reading of a row, its access token decrypted, and when it was made on this process's monotonic clock. Expiry is judged
 * from the store's clock at the reading and the time passed since, never from this machine's wall clock.
 *
 * @param readAt {@link Time#nanos} from before the reading, so that the time passed is never underestimated
 * @param stored whether the row stands so in the store; if not, it still has to be written, and nothing can be built on it
 */
record Snapshot(StoredAuthorization row, AccessToken accessToken, long readAt, boolean stored) {

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);
    private static final Duration SHORT_LIFETIME = Duration.ofHours(2);

    /** How a token stands. */
    enum Freshness {
        FRESH,
        /** Valid, and worth a refresh in the background. */
        STALE,
        /** Within the safety margin, or beyond its end: callers wait for a refresh. */
        EXPIRED
    }

    /** For a look at a row whose token may not even be decryptable; the token counts as ended. */
    static Snapshot withoutToken(StoredAuthorization row, long readAt) {
        AccessToken none = new AccessToken(
                "", row.tokens().accessTokenExpiresAt(), row.shop().shopId(), null);
        return new Snapshot(row, none, readAt, false);
    }

    String id() {
        return row.id();
    }

    long generation() {
        return row.generation();
    }

    RefreshState state() {
        return row.refresh();
    }

    boolean isMarked() {
        return state().reauthorizationReason() != null;
    }

    Optional<Reason> reauthorization() {
        return reauthorization(state());
    }

    static Optional<Reason> reauthorization(RefreshState state) {
        String reason = state.reauthorizationReason();
        if (reason == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Reason.values())
                .filter(known -> known.name().equals(reason))
                .findFirst()
                .orElse(Reason.REVOKED));
    }

    /** How long a refresh makes no sense, or somebody is at it; zero if one makes sense now. */
    Duration untilRefreshable(long now) {
        if (isMarked()) {
            return LONGEST_LIFETIME;
        }
        Duration coolDown = coolDown(now);
        Duration lease = lease(now);
        return coolDown.compareTo(lease) < 0 ? lease : coolDown;
    }

    /** What the store's clock says. */
    Instant storeTime(long now) {
        return row.storeTime().plusNanos(now - readAt);
    }

    /**
     * As the row stands after a refresh, without reading it again. The ciphertexts are left out: this reading serves tokens, and
     * never spends one.
     */
    Snapshot refreshed(PlainTokens fresh, long now) {
        StoredTokens tokens = new StoredTokens(
                "", "", fresh.accessTokenExpiresAt(), fresh.refreshTokenExpiresAt(), fresh.openId(), fresh.scope());
        Instant storeTime = storeTime(now);
        StoredAuthorization after = row.toBuilder()
                .tokens(tokens)
                .tokensObtainedAt(storeTime)
                .generation(row.generation() + 1)
                .refresh(RefreshState.CLEAR)
                .updatedAt(storeTime)
                .storeTime(storeTime)
                .build();
        AccessToken token = new AccessToken(
                fresh.accessToken(),
                fresh.accessTokenExpiresAt(),
                row.shop().shopId(),
                row.shop().cipher());
        return new Snapshot(after, token, now, false);
    }

    boolean isSameGeneration(Snapshot other) {
        return id().equals(other.id()) && generation() == other.generation();
    }

    /** Not when TikTok's answer held none that can be used. */
    boolean hasAccessToken() {
        return !accessToken.value().isEmpty();
    }

    /** Whether there is nothing that could be handed out. */
    boolean isEnded(long now) {
        return !hasAccessToken() || remaining(now).isNegative();
    }

    /** How long the access token lives on; negative when it has ended. */
    Duration remaining(long now) {
        return until(row.tokens().accessTokenExpiresAt(), now);
    }

    Duration coolDown(long now) {
        Instant end = state().coolDownUntil();
        return end == null ? Duration.ZERO : atLeastZero(until(end, now));
    }

    Duration lease(long now) {
        Instant end = state().leaseUntil();
        return end == null ? Duration.ZERO : atLeastZero(until(end, now));
    }

    /** A lease that ended without being given back: its holder died, perhaps after it had spent the refresh token. */
    boolean hasAbandonedLease(long now) {
        return state().leaseOwner() != null && lease(now).isZero();
    }

    Freshness freshness(Duration safetyMargin, long now) {
        Duration remaining = remaining(now);
        if (!hasAccessToken() || remaining.compareTo(margin(safetyMargin)) <= 0) {
            return Freshness.EXPIRED;
        }
        return remaining.compareTo(early()) <= 0 ? Freshness.STALE : Freshness.FRESH;
    }

    /** Short-lived tokens get a shorter margin, or they would never count as valid. */
    Duration margin(Duration safetyMargin) {
        // In nanoseconds: a Duration divides by way of BigDecimal, and every call without a cache comes by here.
        Duration quarter = Duration.ofNanos(lifetime().toNanos() / 4);
        return quarter.compareTo(safetyMargin) < 0 ? quarter : safetyMargin;
    }

    /** A seventh of the lifetime, a quarter more or less by the row's hash, so that a fleet does not refresh at once. */
    Duration early() {
        int spread = 75 + Math.floorMod(id().hashCode() * 31, 51);
        return Duration.ofNanos(lifetime().toNanos() / 700 * spread);
    }

    /** A look ahead by days always finds it. */
    boolean isShortLived() {
        return lifetime().compareTo(SHORT_LIFETIME) <= 0;
    }

    private Duration lifetime() {
        StoredTokens tokens = row.tokens();
        Duration lifetime = atLeastZero(Duration.between(row.tokensObtainedAt(), tokens.accessTokenExpiresAt()));
        return lifetime.compareTo(LONGEST_LIFETIME) < 0 ? lifetime : LONGEST_LIFETIME;
    }

    private Duration until(Instant instant, long now) {
        return Duration.between(row.storeTime(), instant).minusNanos(now - readAt);
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
