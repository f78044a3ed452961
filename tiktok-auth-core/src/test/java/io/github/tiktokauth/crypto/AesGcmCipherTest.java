package io.github.tiktokauth.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.CipherException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmCipherTest {

    private static final String OLD = "old:" + base64(1, 32);
    private static final String NEW = "new:" + base64(2, 32);
    private static final CipherContext PLACE =
            new CipherContext("tiktok_shop_auth", "access_token", "user-1", "app-key");

    private final AesGcmCipher cipher = AesGcmCipher.ofKeys(OLD);

    private static String base64(int seed, int bytes) {
        byte[] key = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            key[i] = (byte) (seed * 31 + i * 7);
        }
        return Base64.getEncoder().encodeToString(key);
    }

    private static CipherException.Problem refusal(AesGcmCipher cipher, String ciphertext, CipherContext place) {
        CipherException e = catchThrowableOfType(CipherException.class, () -> cipher.decrypt(ciphertext, place));
        assertThat(e).as("the refusal of a ciphertext").isNotNull();
        return e.problem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ROW_Fw8rBwAAAAAkW03FYd09DG-9INtpw361", "Größe – ✓ 李雷 😀", "a.b.c", "\u0000\n"})
    void whatWasEncryptedIsDecrypted(String plaintext) {
        assertThat(cipher.decrypt(cipher.encrypt(plaintext, PLACE), PLACE)).isEqualTo(plaintext);
    }

    @Test
    void longTextsAreEncryptedToo() {
        String plaintext = "0123456789".repeat(10_000);
        assertThat(cipher.decrypt(cipher.encrypt(plaintext, PLACE), PLACE)).isEqualTo(plaintext);
    }

    @Test
    void theSamePlaintextNeverGivesTheSameCiphertext() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(cipher.encrypt("token", PLACE))).isTrue();
        }
    }

    @Test
    void aCiphertextIsPrintableAsciiAndHoldsNothingOfThePlaintext() {
        String ciphertext = cipher.encrypt("ROW_secret", PLACE);
        assertThat(ciphertext).matches("v1\\.old\\.[A-Za-z0-9_-]+");
        byte[] body = Base64.getUrlDecoder().decode(ciphertext.substring("v1.old.".length()));
        assertThat(body).hasSize(12 + "ROW_secret".length() + 16);
        assertThat(new String(body, StandardCharsets.ISO_8859_1)).doesNotContain("ROW_");
    }

    @Test
    void afterAChangeOfKeysOldCiphertextsAreReadAndNewOnesUseTheNewKey() {
        String old = cipher.encrypt("token", PLACE);
        AesGcmCipher rotated = AesGcmCipher.ofKeys(NEW + "," + OLD);
        assertThat(rotated.decrypt(old, PLACE)).isEqualTo("token");
        assertThat(rotated.isCurrent(old)).isFalse();
        assertThat(rotated.keyId(old)).isEqualTo("old");

        String fresh = rotated.encrypt("token", PLACE);
        assertThat(rotated.isCurrent(fresh)).isTrue();
        assertThat(rotated.keyId(fresh)).isEqualTo("new");
        assertThat(AesGcmCipher.ofKeys(OLD + "," + NEW).decrypt(fresh, PLACE)).isEqualTo("token");
    }

    static Stream<CipherContext> otherPlaces() {
        return Stream.of(
                new CipherContext("tiktok_shop_auth2", "access_token", "user-1", "app-key"),
                new CipherContext("tiktok_shop_auth", "refresh_token", "user-1", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_token", "user-2", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_token", "User-1", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1 ", "app-key"),
                new CipherContext("tiktok_shop_authaccess_token", "", "user-1", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_tokenuser-1", "", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_token6:user-1", "", "app-key"),
                new CipherContext("", "", "", "app-key"),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1", "another-app"),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1", "App-key"),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1", "app-key "),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1", ""),
                new CipherContext("tiktok_shop_auth", "access_token", "user-1", null),
                new CipherContext("tiktok_shop_auth", "access_token", "user-17:app-key", null),
                new CipherContext("tiktok_shop_auth", "access_token", "user-17:app-key", ""));
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void aCiphertextDoesNotDecryptInAnotherTableColumnOrRowOrOfAnotherApp(CipherContext other) {
        String ciphertext = cipher.encrypt("token", PLACE);
        assertThat(refusal(cipher, ciphertext, other)).isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
    }

    @Test
    void everyChangedCharacterIsFound() {
        String ciphertext = cipher.encrypt("a token of any length", PLACE);
        for (int i = 0; i < ciphertext.length(); i++) {
            for (char other : new char[] {'A', 'B', 'w', '-', '.', '=', ' ', 'é'}) {
                if (other != ciphertext.charAt(i)) {
                    String changed = ciphertext.substring(0, i) + other + ciphertext.substring(i + 1);
                    assertThat(refusal(cipher, changed, PLACE))
                            .as("character %d", i)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        String ciphertext = cipher.encrypt("token", PLACE);
        byte[] body = Base64.getUrlDecoder().decode(ciphertext.substring("v1.old.".length()));
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] changed = body.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String text = "v1.old." + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(refusal(cipher, text, PLACE)).isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
        }
    }

    @Test
    void everyCutIsFound() {
        String ciphertext = cipher.encrypt("token", PLACE);
        IntStream.range(0, ciphertext.length())
                .forEach(end -> assertThat(refusal(cipher, ciphertext.substring(0, end), PLACE))
                        .isNotNull());
        assertThat(refusal(cipher, ciphertext + "A", PLACE)).isNotNull();
        assertThat(refusal(cipher, ciphertext + "AAAA", PLACE)).isNotNull();
    }

    @Test
    void anotherSpellingOfTheSameBytesIsRefused() {
        // Unless the bytes are a multiple of three, the last character has bits that the decoder passes over.
        for (String plaintext : List.of("a", "ab", "abc")) {
            String ciphertext = cipher.encrypt(plaintext, PLACE);
            byte[] body = Base64.getUrlDecoder().decode(ciphertext.substring("v1.old.".length()));
            for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
                String other = ciphertext.substring(0, ciphertext.length() - 1) + last;
                if (!other.equals(ciphertext)) {
                    assertThat(refusal(cipher, other, PLACE)).isNotNull();
                }
            }
            String padded = "v1.old." + Base64.getUrlEncoder().encodeToString(body);
            if (!padded.equals(ciphertext)) {
                assertThat(refusal(cipher, padded, PLACE)).isEqualTo(CipherException.Problem.MALFORMED);
            }
        }
    }

    @Test
    void aKeyThatIsNotInTheRingIsNamedByItsId() {
        String ciphertext = AesGcmCipher.ofKeys(NEW).encrypt("token", PLACE);
        assertThatThrownBy(() -> cipher.decrypt(ciphertext, PLACE))
                .isInstanceOf(CipherException.class)
                .hasMessageContaining("new")
                .extracting(e -> ((CipherException) e).problem())
                .isEqualTo(CipherException.Problem.UNKNOWN_KEY);
    }

    @Test
    void anotherKeyUnderTheSameIdIsFound() {
        String ciphertext = AesGcmCipher.ofKeys("old:" + base64(3, 32)).encrypt("token", PLACE);
        assertThat(refusal(cipher, ciphertext, PLACE)).isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "v1",
                "v1.old",
                "v1.old.",
                "v1..AAAA",
                "v2.old.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1.old.AAAA.AAAA",
                "v1.old.AAAA",
                "v1.old.not base64 at all, but long enough for nonce and tag",
                "v1.a secret with blanks.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ROW_Fw8rBwAAAAAkW03FYd09DG-9INtpw361hWthei8S3fX8iPJ5AUv99fLSCYD9-UucaqxTgNRzKZxi5"
            })
    void whatIsNoCiphertextIsToldSo(String text) {
        assertThat(refusal(cipher, text, PLACE)).isEqualTo(CipherException.Problem.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ROW_token", "v1", "v1.x", "v2.old.AAAA", "v1.has blanks.AAAA", "v1..AAAA"})
    void theKeyOfWhatIsNoCiphertextCannotBeTold(String text) {
        assertThat(cipher.keyId(text)).isEqualTo("?");
    }

    @Test
    void aCiphertextOfARowWithoutAppKeyDecryptsWithoutOneOnly() {
        CipherContext adopted = new CipherContext("tiktok_shop_auth", "access_token", "user-1", null);
        String ciphertext = cipher.encrypt("token", adopted);
        assertThat(cipher.decrypt(ciphertext, adopted)).isEqualTo("token");
        assertThat(refusal(cipher, ciphertext, PLACE)).isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
        assertThat(refusal(cipher, ciphertext, new CipherContext("tiktok_shop_auth", "access_token", "user-1", "")))
                .isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
    }

    @Test
    void noRefusalHoldsPlaintextCiphertextOrKey() {
        String ciphertext = cipher.encrypt("SECRET-token", PLACE);
        String body = ciphertext.substring("v1.old.".length());
        String changed = ciphertext.substring(0, ciphertext.length() - 8) + "AAAAAAAA";
        for (CipherException e : List.of(
                catchThrowableOfType(CipherException.class, () -> cipher.decrypt(changed, PLACE)),
                catchThrowableOfType(CipherException.class, () -> cipher.decrypt("SECRET-token", PLACE)),
                catchThrowableOfType(
                        CipherException.class, () -> AesGcmCipher.ofKeys(NEW).decrypt(ciphertext, PLACE)))) {
            assertThat(e.toString())
                    .doesNotContain("SECRET")
                    .doesNotContain(body.substring(0, 8))
                    .doesNotContain(OLD.substring(4))
                    .doesNotContain(NEW.substring(4));
            assertThat(e).hasNoCause();
        }
    }

    @Test
    void toStringHoldsNoKey() {
        assertThat(AesGcmCipher.ofKeys(NEW + "," + OLD)).hasToString("AesGcmCipher[active key new, 2 in the ring]");
    }

    @Test
    void blanksAroundIdsAndKeysDoNotCount() {
        AesGcmCipher spaced = AesGcmCipher.ofKeys(" new : " + base64(2, 32) + " , " + OLD + " ");
        assertThat(spaced.decrypt(cipher.encrypt("token", PLACE), PLACE)).isEqualTo("token");
        assertThat(spaced.keyId(spaced.encrypt("token", PLACE))).isEqualTo("new");
    }

    @Test
    void aGeneratedKeyWorksAndIsNeverTheSame() {
        String key = AesGcmCipher.generateKey("k1");
        assertThat(key).startsWith("k1:").isNotEqualTo(AesGcmCipher.generateKey("k1"));
        AesGcmCipher generated = AesGcmCipher.ofKeys(key);
        assertThat(generated.decrypt(generated.encrypt("token", PLACE), PLACE)).isEqualTo("token");
    }

    static Stream<String> badRings() {
        return Stream.of(
                "",
                ",",
                base64(7, 32),
                ":" + base64(7, 32),
                "k:" + base64(7, 32) + ",",
                "k:" + base64(7, 31),
                "k:" + base64(7, 33),
                "k:" + base64(7, 16),
                "k:",
                "k:" + base64(7, 32).replace('=', '*'),
                "k k:" + base64(7, 32),
                "k.k:" + base64(7, 32),
                "k".repeat(33) + ":" + base64(7, 32),
                base64(7, 32) + ":k",
                "k:" + base64(7, 32) + ",k:" + base64(8, 32));
    }

    @ParameterizedTest
    @MethodSource("badRings")
    void aRingOfAnotherFormIsRefusedWithoutQuotingKeys(String ring) {
        assertThatThrownBy(() -> AesGcmCipher.ofKeys(ring))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .isNotEmpty()
                .doesNotContain(base64(7, 32).substring(0, 8))
                .doesNotContain(base64(8, 32).substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a:b", "a,b", "ä"})
    void noKeyIsGeneratedForAnIdThatNoRingTakes(String id) {
        assertThatThrownBy(() -> AesGcmCipher.generateKey(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyThreadsMayUseOneCipherAndAFailureSpoilsNothing() throws Exception {
        // More than there are places for spare ciphers, so that threads do meet at one.
        int threads = 40;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> counts = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        int right = 0;
                        for (int i = 0; i < 200; i++) {
                            String plaintext = thread + " says " + i;
                            String ciphertext = cipher.encrypt(plaintext, PLACE);
                            CipherContext elsewhere = new CipherContext("t", "c", "user-" + thread, "app-key");
                            assertThat(refusal(cipher, ciphertext, elsewhere))
                                    .isEqualTo(CipherException.Problem.NOT_AUTHENTIC);
                            right += cipher.decrypt(ciphertext, PLACE).equals(plaintext) ? 1 : 0;
                        }
                        return right;
                    }))
                    .toList();
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
