package io.github.tiktokauth.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client's signatures, written from TikTok's description once more, so that the simulator does not judge itself. */
final class TestSigner {

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private TestSigner() {}

    /** The query with key, timestamp and signature. */
    static Map<String, String> sign(
            String key,
            String secret,
            String path,
            Map<String, String> query,
            String contentType,
            byte[] body,
            Instant at) {
        Map<String, String> all = new HashMap<>(query);
        all.put("app_key", key);
        all.put("timestamp", Long.toString(at.getEpochSecond()));
        all.put("sign", signature(secret, path, all, contentType, body));
        return all;
    }

    static String signature(String secret, String path, Map<String, String> query, String contentType, byte[] body) {
        List<String> names = new ArrayList<>(query.keySet());
        names.removeAll(List.of("sign", "access_token"));
        // The order of UTF-32's bytes is that of the code points.
        names.sort((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_32), other.getBytes(UTF_32)));
        StringBuilder head = new StringBuilder(secret).append(path);
        names.forEach(name -> head.append(name).append(query.get(name)));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        if (!contentType.startsWith("multipart/form-data")) {
            message.writeBytes(body);
        }
        message.writeBytes(secret.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
