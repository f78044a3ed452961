package io.github.tiktokauth.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TikTok's signatures, computed on purpose without the library's own signer: a mistake in one of the two must not be repeated
 * in the other.
 */
final class Signatures {

    private Signatures() {}

    static String ofRequest(
            String appSecret, String path, Map<String, String> parameters, String contentType, byte[] body) {
        byte[] secret = utf8(appSecret);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(secret);
        message.writeBytes(utf8(path));
        parameters.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("sign") && !entry.getKey().equals("access_token"))
                // The order of UTF-8 bytes is the order of code points.
                .sorted((one, other) -> Arrays.compareUnsigned(utf8(one.getKey()), utf8(other.getKey())))
                .forEach(entry -> message.writeBytes(utf8(entry.getKey() + entry.getValue())));
        if (!mediaType(contentType).equals("multipart/form-data")) {
            message.writeBytes(body);
        }
        message.writeBytes(secret);
        return hmac(secret, message.toByteArray());
    }

    static String ofWebhook(String appKey, String appSecret, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(utf8(appKey));
        message.writeBytes(body);
        return hmac(utf8(appSecret), message.toByteArray());
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(utf8(one), utf8(other));
    }

    static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static String hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
