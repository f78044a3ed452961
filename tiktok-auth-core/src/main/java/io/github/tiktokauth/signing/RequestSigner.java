package io.github.tiktokauth.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests to TikTok's gateway as its documentation says ("Sign your API request", checked against its published
 * vectors): parameters sorted by name in code-point order, joined without separators behind the path, the body behind them,
 * the App Secret before and after, HMAC-SHA256 keyed with the App Secret, in lower-case hexadecimal.
 *
 * <p>TikTok accepts a timestamp from five minutes behind its clock to 30 seconds ahead: sign each attempt anew, when it is
 * sent. Instances are immutable and safe for use by many threads.
 */
public final class RequestSigner {

    private final String appKey;
    private final String appSecret;

    /**
     * Creates a signer for one app.
     *
     * @param appKey the App Key
     * @param appSecret the App Secret
     */
    public RequestSigner(String appKey, String appSecret) {
        this.appKey = appKey;
        this.appSecret = appSecret;
    }

    /**
     * Completes a query: adds {@code app_key}, {@code timestamp} and {@code sign}.
     *
     * @param path the path exactly as it is requested, for example {@code /product/202309/products/search}
     * @param query the other parameters, decoded; {@code sign}, {@code timestamp} and {@code app_key} in it are replaced
     * @param contentType the request's content type, or {@code null} when it has no body; the body of {@code
     *     multipart/form-data} is not signed
     * @param body the bytes exactly as they are sent; empty when there are none
     * @param at when the request is sent
     * @return all parameters to send, decoded, in the order of their names; percent-encode them
     */
    public SortedMap<String, String> sign(
            String path, Map<String, String> query, @Nullable String contentType, byte[] body, Instant at) {
        SortedMap<String, String> all = new TreeMap<>(RequestSigner::compareCodePoints);
        all.putAll(query);
        all.put("app_key", appKey);
        all.put("timestamp", Long.toString(at.getEpochSecond()));
        all.remove("sign");
        all.put("sign", signature(path, all, contentType, body));
        return Collections.unmodifiableSortedMap(all);
    }

    /**
     * Returns the signature alone.
     *
     * @param path the path exactly as it is requested
     * @param query all parameters, decoded; {@code sign} and {@code access_token} are left out of the computation
     * @param contentType the request's content type, or {@code null}
     * @param body the bytes exactly as they are sent
     * @return 64 hexadecimal digits
     */
    public String signature(String path, Map<String, String> query, @Nullable String contentType, byte[] body) {
        SortedMap<String, String> sorted = new TreeMap<>(RequestSigner::compareCodePoints);
        sorted.putAll(query);
        StringBuilder text = new StringBuilder(appSecret).append(path);
        sorted.forEach((name, value) -> {
            if (!name.equals("sign") && !name.equals("access_token")) {
                text.append(name).append(value);
            }
        });
        Mac mac = hmac(appSecret);
        mac.update(text.toString().getBytes(StandardCharsets.UTF_8));
        if (signsBody(contentType)) {
            mac.update(body);
        }
        return HexFormat.of().formatHex(mac.doFinal(appSecret.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns whether the body of a request is part of its signature, which that of {@code multipart/form-data} is not.
     *
     * @param contentType the request's content type, or {@code null}
     * @return whether it is
     */
    public static boolean signsBody(@Nullable String contentType) {
        return contentType == null
                || !contentType
                        .split(";", 2)[0]
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals("multipart/form-data");
    }

    /** {@code String.compareTo} compares UTF-16 units, which puts U+10000 and above before U+E000 to U+FFFF. */
    private static int compareCodePoints(String a, String b) {
        return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    static Mac hmac(String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }

    /**
     * Returns a constant text, without the secret.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "RequestSigner[of one app]";
    }
}
