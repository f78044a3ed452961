package io.github.tiktokauth;

import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.signing.SignedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Signed calls as plain values. */
final class SignedCalls {

    private final URI baseUrl;
    private final RequestSigner signer;

    SignedCalls(TikTokConfig config) {
        this.baseUrl = config.baseUrl();
        this.signer = config.signer();
    }

    SignedRequest sign(
            AccessToken token, String path, Map<String, String> query, String contentType, byte[] body, Instant at) {
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
            throw new IllegalArgumentException(
                    "path must begin with a slash, be percent-encoded, and contain neither query nor fragment");
        }
        // By itself first: what URI says of a bad path must not quote the signed query.
        URI target = URI.create(baseUrl + path);
        String text = signer.sign(target.getRawPath(), query, contentType, body, at).entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return new SignedRequest(
                URI.create(target + "?" + text),
                Map.of("x-tts-access-token", token.value(), "content-type", contentType));
    }

    /** A blank is %20: a plus sign is not read as a blank by everybody. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
