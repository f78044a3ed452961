package io.github.tiktokauth.examples;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer other than success: a status and a text for the client. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable Duration retryAfter;
    private final @Nullable String allow;

    private ApiException(int status, String message, @Nullable Duration retryAfter, @Nullable String allow) {
        super(message, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
        this.allow = allow;
    }

    static ApiException of(int status, String message) {
        return new ApiException(status, message, null, null);
    }

    static ApiException badRequest(String message) {
        return of(400, message);
    }

    static ApiException unavailable(String message, Duration retryAfter) {
        return new ApiException(503, message, retryAfter, null);
    }

    static ApiException methodNotAllowed(String allow) {
        return new ApiException(405, "this address takes " + allow, null, allow);
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** Whole seconds for the header, rounded up and at least one; absent when waiting does not help. */
    @Nullable String retryAfterSeconds() {
        return retryAfter == null
                ? null
                : Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }

    @Nullable String allow() {
        return allow;
    }
}
