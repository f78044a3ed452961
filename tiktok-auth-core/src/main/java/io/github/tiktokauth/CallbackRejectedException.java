package io.github.tiktokauth;

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
        /** The state was not made here, or is long gone. */
        STATE_UNKNOWN,
        /** The state was used before. */
        STATE_ALREADY_USED,
        /** The state ran out. */
        STATE_EXPIRED,
        /** The state was made for another user. */
        STATE_OF_ANOTHER_USER,
        /** The state was made for another browser. */
        STATE_OF_ANOTHER_BROWSER,
        /** The seller, or TikTok on the seller's behalf, said no. */
        DENIED,
        /** There was no usable code. */
        CODE_MISSING,
        /** TikTok refuses the code: used, run out, or not its own. */
        CODE_REFUSED,
        /** The account that authorized cannot hold a shop (a creator or partner account). */
        NOT_A_SELLER,
        /** The authorization covers no shop. */
        NO_SHOP,
        /** The shop or region asked for is not among the authorized ones, or none was chosen. */
        SHOP_NOT_AUTHORIZED,
        /** TikTok refused for another rejection; see {@link #tikTokError()}. */
        REFUSED_BY_TIKTOK;

        /**
         * Whether the rejection concerns the state.
         *
         * @return whether it does
         */
        public boolean concernsState() {
            return name().startsWith("STATE_");
        }
    }

    /** Why it was rejected. */
    private final Rejection rejection;

    CallbackRejectedException(Rejection rejection, String message, @Nullable TikTokError error) {
        super(message, error, null);
        this.rejection = rejection;
    }

    /**
     * Why it was rejected.
     *
     * @return the rejection
     */
    public Rejection rejection() {
        return rejection;
    }
}
