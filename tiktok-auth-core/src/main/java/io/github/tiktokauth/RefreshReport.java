package io.github.tiktokauth;

/**
 * What a call of {@link Maintenance#refreshDue} did.
 *
 * @param refreshed how many got new tokens
 * @param failed how many could not be refreshed; they are in a cool-down or marked now
 * @param passedOver how many were skipped: another node or thread was refreshing them or had already done so, short-lived ones
 *     that are not stale yet, and one that is still under way because the wait for it was interrupted
 * @param more whether there may be more due ones than the limit allowed
 */
public record RefreshReport(int refreshed, int failed, int passedOver, boolean more) {}
