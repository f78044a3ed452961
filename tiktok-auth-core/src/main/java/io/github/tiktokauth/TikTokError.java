package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * What TikTok answered when it refused.
 *
 * @param httpStatus the HTTP status; TikTok's token endpoints often say 200 with an error in the body
 * @param code TikTok's code; 0 when the answer had none
 * @param message TikTok's text, cut short, with every secret of the request taken out
 * @param requestId TikTok's request id, for its support, if there was one
 */
public record TikTokError(
        int httpStatus, long code, String message, @Nullable String requestId) {}
