package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a user's token is or is not available. Free of secrets; {@link #toString()} is one line for a support ticket.
 *
 * @param userId the host's user
 * @param phase how the access token stands
 * @param storeTime the store's clock at the reading, if connected
 * @param accessTokenExpiresAt when the access token ends, if connected
 * @param refreshTokenExpiresAt when the authorization ends that the seller granted, if connected and known
 * @param generation how often tokens were written, 0 if not connected
 * @param coolDown how long no node tries a refresh
 * @param failures failed refreshes in a row
 * @param lastCode the last failure's code, if any
 * @param lastRequestId the last failure's request id at TikTok, if any
 * @param leaseHolder who is refreshing just now, if anybody
 * @param reauthorizationReason why the seller must authorize again, if so
 * @param keyId the encryption key the tokens need, if connected
 */
public record Diagnosis(
        String userId,
        Phase phase,
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

    /** How an access token stands. */
    public enum Phase {
        /** There is no connection. */
        NOT_CONNECTED,
        /** Valid for long. */
        FRESH,
        /** Valid; a refresh in the background is due. */
        SOON_TO_EXPIRE,
        /** Within the safety margin; calls wait for a refresh, and get this token should it fail. */
        IN_SAFETY_MARGIN,
        /** Ended; calls need a refresh. */
        ENDED,
        /** Stored, but not with a key of this key ring. */
        UNDECRYPTABLE
    }

    /**
     * All of it in one line.
     *
     * @return for example {@code user 42: SOON_TO_EXPIRE, access token until …}
     */
    @Override
    public String toString() {
        if (phase == Phase.NOT_CONNECTED) {
            return "user " + userId + ": NOT_CONNECTED";
        }
        return "user " + userId + ": " + phase + ", access token until " + accessTokenExpiresAt
                + ", refresh token until " + (refreshTokenExpiresAt == null ? "unknown" : refreshTokenExpiresAt)
                + ", store time " + storeTime + ", generation "
                + generation + ", cool-down " + coolDown.toSeconds() + " s, failures " + failures + ", last code "
                + lastCode + ", last request id " + lastRequestId + ", lease holder " + leaseHolder
                + ", re-authorization " + reauthorizationReason + ", key " + keyId;
    }
}
