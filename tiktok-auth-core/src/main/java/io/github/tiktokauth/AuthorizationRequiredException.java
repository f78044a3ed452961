package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/** The user has no usable connection. Next step: send the user to {@link TikTokAuth#initiate(String)}. */
public final class AuthorizationRequiredException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /** Why there is no usable connection. */
    public enum Reason {
        /** The user has connected no shop, or has disconnected it. */
        NOT_CONNECTED,
        /** TikTok does not know the refresh token any more: the seller ended the authorization. */
        REVOKED,
        /** The authorization that the seller granted has ended. */
        EXPIRED,
        /** A refresh was sent, its answer was lost, and the old refresh token is refused since. */
        OUTCOME_UNKNOWN
    }

    /** Why there is no usable connection. */
    private final Reason reason;

    /**
     * Creates an exception; for a host's tests.
     *
     * @param reason why there is no usable connection
     * @param error TikTok's answer, or {@code null} if there was none
     */
    public AuthorizationRequiredException(Reason reason, @Nullable TikTokError error) {
        super(text(reason), error, null);
        this.reason = reason;
    }

    private static String text(Reason reason) {
        return switch (reason) {
            case NOT_CONNECTED -> "no TikTok shop is connected for this user; send the user to initiate";
            case REVOKED -> "TikTok no longer accepts this authorization; the seller must authorize again";
            case EXPIRED -> "the authorization that the seller granted has ended; the seller must authorize again";
            case OUTCOME_UNKNOWN ->
                "the answer to a refresh was lost and the old refresh token is refused;"
                        + " the seller must authorize again";
        };
    }

    /**
     * Returns why there is no usable connection.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
