package io.github.tiktokauth.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A mark to be set by {@link TokenStore#requireReauthorization}: the seller must authorize again.
 *
 * @param type what the mark rests on
 * @param reason a short constant telling why, at most 128 characters
 * @param nextTry for {@link Type#SOFT}, after how long calls may try a refresh again; {@code null} for the other types
 */
public record Reauthorization(
        Type type, String reason, @Nullable Duration nextTry) {

    /** What a mark rests on. */
    public enum Type {
        /** TikTok ended the grant: no ordinary refresh is tried any more. The next token write removes the mark. */
        HARD,
        /**
         * TikTok refuses for a reason that proves nothing: people are told to authorize again, but a refresh is tried from time
         * to time. The next token write removes the mark.
         */
        SOFT,
        /**
         * The shop is no longer covered by the grant, whatever becomes of the tokens: a refresh does not remove the mark, only
         * {@link TokenStore#finishCheck} or a new consent does.
         */
        SHOP
    }

    /**
     * Returns a mark that no ordinary refresh is tried under.
     *
     * @param reason a short constant telling why
     * @return a mark of type {@link Type#HARD}
     */
    public static Reauthorization hard(String reason) {
        return new Reauthorization(Type.HARD, reason, null);
    }

    /**
     * Returns a mark under which a refresh is tried from time to time.
     *
     * @param reason a short constant telling why
     * @param nextTry after how long calls may try a refresh again
     * @return a mark of type {@link Type#SOFT}
     */
    public static Reauthorization soft(String reason, Duration nextTry) {
        return new Reauthorization(Type.SOFT, reason, nextTry);
    }

    /**
     * Returns a mark that concerns the shop and not the tokens.
     *
     * @param reason a short constant telling why
     * @return a mark of type {@link Type#SHOP}
     */
    public static Reauthorization shop(String reason) {
        return new Reauthorization(Type.SHOP, reason, null);
    }
}
