package io.github.tiktokauth;

import java.time.Duration;

/** What a call ends with, told in one word. */
final class TestFailures {

    private TestFailures() {}

    static <T extends RuntimeException> T thrown(Class<T> type, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw new AssertionError("threw " + e, e);
        }
        throw new AssertionError("threw nothing");
    }

    static AuthorizationRequiredException.Reason reason(Runnable call) {
        return thrown(AuthorizationRequiredException.class, call).reason();
    }

    static Duration retryAfter(Runnable call) {
        return thrown(TikTokUnavailableException.class, call).retryAfter();
    }
}
