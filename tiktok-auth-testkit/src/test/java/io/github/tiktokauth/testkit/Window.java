package io.github.tiktokauth.testkit;

import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The gap between a check and an act. Racing threads meet in it two by two, so that a store with such a gap loses for certain;
 * a thread that finds no partner goes on after a moment, and a thread of no race at once.
 */
final class Window {

    private static final long LONGEST_WAIT_MILLIS = 5;

    private final Exchanger<String> pairs = new Exchanger<>();

    void meet() {
        if (!Thread.currentThread().getName().startsWith("pool-")) {
            return;
        }
        try {
            pairs.exchange("here", LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
