package io.github.tiktokauth.signing;

import java.net.URI;
import java.util.Map;

/**
 * A call to TikTok's gateway as plain values, for any HTTP client. Send it within seconds, once, with exactly the body that was
 * signed; for another attempt sign anew.
 *
 * @param uri where to, with the whole query, percent-encoded; its signature is good for minutes, so do not log it
 * @param headers the headers to send: {@code x-tts-access-token}, a secret, and {@code content-type}
 */
public record SignedRequest(URI uri, Map<String, String> headers) {

    /**
     * Copies the headers.
     *
     * @param uri where to
     * @param headers the headers to send
     */
    public SignedRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * Without query and headers.
     *
     * @return host and path
     */
    @Override
    public String toString() {
        return "SignedRequest[" + uri.getRawAuthority() + uri.getRawPath() + "]";
    }
}
