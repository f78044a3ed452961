package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows about refreshing one authorization. All instants are of the storage's clock.
 *
 * <p>Stores should construct it with {@link #builder()}: later versions may add components.
 *
 * @param leaseOwner who took the lease last and has not given it back, or {@code null}
 * @param leaseUntil when that lease ends, or {@code null}; it may have ended already
 * @param coolDownUntil until when no node should try after a failed refresh, or {@code null}; it may have passed already
 * @param failures failed refreshes in a row
 * @param lastCode the last failure's code, or {@code null}
 * @param lastRequestId the last failure's request id, or {@code null}
 * @param outcomeUnknown whether a refresh since the last token write may have been carried out without an answer
 * @param firstRefusedAt when TikTok first definitely refused since the last token write, or {@code null}; see {@link
 *     RefreshFailure#refusal()}
 * @param refusals how often TikTok definitely refused since the last token write
 * @param reauthorizationType what the re-authorization mark rests on, or {@code null} when there is none
 * @param reauthorizationReason why the seller must authorize again, or {@code null} when there is no mark
 * @param nextTryAt from when calls may try a refresh under a {@link Reauthorization.Type#SOFT} mark, or {@code null}
 * @param forcedRefresh the last refresh that a person asked for, or {@code null}
 */
public record RefreshState(
        @Nullable String leaseOwner,
        @Nullable Instant leaseUntil,
        @Nullable Instant coolDownUntil,
        int failures,
        @Nullable String lastCode,
        @Nullable String lastRequestId,
        boolean outcomeUnknown,
        @Nullable Instant firstRefusedAt,
        int refusals,
        Reauthorization.@Nullable Type reauthorizationType,
        @Nullable String reauthorizationReason,
        @Nullable Instant nextTryAt,
        @Nullable ForcedRefresh forcedRefresh) {

    /** No lease, no failure, no mark: the state after a connect. */
    public static final RefreshState CLEAR = builder().build();

    /**
     * Returns a builder for a state without lease, failure and mark.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of this state.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder()
                .lease(leaseOwner, leaseUntil)
                .coolDownUntil(coolDownUntil)
                .failures(failures)
                .lastFailure(lastCode, lastRequestId)
                .outcomeUnknown(outcomeUnknown)
                .refusals(refusals, firstRefusedAt)
                .reauthorization(reauthorizationType, reauthorizationReason, nextTryAt)
                .forcedRefresh(forcedRefresh);
    }

    /** Builds a {@link RefreshState}. Not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable String leaseOwner;
        private @Nullable Instant leaseUntil;
        private @Nullable Instant coolDownUntil;
        private int failures;
        private @Nullable String lastCode;
        private @Nullable String lastRequestId;
        private boolean outcomeUnknown;
        private @Nullable Instant firstRefusedAt;
        private int refusals;
        private Reauthorization.@Nullable Type reauthorizationType;
        private @Nullable String reauthorizationReason;
        private @Nullable Instant nextTryAt;
        private @Nullable ForcedRefresh forcedRefresh;

        private Builder() {}

        /**
         * Sets the lease.
         *
         * @param owner who took it and has not given it back, or {@code null}
         * @param until when it ends, or {@code null}
         * @return this builder
         */
        public Builder lease(@Nullable String owner, @Nullable Instant until) {
            leaseOwner = owner;
            leaseUntil = until;
            return this;
        }

        /**
         * Sets until when no node should try.
         *
         * @param coolDownUntil the end of the cool-down, or {@code null}
         * @return this builder
         */
        public Builder coolDownUntil(@Nullable Instant coolDownUntil) {
            this.coolDownUntil = coolDownUntil;
            return this;
        }

        /**
         * Sets how many refreshes failed in a row.
         *
         * @param failures 0 or more
         * @return this builder
         */
        public Builder failures(int failures) {
            this.failures = failures;
            return this;
        }

        /**
         * Sets what the last failure was.
         *
         * @param code its code, or {@code null}
         * @param requestId its request id, or {@code null}
         * @return this builder
         */
        public Builder lastFailure(@Nullable String code, @Nullable String requestId) {
            lastCode = code;
            lastRequestId = requestId;
            return this;
        }

        /**
         * Sets whether a refresh since the last token write may have been carried out without an answer.
         *
         * @param outcomeUnknown whether the outcome is unknown
         * @return this builder
         */
        public Builder outcomeUnknown(boolean outcomeUnknown) {
            this.outcomeUnknown = outcomeUnknown;
            return this;
        }

        /**
         * Sets the definite refusals since the last token write.
         *
         * @param refusals how many
         * @param firstRefusedAt when the first of them was, or {@code null}
         * @return this builder
         */
        public Builder refusals(int refusals, @Nullable Instant firstRefusedAt) {
            this.refusals = refusals;
            this.firstRefusedAt = firstRefusedAt;
            return this;
        }

        /**
         * Sets the re-authorization mark.
         *
         * @param kind what it rests on, or {@code null} for no mark
         * @param reason why, or {@code null} for no mark
         * @param nextTryAt from when calls may try a refresh, or {@code null}
         * @return this builder
         */
        public Builder reauthorization(
                Reauthorization.@Nullable Type kind, @Nullable String reason, @Nullable Instant nextTryAt) {
            reauthorizationType = kind;
            reauthorizationReason = reason;
            this.nextTryAt = nextTryAt;
            return this;
        }

        /**
         * Sets the last refresh that a person asked for.
         *
         * @param forcedRefresh its end and outcome, or {@code null}
         * @return this builder
         */
        public Builder forcedRefresh(@Nullable ForcedRefresh forcedRefresh) {
            this.forcedRefresh = forcedRefresh;
            return this;
        }

        /**
         * Builds the state.
         *
         * @return a new state
         */
        public RefreshState build() {
            return new RefreshState(
                    leaseOwner,
                    leaseUntil,
                    coolDownUntil,
                    failures,
                    lastCode,
                    lastRequestId,
                    outcomeUnknown,
                    firstRefusedAt,
                    refusals,
                    reauthorizationType,
                    reauthorizationReason,
                    nextTryAt,
                    forcedRefresh);
        }
    }
}
