package io.github.tiktokauth;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, and lets none of them harm the flow. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(TikTokAuth.class);

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
