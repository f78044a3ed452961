package io.github.tiktokauth.memory;

import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Computes what each verb of the store makes of a row: pure functions of row and time. */
final class MemoryRows {

    private MemoryRows() {}

    static StoredAuthorization connected(String id, NewAuthorization given, Instant now) {
        return StoredAuthorization.builder()
                .id(id)
                .userId(given.userId())
                .appKey(given.appKey())
                .shop(given.shop())
                .tokens(inMillis(given.tokens()))
                .tokensObtainedAt(now)
                .authorizedAt(now)
                .authorizedShops(given.authorizedShops())
                .generation(1)
                .createdAt(now)
                .updatedAt(now)
                .storeTime(now)
                .build();
    }

    static StoredAuthorization renewed(StoredAuthorization old, NewAuthorization given, Instant now) {
        return connected(old.id(), given, now).toBuilder()
                .generation(old.generation() + 1)
                .createdAt(old.createdAt())
                .build();
    }

    static StoredAuthorization leased(StoredAuthorization old, String owner, Duration duration, Instant now) {
        RefreshState state =
                old.refresh().toBuilder().lease(owner, later(now, duration)).build();
        return old.toBuilder().refresh(state).updatedAt(now).build();
    }

    static StoredAuthorization saved(
            StoredAuthorization old, String appKey, StoredTokens tokens, boolean forced, Instant now) {
        RefreshState before = old.refresh();
        boolean keepMark = before.reauthorizationType() == Reauthorization.Type.SHOP;
        RefreshState.Builder state =
                RefreshState.builder().forcedRefresh(forced ? new ForcedRefresh(now, ForcedRefresh.REFRESHED) : null);
        if (keepMark) {
            state.reauthorization(before.reauthorizationType(), before.reauthorizationReason(), null);
        }
        return old.toBuilder()
                .appKey(appKey)
                .tokens(inMillis(tokens))
                .tokensObtainedAt(now)
                .generation(old.generation() + 1)
                .refresh(state.build())
                .updatedAt(now)
                .build();
    }

    static StoredAuthorization failed(StoredAuthorization old, Duration coolDown, RefreshFailure failure, Instant now) {
        RefreshState.Builder state = noted(old.refresh(), failure, now).coolDownUntil(later(now, coolDown));
        if (failure.forced() && failure.refusal()) {
            state.forcedRefresh(new ForcedRefresh(now, failure.code()));
        }
        return old.toBuilder().refresh(state.build()).updatedAt(now).build();
    }

    static StoredAuthorization marked(
            StoredAuthorization old, Reauthorization mark, RefreshFailure failure, Instant now) {
        Duration nextTry = mark.nextTry();
        RefreshState.Builder state = noted(old.refresh(), failure, now)
                .reauthorization(mark.type(), mark.reason(), nextTry == null ? null : later(now, nextTry));
        if (failure.forced()) {
            state.forcedRefresh(new ForcedRefresh(now, failure.code()));
        }
        return old.toBuilder().refresh(state.build()).updatedAt(now).build();
    }

    private static RefreshState.Builder noted(RefreshState old, RefreshFailure failure, Instant now) {
        RefreshState.Builder state = old.toBuilder()
                .lease(null, null)
                .failures(old.failures() + 1)
                .lastFailure(failure.code(), failure.requestId())
                .outcomeUnknown(old.outcomeUnknown() || failure.outcomeUnknown());
        if (failure.refusal()) {
            Instant first = old.firstRefusedAt();
            state.refusals(old.refusals() + 1, first == null ? now : first);
        }
        return state;
    }

    static StoredAuthorization checkRequested(StoredAuthorization old, Instant now) {
        Instant before = old.checkRequestedAt();
        Instant at = before == null || before.isBefore(now) ? now : before.plusMillis(1);
        return old.toBuilder()
                .checkRequestedAt(at)
                .checkNotBefore(null)
                .updatedAt(now)
                .build();
    }

    static StoredAuthorization checkFinished(StoredAuthorization old, @Nullable String uncovered, Instant now) {
        RefreshState state = old.refresh();
        Reauthorization.Type type = state.reauthorizationType();
        if (type == null || type == Reauthorization.Type.SHOP) {
            state = state.toBuilder()
                    .reauthorization(uncovered == null ? null : Reauthorization.Type.SHOP, uncovered, null)
                    .build();
        }
        return old.toBuilder()
                .refresh(state)
                .checkRequestedAt(null)
                .checkNotBefore(null)
                .updatedAt(now)
                .build();
    }

    static boolean mayTakeLease(
            StoredAuthorization row, String owner, boolean ignoreCoolDown, boolean ignoreMark, Instant now) {
        RefreshState state = row.refresh();
        return (!runs(state.leaseUntil(), now) || owner.equals(state.leaseOwner()))
                && (ignoreCoolDown || !runs(state.coolDownUntil(), now))
                && (ignoreMark || mayTryUnderMark(state, now));
    }

    static boolean mayBeginCheck(StoredAuthorization row, Instant requestedAt, Instant now) {
        return requestedAt.equals(row.checkRequestedAt()) && !runs(row.checkNotBefore(), now);
    }

    /** From when a row wants attention, or {@code null} if it never does by itself. */
    static @Nullable Instant dueAt(StoredAuthorization row) {
        RefreshState state = row.refresh();
        if (state.reauthorizationType() == Reauthorization.Type.HARD) {
            return null;
        }
        Instant nextTry = state.nextTryAt();
        Instant due = nextTry == null ? row.tokens().accessTokenExpiresAt() : nextTry;
        Instant check = row.checkRequestedAt();
        return check != null && check.isBefore(due) ? check : due;
    }

    static boolean isDue(StoredAuthorization row, Instant end, Instant now) {
        RefreshState state = row.refresh();
        if (state.reauthorizationType() == Reauthorization.Type.HARD) {
            return false;
        }
        boolean checkable = row.checkRequestedAt() != null && !runs(row.checkNotBefore(), now);
        boolean refreshable = !row.tokens().accessTokenExpiresAt().isAfter(end)
                && mayTryUnderMark(state, now)
                && !runs(state.leaseUntil(), now)
                && !runs(state.coolDownUntil(), now);
        return checkable || refreshable;
    }

    private static boolean mayTryUnderMark(RefreshState state, Instant now) {
        Reauthorization.Type type = state.reauthorizationType();
        return type == null
                || type == Reauthorization.Type.SHOP
                || (type == Reauthorization.Type.SOFT && !runs(state.nextTryAt(), now));
    }

    private static boolean runs(@Nullable Instant until, Instant now) {
        return until != null && until.isAfter(now);
    }

    /** Whole milliseconds, as databases keep them; "for ever" is the end of the year 9999. */
    static Instant later(Instant now, Duration duration) {
        Duration most = Duration.between(now, Instant.parse("9999-12-31T00:00:00Z"));
        return now.plus(duration.compareTo(most) < 0 ? duration : most).truncatedTo(ChronoUnit.MILLIS);
    }

    private static StoredTokens inMillis(StoredTokens tokens) {
        Instant end = tokens.refreshTokenExpiresAt();
        return StoredTokens.builder(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        tokens.accessTokenExpiresAt().truncatedTo(ChronoUnit.MILLIS))
                .refreshTokenExpiresAt(end == null ? null : end.truncatedTo(ChronoUnit.MILLIS))
                .openId(tokens.openId())
                .scope(tokens.scope())
                .build();
    }
}
