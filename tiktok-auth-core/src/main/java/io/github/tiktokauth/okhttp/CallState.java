package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.client.GatewayCall;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** What the two interceptors know of one call; it travels as a tag of the request. */
final class CallState {

    private final GatewayCall call;
    private volatile boolean sent;
    private volatile @Nullable BufferedSource received;

    CallState(GatewayCall call) {
        this.call = call;
    }

    GatewayCall call() {
        return call;
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
