package io.github.tiktokauth.signing;

import java.net.URI;
import java.util.Map;

/**
 * A call to TikTok's gateway as plain values, for any HTTP client. Send it within seconds, once, with exactly the body that was
 * signed; for another attempt sign anew.
 *
 * @param uri the URI with the whole query, percent-encoded; its signature is valid for minutes, so do not log it
 * @param headers the headers to send: {@code x-tts-access-token}, a secret, and {@code content-type}
 */
public record SignedRequest(URI uri, Map<String, String> headers) {

    /**
     * Copies the headers.
     *
     * @param uri the URI
     * @param headers the headers to send
     */
    public SignedRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * Returns host and path, without query and headers.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "SignedRequest[" + uri.getRawAuthority() + uri.getRawPath() + "]";
    }
}
