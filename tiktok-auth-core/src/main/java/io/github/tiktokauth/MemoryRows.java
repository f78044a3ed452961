package io.github.tiktokauth;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What each verb of the store makes of a row; pure functions of row and time. */
final class MemoryRows {

    private MemoryRows() {}

    static StoredAuthorization connected(String id, NewAuthorization given, Instant now) {
        return row(id, given, 1, now, now);
    }

    static StoredAuthorization renewed(StoredAuthorization old, NewAuthorization given, Instant now) {
        return row(old.id(), given, old.generation() + 1, old.createdAt(), now);
    }

    private static StoredAuthorization row(
            String id, NewAuthorization given, long generation, Instant createdAt, Instant now) {
        StoredTokens tokens = whole(given.tokens());
        return new StoredAuthorization(
                id, given.userId(), given.shop(), tokens, now, generation, RefreshState.CLEAR, createdAt, now, now);
    }

    static StoredAuthorization saved(StoredAuthorization old, StoredTokens tokens, Instant now) {
        NewAuthorization given = new NewAuthorization(old.userId(), old.shop(), tokens);
        return renewed(old, given, now);
    }

    static StoredAuthorization reencrypted(
            StoredAuthorization old, String accessToken, String refreshToken, Instant now) {
        StoredTokens tokens = old.tokens();
        return changed(
                old,
                new StoredTokens(
                        accessToken,
                        refreshToken,
                        tokens.accessTokenExpiresAt(),
                        tokens.refreshTokenExpiresAt(),
                        tokens.openId(),
                        tokens.scope()),
                old.refresh(),
                now);
    }

    static StoredAuthorization leased(StoredAuthorization old, String owner, Duration duration, Instant now) {
        RefreshState state = old.refresh();
        RefreshState leased = new RefreshState(
                owner,
                later(now, duration),
                state.coolDownUntil(),
                state.failures(),
                state.lastCode(),
                state.lastRequestId(),
                state.outcomeUnknown(),
                state.reauthorizationReason());
        return changed(old, old.tokens(), leased, now);
    }

    static StoredAuthorization failed(
            StoredAuthorization old,
            RefreshFailure failure,
            @Nullable Instant coolDownUntil,
            @Nullable String reauthorizationReason,
            Instant now) {
        RefreshState failed = new RefreshState(
                null,
                null,
                coolDownUntil,
                old.refresh().failures() + 1,
                failure.code(),
                failure.requestId(),
                old.refresh().outcomeUnknown() || failure.outcomeUnknown(),
                reauthorizationReason);
        return changed(old, old.tokens(), failed, now);
    }

    private static StoredAuthorization changed(
            StoredAuthorization old, StoredTokens tokens, RefreshState refresh, Instant now) {
        return new StoredAuthorization(
                old.id(),
                old.userId(),
                old.shop(),
                tokens,
                old.tokensObtainedAt(),
                old.generation(),
                refresh,
                old.createdAt(),
                now,
                now);
    }

    static StoredAuthorization readAt(Instant now, StoredAuthorization row) {
        return new StoredAuthorization(
                row.id(),
                row.userId(),
                row.shop(),
                row.tokens(),
                row.tokensObtainedAt(),
                row.generation(),
                row.refresh(),
                row.createdAt(),
                row.updatedAt(),
                now);
    }

    static boolean isFree(StoredAuthorization row, Instant now) {
        return !runs(row.refresh().leaseUntil(), now);
    }

    static boolean coolsDown(StoredAuthorization row, Instant now) {
        return runs(row.refresh().coolDownUntil(), now);
    }

    static boolean isMarked(StoredAuthorization row) {
        return row.refresh().reauthorizationReason() != null;
    }

    private static boolean runs(@Nullable Instant until, Instant now) {
        return until != null && until.isAfter(now);
    }

    /** Whole milliseconds, as the databases keep them; "for ever" is the end of the year 9999. */
    static Instant later(Instant now, Duration duration) {
        Duration most = Duration.between(now, Instant.parse("9999-12-31T00:00:00Z"));
        return now.plus(duration.compareTo(most) < 0 ? duration : most).truncatedTo(ChronoUnit.MILLIS);
    }

    private static StoredTokens whole(StoredTokens tokens) {
        Instant refreshEnd = tokens.refreshTokenExpiresAt();
        return new StoredTokens(
                tokens.accessToken(),
                tokens.refreshToken(),
                tokens.accessTokenExpiresAt().truncatedTo(ChronoUnit.MILLIS),
                refreshEnd == null ? null : refreshEnd.truncatedTo(ChronoUnit.MILLIS),
                tokens.openId(),
                tokens.scope());
    }
}
