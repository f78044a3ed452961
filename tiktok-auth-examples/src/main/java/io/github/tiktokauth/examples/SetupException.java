package io.github.tiktokauth.examples;

/** The app cannot start; the message says what to do, and contains no secret. */
final class SetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }
}
