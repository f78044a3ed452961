package io.github.tiktokauth;

/** What a caller wants of a refresh. */
enum RefreshMode {
    /** In the background: nobody waits, so a lease held elsewhere ends the attempt, and so does a token that is fresh. */
    EARLY,
    /** By the host's scheduler: as above, however fresh the token is, unless it is never more than hours from its end. */
    DUE,
    /** A caller without a valid token. */
    NEEDED,
    /** A caller whose token TikTok has just refused: only another one will do. */
    REPLACE,
    /** Requested by the host: as above, and ignores the cool-down, never the lease. */
    FORCED;

    boolean waits() {
        return this == NEEDED || this == REPLACE || this == FORCED;
    }

    /** Whether only a generation later than the first reading's is of use. */
    boolean wantsAnother() {
        return this == REPLACE || this == FORCED;
    }
}
