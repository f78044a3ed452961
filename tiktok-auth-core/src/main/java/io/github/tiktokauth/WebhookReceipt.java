package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a delivered webhook. Answer TikTok with {@link Outcome#httpStatus()} and an empty body.
 *
 * @param outcome the outcome
 * @param notification the notification; {@code null} when the webhook was not authentic or could not be read
 */
public record WebhookReceipt(Outcome outcome, @Nullable WebhookNotification notification) {

    /** The outcome of a delivered webhook. */
    public enum Outcome {
        /** Received for the first time; types 6 and 7 are handled, other types are for the host to handle. */
        ACCEPTED(200),
        /** Delivered before, here or on another node; nothing was done. */
        DUPLICATE(200),
        /** The signature is missing or wrong; nothing was done. */
        NOT_AUTHENTIC(401),
        /** The signature is right, but it is no webhook as TikTok documents them; nothing was done. */
        MALFORMED(400),
        /** More than a mebibyte; it was not even verified. */
        TOO_LARGE(413);

        private final int httpStatus;

        Outcome(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        /**
         * Returns the HTTP status to answer with.
         *
         * @return the status
         */
        public int httpStatus() {
            return httpStatus;
        }
    }
}
