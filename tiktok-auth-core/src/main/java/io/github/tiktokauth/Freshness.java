package io.github.tiktokauth;

/** How fresh a user's access token is, judged by the store's clock. */
public enum Freshness {
    /** Valid, and not yet worth a refresh. */
    FRESH,
    /** Valid, and close enough to its end that a call starts a refresh in the background. */
    STALE,
    /**
     * Ended, or within the safety margin before its end: calls wait for a refresh. Within the margin they get this token if the
     * refresh fails.
     */
    EXPIRED
}
