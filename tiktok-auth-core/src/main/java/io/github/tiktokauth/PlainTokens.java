package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link StoredTokens} in the clear: what becomes of a {@link TokenResponse}, with something sensible in the place of what
 * TikTok did not tell.
 *
 * @param accessToken empty if TikTok gave none; then it counts as ended, and is never handed out
 */
record PlainTokens(
        String accessToken,
        String refreshToken,
        Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String openId,
        @Nullable String scope) {

    /**
     * How long an access token is taken to live if TikTok does not tell: not so long that a dead one is handed out for long, nor
     * so short that a fleet refreshes at every call.
     */
    private static final Duration ASSUMED_LIFETIME = Duration.ofHours(1);

    /**
     * Of a first grant, which has both tokens.
     *
     * @param storeTime tells the store's clock; asked only if it matters
     */
    static PlainTokens first(TokenResponse grant, Supplier<Instant> storeTime) {
        Instant end = grant.accessTokenExpiresAt();
        return new PlainTokens(
                Objects.requireNonNull(grant.accessToken()),
                Objects.requireNonNull(grant.refreshToken()),
                whole(end == null ? storeTime.get().plus(ASSUMED_LIFETIME) : end),
                grant.refreshTokenExpiresAt(),
                grant.openId(),
                grant.scope());
    }

    /** Of a refresh's grant over what was there: what it lacks stays, unless that has passed. */
    static PlainTokens refreshed(
            TokenResponse grant, StoredTokens before, String refreshTokenBefore, Instant storeTime) {
        return new PlainTokens(
                Objects.requireNonNullElse(grant.accessToken(), ""),
                Objects.requireNonNullElse(grant.refreshToken(), refreshTokenBefore),
                whole(accessEnd(grant, storeTime)),
                refreshEnd(grant, before, storeTime),
                grant.openId() == null ? before.openId() : grant.openId(),
                grant.scope() == null ? before.scope() : grant.scope());
    }

    private static Instant accessEnd(TokenResponse grant, Instant storeTime) {
        if (grant.accessToken() == null) {
            // One millisecond back: ended for whoever compares with "before" and whoever compares with "not after".
            return storeTime.minusMillis(1);
        }
        Instant end = grant.accessTokenExpiresAt();
        return end == null ? storeTime.plus(ASSUMED_LIFETIME) : end;
    }

    private static @Nullable Instant refreshEnd(TokenResponse grant, StoredTokens before, Instant storeTime) {
        Instant end = grant.refreshTokenExpiresAt();
        Instant old = before.refreshTokenExpiresAt();
        return end == null && old != null && old.isAfter(storeTime) ? old : end;
    }

    private static Instant whole(Instant end) {
        return end.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String toString() {
        return "PlainTokens[access token until " + accessTokenExpiresAt + "]";
    }
}
