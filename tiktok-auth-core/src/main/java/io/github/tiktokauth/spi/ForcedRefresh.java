package io.github.tiktokauth.spi;

import java.time.Instant;

/**
 * The last refresh that a person asked for and that ended in new tokens or in a definite refusal. Any other token write,
 * {@link TokenStore#connect} included, removes it.
 *
 * @param at when it ended, on the storage's clock
 * @param outcome {@link #REFRESHED}, or the code of the refusal; at most 64 characters
 */
public record ForcedRefresh(Instant at, String outcome) {

    /** The outcome of a forced refresh that brought new tokens. */
    public static final String REFRESHED = "REFRESHED";
}
