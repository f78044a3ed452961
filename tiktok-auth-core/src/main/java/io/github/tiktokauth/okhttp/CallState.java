package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.AccessToken;
import java.time.Duration;

/** What the two halves know of one call; it travels as a tag of the request. */
final class CallState {

    private volatile AccessToken token;
    private volatile Duration clockError = Duration.ZERO;
    private volatile boolean sent;

    CallState(AccessToken token) {
        this.token = token;
    }

    AccessToken token() {
        return token;
    }

    void token(AccessToken other) {
        token = other;
    }

    /** How far TikTok's clock is ahead of this machine's. */
    Duration clockError() {
        return clockError;
    }

    void clockError(Duration value) {
        clockError = value;
    }

    boolean sent() {
        return sent;
    }

    void markSent() {
        sent = true;
    }

    /** Tags are part of a request's text. */
    @Override
    public String toString() {
        return "of one call";
    }
}
