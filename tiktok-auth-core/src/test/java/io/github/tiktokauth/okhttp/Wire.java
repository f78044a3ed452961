package io.github.tiktokauth.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.RecordedRequest;

/** A request as it came over the wire, and TikTok's judgement of it, computed from the raw request line and body. */
final class Wire {

    private final RecordedRequest request;
    private final String path;
    private final Map<String, String> query =
            new TreeMap<>((one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other)));

    Wire(RecordedRequest request) {
        this.request = request;
        String target = request.getTarget();
        int mark = target.indexOf('?');
        path = mark < 0 ? target : target.substring(0, mark);
        for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            assertThat(equals).as("every parameter has a value").isNotNegative();
            String before = query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            assertThat(before).as("no name is repeated").isNull();
        }
    }

    String path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    String header(String name) {
        return request.getHeaders().get(name);
    }

    String token() {
        assertThat(request.getHeaders().values("x-tts-access-token")).hasSize(1);
        return header("x-tts-access-token");
    }

    String method() {
        return request.getMethod();
    }

    byte[] body() {
        return request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    Instant stampedAt() {
        return Instant.ofEpochSecond(Long.parseLong(query.get("timestamp")));
    }

    /** Nothing of ours. */
    void assertBare() {
        assertThat(query).doesNotContainKeys("sign", "timestamp", "app_key", "access_token", "shop_cipher");
        assertThat(header("x-tts-access-token")).isNull();
    }

    void assertSigned() {
        assertThat(query).containsEntry("app_key", ShopWorld.APP_KEY).doesNotContainKey("access_token");
        assertThat(query.get("sign")).isEqualTo(expectedSign());
        assertThat(token()).startsWith("access-");
    }

    private String expectedSign() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(utf8(ShopWorld.APP_SECRET + path));
        query.forEach((name, value) -> {
            if (!name.equals("sign")) {
                message.writeBytes(utf8(name + value));
            }
        });
        String type = header("Content-Type");
        if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
            message.writeBytes(body());
        }
        message.writeBytes(utf8(ShopWorld.APP_SECRET));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(ShopWorld.APP_SECRET), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.toByteArray()));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
