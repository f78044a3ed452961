package io.github.tiktokauth;

/**
 * Is told what happens to authorizations on this node, on the thread that did it, after it was stored. Called by many threads at
 * once; should be quick. What it throws is logged by its class and harms nothing.
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
