package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A failed refresh, recorded with the tokens for the next attempt and for diagnosis.
 *
 * @param code TikTok's code or a short constant of the library, at most 64 characters
 * @param requestId TikTok's request id, at most 128 characters, or {@code null} if there was none
 * @param outcomeUnknown whether the request may have been carried out although no answer came
 * @param refusal whether TikTok definitely refused and this counts towards a {@link Reauthorization.Type#SOFT} mark
 * @param forced whether a person had asked for this refresh and its definite outcome is to be remembered; see {@link
 *     ForcedRefresh}
 */
public record RefreshFailure(
        String code, @Nullable String requestId, boolean outcomeUnknown, boolean refusal, boolean forced) {

    /**
     * Returns a failure that is no definite refusal and was asked for by nobody in person.
     *
     * @param code TikTok's code or a short constant of the library
     * @param requestId TikTok's request id, or {@code null} if there was none
     * @param outcomeUnknown whether the request may have been carried out although no answer came
     * @return a failure
     */
    public static RefreshFailure of(String code, @Nullable String requestId, boolean outcomeUnknown) {
        return new RefreshFailure(code, requestId, outcomeUnknown, false, false);
    }

    /**
     * Returns a copy that counts towards a {@link Reauthorization.Type#SOFT} mark, or does not.
     *
     * @param refusal whether TikTok definitely refused
     * @return a copy
     */
    public RefreshFailure withRefusal(boolean refusal) {
        return new RefreshFailure(code, requestId, outcomeUnknown, refusal, forced);
    }

    /**
     * Returns a copy whose definite outcome is remembered as that of a forced refresh, or is not.
     *
     * @param forced whether a person had asked for this refresh
     * @return a copy
     */
    public RefreshFailure withForced(boolean forced) {
        return new RefreshFailure(code, requestId, outcomeUnknown, refusal, forced);
    }
}
