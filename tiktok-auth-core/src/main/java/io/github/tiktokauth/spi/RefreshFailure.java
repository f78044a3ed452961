package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A failed refresh, as it is noted beside the tokens for the next attempt and for diagnosis.
 *
 * @param code TikTok's code or a short constant of the library, at most 64 characters
 * @param requestId TikTok's request id, if there was an answer with one; at most 128 characters
 * @param outcomeUnknown whether the request may have been carried out although no answer came
 */
public record RefreshFailure(String code, @Nullable String requestId, boolean outcomeUnknown) {}
