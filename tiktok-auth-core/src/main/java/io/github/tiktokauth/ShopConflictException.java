package io.github.tiktokauth;

import java.util.Objects;

/** One shop per user, one user per shop. Next step: tell the user. Nothing stored was changed. */
public final class ShopConflictException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    /** Which side is taken. */
    public enum Conflict {
        /** The shop is connected by another user of the host, who is not named. */
        SHOP_HELD_BY_ANOTHER_USER,
        /** The user holds another shop; {@link TikTokAuth#disconnect} comes first. */
        USER_HOLDS_ANOTHER_SHOP
    }

    /** Which side is taken. */
    private final Conflict conflict;

    /**
     * Creates an exception; for a host's tests.
     *
     * @param conflict which side is taken
     */
    public ShopConflictException(Conflict conflict) {
        super(
                conflict == Conflict.SHOP_HELD_BY_ANOTHER_USER
                        ? "this TikTok shop is connected by another user"
                        : "this user is connected with another TikTok shop; disconnect that first",
                null,
                null);
        this.conflict = Objects.requireNonNull(conflict, "conflict");
    }

    /**
     * Returns which side is taken.
     *
     * @return the conflict
     */
    public Conflict conflict() {
        return conflict;
    }
}
