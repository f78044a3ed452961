package io.github.tiktokauth;

import java.util.Optional;

/**
 * What became of a webhook. Answer TikTok with {@link Outcome#httpStatus()} and an empty body.
 *
 * @param outcome what became of it
 * @param notification the webhook, when it was authentic and could be read
 */
public record WebhookReceipt(Outcome outcome, Optional<WebhookNotification> notification) {

    /** What became of a webhook. */
    public enum Outcome {
        /** Seen for the first time; types 6 and 7 are taken care of, others are the host's to act on. */
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
         * What to answer.
         *
         * @return an HTTP status
         */
        public int httpStatus() {
            return httpStatus;
        }
    }
}
