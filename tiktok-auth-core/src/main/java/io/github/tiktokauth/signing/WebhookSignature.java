package io.github.tiktokauth.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The signature of TikTok's webhooks, as its documentation says: the header {@code Authorization} is the bare lower-case
 * hexadecimal HMAC-SHA256, keyed with the App Secret, of the App Key followed by the raw body. Immutable and safe for use by many
 * threads.
 */
public final class WebhookSignature {

    private final String appKey;
    private final String appSecret;

    /**
     * Creates a verifier for one app.
     *
     * @param appKey the App Key
     * @param appSecret the App Secret
     */
    public WebhookSignature(String appKey, String appSecret) {
        this.appKey = appKey;
        this.appSecret = appSecret;
    }

    /**
     * Returns whether TikTok, or another holder of the App Secret, signed these bytes. Compares in constant time. It does not
     * prove when: anyone who has seen a webhook can send it again.
     *
     * @param body the bytes as received, before any parsing
     * @param authorization the header {@code Authorization}, or {@code null} if there was none
     * @return whether the signature is right
     */
    public boolean isAuthentic(byte[] body, @Nullable String authorization) {
        return authorization != null
                && MessageDigest.isEqual(
                        sign(body).getBytes(StandardCharsets.US_ASCII),
                        authorization.strip().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the signature, for tests and simulators.
     *
     * @param body the bytes to sign
     * @return 64 hexadecimal digits
     */
    public String sign(byte[] body) {
        Mac mac = RequestSigner.hmac(appSecret);
        mac.update(appKey.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    /**
     * Returns a constant text, without the secret.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "WebhookSignature[of one app]";
    }
}
