package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link StoredTokens} in the clear: what becomes of a {@link TokenResponse}, with defaults for what TikTok did not
 * give.
 *
 * @param accessToken {@code null} if TikTok gave none; then the tokens count as ended
 */
record PlainTokens(
        @Nullable String accessToken,
        String refreshToken,
        Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        @Nullable String openId,
        @Nullable String scope) {

    /**
     * The assumed lifetime of an access token if TikTok gives none: not so long that an expired one is returned for long, nor
     * so short that a fleet refreshes at every call.
     */
    private static final Duration ASSUMED_LIFETIME = Duration.ofHours(1);

    /**
     * Of a first response, which has both tokens.
     *
     * @param storeTime reads the store's clock; used only if it matters
     */
    static PlainTokens first(TokenResponse response, Supplier<Instant> storeTime) {
        Instant end = response.accessTokenExpiresAt();
        return new PlainTokens(
                Objects.requireNonNull(response.accessToken()),
                Objects.requireNonNull(response.refreshToken()),
                whole(end == null ? storeTime.get().plus(ASSUMED_LIFETIME) : end),
                response.refreshTokenExpiresAt(),
                response.openId(),
                response.scope());
    }

    /** Of a refresh's response over what was there: what it lacks stays, unless that has passed. */
    static PlainTokens refreshed(
            TokenResponse response, StoredTokens before, String refreshTokenBefore, Instant storeTime) {
        return new PlainTokens(
                response.accessToken(),
                Objects.requireNonNullElse(response.refreshToken(), refreshTokenBefore),
                whole(accessEnd(response, storeTime)),
                refreshEnd(response, before, storeTime),
                response.openId() == null ? before.openId() : response.openId(),
                response.scope() == null ? before.scope() : response.scope());
    }

    /** Returns the access token for calls to the given shop, or {@code null} if TikTok gave none. */
    @Nullable AccessToken accessTokenFor(StoredShop shop) {
        return accessToken == null
                ? null
                : AccessToken.of(accessToken, accessTokenExpiresAt, shop.shopId(), shop.cipher());
    }

    private static Instant accessEnd(TokenResponse response, Instant storeTime) {
        if (response.accessToken() == null) {
            // One millisecond back: ended for whoever compares with "before" and whoever compares with "not after".
            return storeTime.minusMillis(1);
        }
        Instant end = response.accessTokenExpiresAt();
        return end == null ? storeTime.plus(ASSUMED_LIFETIME) : end;
    }

    private static @Nullable Instant refreshEnd(TokenResponse response, StoredTokens before, Instant storeTime) {
        Instant end = response.refreshTokenExpiresAt();
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
