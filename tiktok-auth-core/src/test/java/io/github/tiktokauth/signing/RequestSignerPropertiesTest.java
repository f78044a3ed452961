package io.github.tiktokauth.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RequestSignerPropertiesTest {

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.integers()
                .between(1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(12)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Provide
    Arbitrary<String> name() {
        return Arbitraries.oneOf(
                text(),
                Arbitraries.of("sign", "access_token", "app_key", "timestamp", "shop_cipher", "Sign", "a", "A"));
    }

    @Provide
    Arbitrary<String> secret() {
        return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(100);
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

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void everySignatureIsWhatTheDescriptionSays(
            @ForAll("secret") String secret,
            @ForAll("text") String path,
            @ForAll @Size(max = 8) Map<@From("name") String, @From("text") String> query,
            @ForAll @Size(max = 64) byte[] body,
            @ForAll @LongRange(min = 0, max = 9_999_999_999L) long second) {
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
    }

    @Property(tries = 200)
    void everyChangedByteOfTheBodyChangesTheSignature(
            @ForAll @Size(min = 1, max = 40) byte[] body,
            @ForAll @IntRange(max = 39) int at,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        Assume.that(at < body.length);
        RequestSigner signer = new RequestSigner("key", "secret");
        byte[] changed = body.clone();
        changed[at] ^= (byte) change;
        assertThat(signer.signature("/a", Map.of(), null, changed))
                .isNotEqualTo(signer.signature("/a", Map.of(), null, body));
    }

    @Property(tries = 200)
    void everyBodyIsLeftOutOfAMultipartForm(@ForAll @Size(max = 64) byte[] body) {
        RequestSigner signer = new RequestSigner("key", "secret");
        assertThat(signer.signature("/a", Map.of("b", "c"), "multipart/form-data; boundary=x", body))
                .isEqualTo(signer.signature("/a", Map.of("b", "c"), null, new byte[0]));
    }
}
