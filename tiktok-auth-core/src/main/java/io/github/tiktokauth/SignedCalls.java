package io.github.tiktokauth;

import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.signing.SignedRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs calls to TikTok's gateway as plain values, for any HTTP client. Safe for use by many threads. */
public final class SignedCalls {

    private final URI baseUrl;
    private final RequestSigner signer;
    private final InstantSource clock;

    SignedCalls(TikTokConfig config, InstantSource clock) {
        this.baseUrl = config.baseUrl();
        this.signer = config.signer();
        this.clock = clock;
    }

    /**
     * Signs one call, stamped with the present time.
     *
     * @param token the token to call with, from {@link TikTokAuth#getValidAccessToken}
     * @param path the path below the base URL, percent-encoded, for example {@code /product/202309/products/search}
     * @param query the other parameters, decoded; for most paths {@code shop_cipher} is one of them
     * @param contentType the content type, {@code application/json} also when there is no body
     * @param body the bytes exactly as they will be sent; empty when there are none
     * @return URL and headers
     * @throws IllegalArgumentException when the path is not one
     */
    public SignedRequest sign(
            AccessToken token, String path, Map<String, String> query, String contentType, byte[] body) {
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
            throw new IllegalArgumentException(
                    "path must begin with a slash, be percent-encoded, and contain neither query nor fragment");
        }
        // By itself first: what URI says of a bad path must not quote the signed query.
        URI target = URI.create(baseUrl + path);
        String text = signer.sign(target.getRawPath(), query, contentType, body, clock.instant()).entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return new SignedRequest(
                URI.create(target + "?" + text),
                Map.of("x-tts-access-token", token.value(), "content-type", contentType));
    }

    /**
     * Returns the signer alone. It holds the App Secret.
     *
     * @return the signer
     */
    public RequestSigner signer() {
        return signer;
    }

    /**
     * Returns the clock that calls are stamped with.
     *
     * @return the builder's clock, or the system's
     */
    public InstantSource clock() {
        return clock;
    }

    /** A blank is %20: a plus sign is not read as a blank by everybody. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Returns a constant text, without the secret.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "SignedCalls[of one app]";
    }
}
