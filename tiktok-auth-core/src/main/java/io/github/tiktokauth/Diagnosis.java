package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a user's token is or is not available. Free of secrets; {@link #toString()} is one line for a support ticket.
 *
 * @param userId the host's user
 * @param connected whether the user has a connection
 * @param freshness how fresh the access token is, if connected; {@link Freshness#EXPIRED} too when TikTok's last answer had no
 *     usable access token
 * @param decryptable whether the keys of this process decrypt both tokens; {@code false} if not connected
 * @param storeTime the store's clock at the reading, if connected; an access token that ends later is still handed out when a
 *     refresh fails
 * @param accessTokenExpiresAt when the access token ends, if connected
 * @param refreshTokenExpiresAt when the authorization ends that the seller granted, if connected and known
 * @param generation how often tokens were written, 0 if not connected
 * @param coolDown for how long no node attempts a refresh
 * @param failures failed refreshes in a row
 * @param lastCode the last failure's code, if any
 * @param lastRequestId the last failure's request id at TikTok, if any
 * @param leaseHolder the refresh under way, if there is one
 * @param reauthorizationReason why the seller must authorize again, if so
 * @param keyId the encryption key that the tokens need, if connected
 */
public record Diagnosis(
        String userId,
        boolean connected,
        @Nullable Freshness freshness,
        boolean decryptable,
        @Nullable Instant storeTime,
        @Nullable Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        long generation,
        Duration coolDown,
        int failures,
        @Nullable String lastCode,
        @Nullable String lastRequestId,
        @Nullable String leaseHolder,
        AuthorizationRequiredException.@Nullable Reason reauthorizationReason,
        @Nullable String keyId) {

    static Diagnosis notConnected(String userId) {
        return new Diagnosis(
                userId, false, null, false, null, null, null, 0, Duration.ZERO, 0, null, null, null, null, null);
    }

    /**
     * Returns all findings in one line.
     *
     * @return for example {@code user 42: STALE, access token until …}
     */
    @Override
    public String toString() {
        if (!connected) {
            return "user " + userId + ": not connected";
        }
        return "user " + userId + ": " + freshness
                + (decryptable ? "" : ", not decryptable with the keys of this process")
                + ", access token until " + accessTokenExpiresAt
                + ", refresh token until " + (refreshTokenExpiresAt == null ? "unknown" : refreshTokenExpiresAt)
                + ", store time " + storeTime + ", generation "
                + generation + ", cool-down " + coolDown.toSeconds() + " s, failures " + failures + ", last code "
                + lastCode + ", last request id " + lastRequestId + ", lease holder " + leaseHolder
                + ", re-authorization " + reauthorizationReason + ", key " + keyId;
    }
}
