package io.github.tiktokauth.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignerTest {

    private static final String JSON = "application/json";
    private static final byte[] NO_BODY = {};

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void signsTheOfficialVector() {
        Map<String, String> signed = new RequestSigner("29a39d", "e59af819cc")
                .sign("/authorization/202309/shops", Map.of(), JSON, NO_BODY, Instant.ofEpochSecond(1623812664));
        assertThat(signed)
                .containsExactly(
                        Map.entry("app_key", "29a39d"),
                        Map.entry("sign", "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8"),
                        Map.entry("timestamp", "1623812664"));
    }

    @Test
    void signsTheInputsOfTheTutorial() {
        Map<String, String> signed = new RequestSigner("123456", "abc000def111")
                .sign("/authorization/202309/shops", Map.of(), null, NO_BODY, Instant.ofEpochSecond(1234567890));
        assertThat(signed).containsEntry("sign", "c8767e4fd7a1b48a0ce3fd23197f058159ce11b53f1ae1ad6d1ec931a1da5540");
    }

    @Test
    void signsABody() {
        Map<String, String> signed = new RequestSigner("68xu9ks5p4i8", "bi-mat-ung-dung-gia")
                .sign(
                        "/event/202309/webhooks",
                        Map.of("shop_cipher", "ROW_xkMbgAAAeVAQra0eZWebFQq5aIK"),
                        JSON,
                        utf8("{\"address\":\"https://partner.tiktokshop.com\",\"event_type\":\"PACKAGE_UPDATE\"}"),
                        Instant.ofEpochSecond(1696909648));
        assertThat(signed).containsEntry("sign", "e3fd8a3c0a1772c757f89a3a3120ed6f891197935001e0a5ad9c99963fb8c88d");
    }

    @Test
    void signsABodyOfManyScripts() {
        Map<String, String> signed = new RequestSigner("29a39d", "e59af819cc")
                .sign(
                        "/product/202309/products",
                        Map.of("shop_cipher", "ROW_abc"),
                        "application/json; charset=utf-8",
                        utf8("{\"title\":\"Größe – ✓\"}"),
                        Instant.ofEpochSecond(1623812664));
        assertThat(signed).containsEntry("sign", "164bd0c9ad8f24c13643d2962dd25642719c8c90cb97124be716ccc3acbf7e1d");
    }

    private final RequestSigner signer = new RequestSigner("key", "secret");
    private final Map<String, String> query = Map.of("app_key", "key", "timestamp", "1", "page_size", "10");

    private String signature(String contentType, String body) {
        return signer.signature("/a", query, contentType, utf8(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "Multipart/Form-Data;boundary=\"a b\"",
                " multipart/form-data ;x=y"
            })
    void leavesTheBodyOfAMultipartFormOut(String contentType) {
        assertThat(signature(contentType, "a body")).isEqualTo(signature(JSON, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain; boundary=multipart/form-data",
                "multipart/form-data2",
                "multipart/mixed",
                "",
                ";"
            })
    void signsTheBodyOfEveryOtherMediaType(String contentType) {
        assertThat(signature(contentType, "a body"))
                .isEqualTo(signature(JSON, "a body"))
                .isNotEqualTo(signature(JSON, ""));
    }

    @Test
    void leavesSignAndAccessTokenOut() {
        Map<String, String> more = new HashMap<>(query);
        more.put("sign", "an old one");
        more.put("access_token", "a token");
        assertThat(signer.signature("/a", more, JSON, NO_BODY)).isEqualTo(signature(JSON, ""));
    }

    @Test
    void replacesSignTimestampAndAppKeyOfTheCaller() {
        Map<String, String> stale = Map.of("sign", "old", "timestamp", "1", "app_key", "other", "page_size", "10");
        Map<String, String> clean = Map.of("page_size", "10");
        Instant now = Instant.parse("2026-11-23T10:15:30.999Z");
        assertThat(signer.sign("/a", stale, JSON, NO_BODY, now))
                .isEqualTo(signer.sign("/a", clean, JSON, NO_BODY, now))
                .containsEntry("timestamp", "1795428930")
                .containsEntry("app_key", "key");
    }

    @Test
    void sortsByCodePointsAndNotByTheUnitsOfUtf16() {
        // U+FF5A comes before U+1F600, but its only unit comes behind the first unit of that.
        Map<String, String> given = Map.of("\uFF5A", "1", "\uD83D\uDE00", "2", "Z", "3", "a", "4", "_", "5");
        assertThat(signer.sign("/a", given, JSON, NO_BODY, Instant.EPOCH).keySet())
                .containsExactly("Z", "_", "a", "app_key", "sign", "timestamp", "\uFF5A", "\uD83D\uDE00");
        assertThat(signer.signature("/a", given, JSON, NO_BODY))
                .isEqualTo(IndependentHmac.hex("secret", "secret/aZ3_5a4\uFF5A1\uD83D\uDE002secret"));
    }

    @Test
    void theCallersMapStaysAsItIs() {
        Map<String, String> given = new HashMap<>(Map.of("b", "1", "sign", "x"));
        signer.sign("/a", given, JSON, NO_BODY, Instant.EPOCH);
        assertThat(given).containsOnly(Map.entry("b", "1"), Map.entry("sign", "x"));
    }

    @Test
    void toStringHoldsNoSecret() {
        assertThat(new RequestSigner("SECRET-key", "SECRET-secret").toString()).doesNotContain("SECRET");
    }
}
