package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A consent under way: begun here for a user, or begun at TikTok and for nobody yet.
 *
 * @param hash the state's SHA-256 as 64 hexadecimal digits
 * @param userId the user it was made for, or {@link #NOBODY}
 * @param bindingHash the SHA-256 of what binds it to a browser, if the host gave that
 * @param hostState the host's own value, encrypted, if the host gave one; up to several thousand characters
 * @param scope the scope the host wished for, if it gave one; at most 1,000 characters
 */
public record StoredState(
        String hash,
        String userId,
        @Nullable String bindingHash,
        @Nullable String hostState,
        @Nullable String scope) {

    /** Stands for the user of a consent that TikTok began, until a user claims it. No host's user can have this id. */
    public static final String NOBODY = " ";

    /**
     * Without the host's value.
     *
     * @return the user
     */
    @Override
    public String toString() {
        return "StoredState[of user " + userId + "]";
    }
}
