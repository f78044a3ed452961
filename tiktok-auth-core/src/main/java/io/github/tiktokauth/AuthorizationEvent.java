package io.github.tiktokauth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a user's authorization on this node, for an {@link AuthorizationListener}. No event contains a secret. */
public sealed interface AuthorizationEvent {

    /**
     * Returns the user whom the event concerns.
     *
     * @return the host's user
     */
    String userId();

    /**
     * A shop was connected.
     *
     * @param userId the host's user
     * @param shop the shop
     */
    record ShopConnected(String userId, ShopInfo shop) implements AuthorizationEvent {}

    /**
     * The same user authorized the same shop again; tokens were replaced.
     *
     * @param userId the host's user
     * @param shop the shop
     */
    record ShopRenewed(String userId, ShopInfo shop) implements AuthorizationEvent {}

    /**
     * A callback was refused because shop or user is taken.
     *
     * @param userId the host's user who tried
     * @param conflict which side is taken
     */
    record ShopConflict(String userId, ShopConflictException.Conflict conflict) implements AuthorizationEvent {}

    /**
     * The connection was ended by the host.
     *
     * @param userId the host's user
     */
    record ShopDisconnected(String userId) implements AuthorizationEvent {}

    /**
     * A refresh brought new tokens, and they are stored; after {@link TokensUnsaved} as soon as a later attempt has stored them.
     *
     * @param userId the host's user
     * @param accessTokenExpiresAt when the new access token ends; in the past when TikTok's answer held none that can be used
     * @param refreshTokenExpiresAt when the authorization ends that the seller granted, if known
     * @param took how long TikTok took to answer
     */
    record TokenRefreshed(
            String userId,
            Instant accessTokenExpiresAt,
            @Nullable Instant refreshTokenExpiresAt,
            Duration took) implements AuthorizationEvent {}

    /**
     * A refresh failed; the stored tokens stay.
     *
     * @param userId the host's user
     * @param nextAttemptIn after what time the cluster tries again
     * @param code TikTok's code, or {@code NOT_SENT} or {@code OUTCOME_UNKNOWN}
     * @param error TikTok's answer, or {@code null} if there was none
     * @param took how long it took to fail
     */
    record RefreshFailed(
            String userId,
            Duration nextAttemptIn,
            String code,
            @Nullable TikTokError error,
            Duration took) implements AuthorizationEvent {}

    /**
     * The seller must authorize again. Sent once, by the node that found out.
     *
     * @param userId the host's user
     * @param reason why
     */
    record ReauthorizationRequired(String userId, AuthorizationRequiredException.Reason reason)
            implements AuthorizationEvent {}

    /**
     * New tokens could not be stored. They are kept in this process's memory and handed out from it; do not end the process before
     * a {@link TokenRefreshed} says that they are stored. That never comes when the connection was ended or renewed meanwhile.
     *
     * @param userId the host's user
     */
    record TokensUnsaved(String userId) implements AuthorizationEvent {}

    /**
     * TikTok says that the authorization will end; the seller should renew it. Sent for each of TikTok's daily notices.
     *
     * @param userId the host's user
     * @param shopId the shop
     * @param endsAt when it ends
     */
    record AuthorizationEnding(String userId, String shopId, Instant endsAt) implements AuthorizationEvent {}
}
