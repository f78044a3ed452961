package io.github.tiktokauth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback that connects nothing; nothing stored was changed. Next step: tell the user, and offer to start again. Show end
 * users one text for all reasons that concern the state.
 */
public final class CallbackRejectedException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /** Why it was rejected. */
    public enum Rejection {
        /** There was no state; such a callback can also come from TikTok itself (App Store, Seller Center). */
        STATE_MISSING,
        /** The state was not created here, or expired long ago. */
        STATE_UNKNOWN,
        /** The state was used before. */
        STATE_ALREADY_USED,
        /** The state has expired. */
        STATE_EXPIRED,
        /** The state was created for another user. */
        STATE_OF_ANOTHER_USER,
        /** The state was created for another browser. */
        STATE_OF_ANOTHER_BROWSER,
        /** The seller, or TikTok on the seller's behalf, denied the authorization. */
        DENIED,
        /** There was no usable code. */
        CODE_MISSING,
        /** TikTok refuses the code: used, expired, or unknown. */
        CODE_REFUSED,
        /** The account that authorized cannot hold a shop (a creator or partner account). */
        NOT_A_SELLER,
        /** The authorization covers no shop. */
        NO_SHOP,
        /** The shop or region asked for is not among the authorized ones, or none was chosen. */
        SHOP_NOT_AUTHORIZED,
        /** TikTok refused for another reason; see {@link #tikTokError()}. */
        REFUSED_BY_TIKTOK;

        /**
         * Returns whether the rejection concerns the state.
         *
         * @return whether it does
         */
        public boolean concernsState() {
            return name().startsWith("STATE_");
        }
    }

    /** Why it was rejected. */
    private final Rejection rejection;

    /**
     * Creates an exception; for a host's tests.
     *
     * @param rejection why the callback was rejected
     * @param message what happened, free of secrets
     * @param error TikTok's answer, or {@code null} if there was none
     */
    public CallbackRejectedException(Rejection rejection, String message, @Nullable TikTokError error) {
        super(message, error, null);
        this.rejection = Objects.requireNonNull(rejection, "rejection");
    }

    /**
     * Returns why it was rejected.
     *
     * @return the rejection
     */
    public Rejection rejection() {
        return rejection;
    }
}
