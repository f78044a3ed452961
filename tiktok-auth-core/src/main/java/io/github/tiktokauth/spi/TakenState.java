package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StateStore#take} or {@link StateStore#find} found.
 *
 * @param status whether the state may be used
 * @param state the state; {@code null} only when it is {@link Status#UNKNOWN}
 * @param spent how the state was spent; there when it is {@link Status#TAKEN} or {@link Status#ALREADY_USED}, otherwise {@code
 *     null}
 * @param storeTime what the storage's clock said at this reading
 */
public record TakenState(
        Status status,
        @Nullable StoredState state,
        @Nullable SpentState spent,
        Instant storeTime) {

    /** Whether a state may be used. */
    public enum Status {
        /** This call of {@link StateStore#take}, and no other, may use it. */
        TAKEN,
        /** It may be taken; only {@link StateStore#find} says so. */
        OPEN,
        /** It was spent before, and by the same user and browser. */
        ALREADY_USED,
        /** It is older than its lifetime, and was never spent. */
        EXPIRED,
        /** It was made for another user; it was not spent by this call. */
        OTHER_USER,
        /** It was made for another browser; it was not spent by this call. */
        OTHER_BROWSER,
        /** It was never made here, or was removed since. */
        UNKNOWN
    }
}
