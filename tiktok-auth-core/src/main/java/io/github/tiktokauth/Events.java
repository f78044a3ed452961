package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import java.util.List;
import java.util.function.Consumer;

/** Notifies the listeners; a failing one has no effect on the flow. */
final class Events {

    private final List<AuthorizationListener> listeners;

    Events(List<AuthorizationListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void notify(AuthorizationEvent event) {
        notifyAll(event, listener -> listener.onEvent(event));
    }

    void notify(RejectedRequest request) {
        notifyAll(request, listener -> listener.onRejectedRequest(request));
    }

    private void notifyAll(Object event, Consumer<AuthorizationListener> notification) {
        for (AuthorizationListener listener : listeners) {
            try {
                notification.accept(listener);
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
