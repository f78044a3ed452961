package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import java.util.List;

/** Tells the listeners, and lets none of them harm the flow. */
final class Events {

    private final List<AuthorizationListener> listeners;

    Events(List<AuthorizationListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void notify(AuthorizationEvent event) {
        for (AuthorizationListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (Throwable e) {
                // Errors too: an agent or a missing class at the host's must not end a refresh whose tokens are stored.
                LOG.warn(
                        "a listener failed at {}: {}",
                        event.getClass().getSimpleName(),
                        e.getClass().getName());
            }
        }
    }
}
