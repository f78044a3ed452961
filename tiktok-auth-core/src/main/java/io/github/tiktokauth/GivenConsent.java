package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/** A consent that came back and belongs to a user: what is left is to exchange its code. */
record GivenConsent(
        String userId,
        String code,
        @Nullable String shopId,
        @Nullable String region,
        @Nullable String hostState,
        @Nullable String requestedScope) {

    @Override
    public String toString() {
        return "GivenConsent[of user " + userId + "]";
    }
}
