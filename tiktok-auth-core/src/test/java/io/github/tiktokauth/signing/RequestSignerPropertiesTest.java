package io.github.tiktokauth.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.RandomCases;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignerPropertiesTest {

    private static final int CASES = 5_000;

    private static String name(RandomCases any) {
        return any.isHeads()
                ? any.text(12)
                : any.oneOf("sign", "access_token", "app_key", "timestamp", "shop_cipher", "Sign", "a", "A");
    }

    /** The order of UTF-32's bytes is that of the code points. */
    private static int compareUtf32(String a, String b) {
        Charset utf32 = Charset.forName("UTF-32BE");
        return Arrays.compareUnsigned(a.getBytes(utf32), b.getBytes(utf32));
    }

    private static String expected(String secret, String path, Map<String, String> all, byte[] body) {
        List<String> names = new ArrayList<>(all.keySet());
        names.remove("sign");
        names.remove("access_token");
        names.sort(RequestSignerPropertiesTest::compareUtf32);
        StringBuilder head = new StringBuilder(secret).append(path);
        for (String name : names) {
            head.append(name).append(all.get(name));
        }
        byte[] message = IndependentHmac.join(
                head.toString().getBytes(StandardCharsets.UTF_8), body, secret.getBytes(StandardCharsets.UTF_8));
        return IndependentHmac.hex(secret, message);
    }

    @Test
    void everySignatureIsWhatTheDescriptionSays() {
        RandomCases.run(CASES, any -> {
            String secret = any.ascii(1, 100);
            String path = any.text(12);
            Map<String, String> query = any.map(8, () -> name(any), () -> any.text(12));
            byte[] body = any.bytes(0, 64);
            long second = any.number(0, 9_999_999_999L);
            Map<String, String> signed = new RequestSigner("the key", secret)
                    .sign(path, query, "application/json", body, Instant.ofEpochSecond(second));
            Map<String, String> all = new HashMap<>(query);
            all.put("app_key", "the key");
            all.put("timestamp", Long.toString(second));
            assertThat(signed.get("sign"))
                    .isEqualTo(expected(secret, path, all, body))
                    .matches("[0-9a-f]{64}");
            all.put("sign", signed.get("sign"));
            assertThat(signed).isEqualTo(all);
            assertThat(new ArrayList<>(signed.keySet())).isSortedAccordingTo(RequestSignerPropertiesTest::compareUtf32);
        });
    }

    @Test
    void everyChangedByteOfTheBodyChangesTheSignature() {
        RequestSigner signer = new RequestSigner("key", "secret");
        RandomCases.run(CASES, any -> {
            byte[] body = any.bytes(1, 40);
            byte[] changed = body.clone();
            changed[(int) any.number(0, body.length - 1)] ^= (byte) any.number(1, 255);
            assertThat(signer.signature("/a", Map.of(), null, changed))
                    .isNotEqualTo(signer.signature("/a", Map.of(), null, body));
        });
    }

    @Test
    void everyBodyIsLeftOutOfAMultipartForm() {
        RequestSigner signer = new RequestSigner("key", "secret");
        RandomCases.run(
                CASES,
                any -> assertThat(signer.signature(
                                "/a", Map.of("b", "c"), "multipart/form-data; boundary=x", any.bytes(0, 64)))
                        .isEqualTo(signer.signature("/a", Map.of("b", "c"), null, new byte[0])));
    }
}
