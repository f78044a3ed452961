package io.github.tiktokauth.spi;

import java.util.Optional;

/**
 * What {@link StateStore#take} found.
 *
 * @param outcome whether the state may be used
 * @param state the state; always there when it was {@link Outcome#TAKEN}, may be there when used or expired
 */
public record TakenState(Outcome outcome, Optional<StoredState> state) {

    /** Whether a state may be used. */
    public enum Outcome {
        /** This call, and no other, may use it. */
        TAKEN,
        /** It was spent before. */
        ALREADY_USED,
        /** It ran out. */
        EXPIRED,
        /** It was never made here, or was removed long ago. */
        UNKNOWN
    }
}
