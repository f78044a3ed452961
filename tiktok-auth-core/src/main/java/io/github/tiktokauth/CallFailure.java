package io.github.tiktokauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to TikTok without a usable result; inside the library only. */
final class CallFailure extends Exception {

    private static final long serialVersionUID = 1L;

    enum Stage {
        /** It never left this machine, so TikTok did nothing. */
        NOT_SENT,
        /** It may have been carried out; no answer, or none that can be read. */
        OUTCOME_UNKNOWN,
        /** TikTok answered with an error. */
        REFUSED
    }

    private final Stage stage;
    private final transient @Nullable TikTokError error;
    private final @Nullable Duration retryAfter;
    private final boolean answered;

    private CallFailure(
            Stage stage, String message, @Nullable TikTokError error, @Nullable Duration retryAfter, boolean answered) {
        super(message, null, false, false);
        this.stage = stage;
        this.error = error;
        this.retryAfter = retryAfter;
        this.answered = answered;
    }

    static CallFailure notSent(String message) {
        return new CallFailure(Stage.NOT_SENT, message, null, null, false);
    }

    /** It was sent, and then the time was up or the connection broke: TikTok may still be at work on it. */
    static CallFailure unanswered(String message) {
        return new CallFailure(Stage.OUTCOME_UNKNOWN, message, null, null, false);
    }

    /** There is an answer that says nothing. */
    static CallFailure outcomeUnknown(String message, @Nullable Duration retryAfter) {
        return new CallFailure(Stage.OUTCOME_UNKNOWN, message, null, retryAfter, true);
    }

    static CallFailure refused(TikTokError error, @Nullable Duration retryAfter) {
        return new CallFailure(
                Stage.REFUSED,
                "TikTok answered with code " + error.code() + " (" + error.message() + "), request id "
                        + error.requestId(),
                error,
                retryAfter,
                true);
    }

    Stage stage() {
        return stage;
    }

    boolean mayStillBeAnswered() {
        return stage == Stage.OUTCOME_UNKNOWN && !answered;
    }

    @Nullable TikTokError error() {
        return error;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Short and constant, for the store's diagnosis columns. */
    String code() {
        return error == null ? stage.name() : Long.toString(error.code());
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
