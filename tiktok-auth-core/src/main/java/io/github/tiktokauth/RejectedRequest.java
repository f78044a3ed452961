package io.github.tiktokauth;

/**
 * A request from outside that this node rejected, for an {@link AuthorizationListener}. It concerns no user: whom a forged or stale
 * request names proves nothing. It contains no secret and no text of the request.
 */
public sealed interface RejectedRequest {

    /**
     * A callback or a claim that connects nothing.
     *
     * @param rejection why it was rejected
     */
    record Callback(CallbackRejectedException.Rejection rejection) implements RejectedRequest {}

    /**
     * A webhook that is not authentic, not readable or too large.
     *
     * @param outcome why it was rejected
     */
    record Webhook(WebhookReceipt.Outcome outcome) implements RejectedRequest {}
}
