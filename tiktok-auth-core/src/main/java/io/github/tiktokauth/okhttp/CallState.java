package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.AccessToken;
import java.time.Duration;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** What the two halves know of one call; it travels as a tag of the request. */
final class CallState {

    private volatile AccessToken token;
    private volatile Duration clockError = Duration.ZERO;
    private volatile boolean sent;
    private volatile @Nullable BufferedSource received;

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

    /** The body of the last answer as it came, before OkHttp decompresses it. */
    @Nullable BufferedSource received() {
        return received;
    }

    void received(BufferedSource body) {
        received = body;
    }

    /** Tags are part of a request's text. */
    @Override
    public String toString() {
        return "of one call";
    }
}
