package io.github.tiktokauth.examples;

/** The app cannot start; the message tells the operator what to do, and holds no secret. */
final class SetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }
}
