package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The published vectors, and that another signer, written from the same description, says the same. */
class SignaturesTest {

    @Test
    void requestVectorsAreMet() {
        assertVector(
                "e59af819cc",
                "/authorization/202309/shops",
                Map.of("app_key", "29a39d", "timestamp", "1623812664"),
                "",
                "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8");
        assertVector(
                "abc000def111",
                "/authorization/202309/shops",
                Map.of("app_key", "123456", "timestamp", "1234567890"),
                "",
                "c8767e4fd7a1b48a0ce3fd23197f058159ce11b53f1ae1ad6d1ec931a1da5540");
        assertVector(
                "bi-mat-ung-dung-gia",
                "/event/202309/webhooks",
                Map.of(
                        "app_key", "68xu9ks5p4i8",
                        "shop_cipher", "ROW_xkMbgAAAeVAQra0eZWebFQq5aIK",
                        "timestamp", "1696909648"),
                "{\"address\":\"https://partner.tiktokshop.com\",\"event_type\":\"PACKAGE_UPDATE\"}",
                "e3fd8a3c0a1772c757f89a3a3120ed6f891197935001e0a5ad9c99963fb8c88d");
        assertVector(
                "e59af819cc",
                "/product/202309/products",
                Map.of("app_key", "29a39d", "shop_cipher", "ROW_abc", "timestamp", "1623812664"),
                "{\"title\":\"Größe – ✓\"}",
                "164bd0c9ad8f24c13643d2962dd25642719c8c90cb97124be716ccc3acbf7e1d");
    }

    private static void assertVector(
            String secret, String path, Map<String, String> parameters, String body, String expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(Signatures.ofRequest(secret, path, parameters, "application/json", bytes))
                .isEqualTo(expected);
    }

    @Test
    void signAndAccessTokenAreLeftOutAndMultipartBodiesToo() {
        Map<String, String> bare = Map.of("app_key", "k", "timestamp", "1");
        Map<String, String> more = Map.of("app_key", "k", "timestamp", "1", "sign", "x", "access_token", "y");
        byte[] body = {1, 2, 3};
        String unsigned = Signatures.ofRequest("s", "/p", bare, "", new byte[0]);
        assertThat(Signatures.ofRequest("s", "/p", more, "Multipart/Form-Data; boundary=multipart", body))
                .isEqualTo(unsigned);
        assertThat(Signatures.ofRequest("s", "/p", more, "application/json", body))
                .isNotEqualTo(unsigned);
    }

    @Test
    void namesAreSortedByCodePointAndNotByUtf16Unit() {
        Map<String, String> parameters =
                Map.of("\uFF5E", "bmp", "\uD83D\uDE00", "beyond", "B", "1", "a", "2", "_", "3");
        byte[] none = new byte[0];
        assertThat(Signatures.ofRequest("s", "/p", parameters, "", none))
                .isEqualTo(TestSigner.signature("s", "/p", parameters, "", none));
    }

    @Test
    void anotherSignerAgreesOnRandomRequests() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 3_000; i++) {
            Map<String, String> parameters = new HashMap<>();
            for (int count = random.nextInt(8); count >= 0; count--) {
                parameters.put(text(random, 1), text(random, 0));
            }
            String path = "/" + text(random, 0);
            String secret = "s" + text(random, 0);
            String type = random.nextBoolean() ? "application/json" : "multipart/form-data; boundary=" + i;
            byte[] body = new byte[random.nextInt(40)];
            random.nextBytes(body);
            assertThat(Signatures.ofRequest(secret, path, parameters, type, body))
                    .as("%s %s", path, parameters)
                    .isEqualTo(TestSigner.signature(secret, path, parameters, type, body));
        }
    }

    private static String text(Random random, int least) {
        int[] alphabet =
                "aAzZ09_-.~+/=&%?# äß€\uFF5E\uE000\uD83D\uDE00".codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int length = least + random.nextInt(6); length > 0; length--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    @Test
    void webhookVectorsAreMet() {
        String first =
                "{\"type\":1,\"tts_notification_id\":\"7380066284010030890\",\"shop_id\":\"7495540735365777507\","
                        + "\"timestamp\":1718305585,\"data\":{\"is_on_hold_order\":true,\"order_id\":\"576653688135258178\","
                        + "\"order_status\":\"UNPAID\",\"update_time\":1718305585}}";
        String second =
                "{\"type\":6,\"tts_notification_id\":\"7327112393057371910\",\"shop_id\":\"7494049642642441621\","
                        + "\"timestamp\":1644412885,\"data\":{\"message\":\"revoked\"}}";
        assertThat(Signatures.ofWebhook("abcdef", "123", first.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05");
        assertThat(Signatures.ofWebhook("abcdef", "123", second.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("577154ff2fc16056b218996c56c5e90d083f3c3fe529c888dda8327e13ce1c03");
    }
}
