package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows about refreshing one authorization. All instants are of the storage's clock.
 *
 * @param leaseOwner who took the lease last and has not given it back, if anybody
 * @param leaseUntil when that lease ends; it may have ended already
 * @param coolDownUntil until when no node shall try, if a refresh failed; it may have passed already
 * @param failures failed refreshes in a row
 * @param lastCode the last failure's code, if any
 * @param lastRequestId the last failure's request id, if any
 * @param outcomeUnknown whether a refresh since the last token write may have been carried out without an answer
 * @param reauthorizationReason why the seller must authorize again, if so
 */
public record RefreshState(
        @Nullable String leaseOwner,
        @Nullable Instant leaseUntil,
        @Nullable Instant coolDownUntil,
        int failures,
        @Nullable String lastCode,
        @Nullable String lastRequestId,
        boolean outcomeUnknown,
        @Nullable String reauthorizationReason) {

    /** No lease, no failure, no mark: the state after every token write. */
    public static final RefreshState CLEAR = new RefreshState(null, null, null, 0, null, null, false, null);
}
