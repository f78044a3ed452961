package io.github.tiktokauth;

/**
 * Receives what happens on this node, on the thread that did it, after it was stored. For everything that a refresh brings about
 * that is a thread of the library, without the host's thread-locals. Called by many threads at once. It should be quick, because
 * callers wait for it. What it throws, an {@link Error} too, is logged by its class and has no effect.
 */
@FunctionalInterface
public interface AuthorizationListener {

    /**
     * Receives what happened to a user's authorization.
     *
     * @param event the event
     */
    void onEvent(AuthorizationEvent event);

    /**
     * Receives that a callback or a webhook was rejected. Does nothing by default.
     *
     * @param request the kind of request, and why it was rejected
     */
    default void onRejectedRequest(RejectedRequest request) {}
}
