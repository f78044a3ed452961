package io.github.tiktokauth.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived, without anything secret: names of parameters, never values.
 *
 * @param method the HTTP method
 * @param path the path as it was requested, without the query
 * @param parameters the names of the query parameters, sorted
 * @param sellerId whom the code or token in it belongs to, or {@code null} when that is unknown
 * @param status the HTTP status of the answer; 0 when the connection was closed without one
 * @param code TikTok's code in the answer; 0 for success, -1 when the answer has none
 * @param scripted whether a scripted fault had a hand in the answer
 */
public record ObservedRequest(
        String method,
        String path,
        List<String> parameters,
        @Nullable String sellerId,
        int status,
        int code,
        boolean scripted) {}
