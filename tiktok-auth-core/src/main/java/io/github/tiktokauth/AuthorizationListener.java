package io.github.tiktokauth;

/**
 * Is told what happens to authorizations on this node, on the thread that did it, after it was stored. That is a thread of the
 * library for everything that a refresh brings about, so the host's thread-locals are not there. Called by many threads at once;
 * should be quick: callers wait for it. What it throws, an {@link Error} too, is logged by its class and harms nothing.
 */
@FunctionalInterface
public interface AuthorizationListener {

    /**
     * Something happened.
     *
     * @param event what
     */
    void onEvent(AuthorizationEvent event);
}
