package io.github.tiktokauth;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection at one moment: which generation of its tokens, their times, and the access token.
 *
 * @param token the decrypted access token; {@code null} when TikTok's answer to the last refresh had none that can be used
 * @param row the row as it was read; {@code null} for tokens that are not stored yet, on which nothing can be built
 */
record Snapshot(
        String userId,
        String id,
        long generation,
        TokenTimes times,
        RefreshState state,
        @Nullable AccessToken token,
        @Nullable StoredAuthorization row) {

    /** Of a row that was just read. */
    static Snapshot of(StoredAuthorization row, @Nullable AccessToken token, long readAt) {
        return new Snapshot(row.userId(), row.id(), row.generation(), times(row, readAt), row.refresh(), token, row);
    }

    private static TokenTimes times(StoredAuthorization row, long readAt) {
        return new TokenTimes(
                row.id(), row.tokensObtainedAt(), row.tokens().accessTokenExpiresAt(), row.storeTime(), readAt);
    }

    /** As the connection stands after a refresh that is not stored yet. */
    Snapshot refreshed(PlainTokens tokens, @Nullable AccessToken refreshedToken, long now) {
        Instant storeTime = times.storeTimeAt(now);
        TokenTimes refreshedTimes = new TokenTimes(id, storeTime, tokens.accessTokenExpiresAt(), storeTime, now);
        return new Snapshot(userId, id, generation + 1, refreshedTimes, RefreshState.CLEAR, refreshedToken, null);
    }

    boolean isSameGeneration(Snapshot other) {
        return id.equals(other.id) && generation == other.generation;
    }

    /** Returns the row, which only what is stored has. */
    StoredAuthorization storedRow() {
        if (row == null) {
            throw new IllegalStateException("these tokens are not stored yet");
        }
        return row;
    }

    boolean isStored() {
        return row != null;
    }

    /** Returns the access token; call it only for a snapshot that is not ended. */
    AccessToken usableToken() {
        if (token == null) {
            throw new IllegalStateException("there is no usable access token");
        }
        return token;
    }

    boolean isSameToken(AccessToken other) {
        return token != null && token.value().equals(other.value());
    }

    /** Whether there is no token that could be handed out. */
    boolean isEnded(long now) {
        return token == null || times.remaining(now).isNegative();
    }

    Freshness freshness(Duration safetyMargin, long now) {
        return token == null ? Freshness.EXPIRED : times.freshness(safetyMargin, now);
    }

    Optional<Reason> reauthorization() {
        return reauthorization(state);
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

    /** Returns how long a refresh makes no sense, or another one is under way; zero if one makes sense now. */
    Duration untilRefreshable(long now) {
        if (reauthorization().isPresent()) {
            return TokenTimes.LONGEST_LIFETIME;
        }
        Duration coolDown = coolDown(now);
        Duration lease = lease(now);
        return coolDown.compareTo(lease) < 0 ? lease : coolDown;
    }

    Duration coolDown(long now) {
        return untilEnd(state.coolDownUntil(), now);
    }

    Duration lease(long now) {
        return untilEnd(state.leaseUntil(), now);
    }

    private Duration untilEnd(@Nullable Instant end, long now) {
        Duration left = end == null ? Duration.ZERO : times.until(end, now);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether a lease ended without being given back: its holder died, perhaps after it had spent the refresh token. */
    boolean hasAbandonedLease(long now) {
        return state.leaseOwner() != null && lease(now).isZero();
    }
}
