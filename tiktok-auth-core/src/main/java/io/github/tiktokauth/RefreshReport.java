package io.github.tiktokauth;

/**
 * What a call of {@link Maintenance#refreshDue} did.
 *
 * @param refreshed how many got new tokens
 * @param failed how many could not be refreshed; they are in a cool-down or marked now
 * @param passedOver how many another node or thread was just refreshing, or had refreshed already, how many short-lived ones are
 *     not soon to expire, and one that is still under way because the waiting for it was interrupted
 * @param more whether there may be more due ones than the limit allowed
 */
public record RefreshReport(int refreshed, int failed, int passedOver, boolean more) {}
