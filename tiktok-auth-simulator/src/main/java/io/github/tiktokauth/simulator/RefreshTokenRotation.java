package io.github.tiktokauth.simulator;

/** What a refresh does to the refresh token. What TikTok really does is not public, so a client must live with each of these. */
public enum RefreshTokenRotation {

    /** The answer repeats the refresh token that was sent. */
    NONE,

    /** The answer holds a new refresh token; the old one stays valid. */
    OLD_STAYS_VALID,

    /** The answer holds a new refresh token; the old one is refused from then on, and nothing else happens. */
    OLD_IS_REFUSED,

    /** The answer holds a new refresh token; a second use of an old one ends the whole authorization, new tokens included. */
    REUSE_ENDS_AUTHORIZATION
}
