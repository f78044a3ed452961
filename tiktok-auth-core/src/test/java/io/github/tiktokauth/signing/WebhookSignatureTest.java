package io.github.tiktokauth.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final byte[] ORDER = ("{\"type\":1,\"tts_notification_id\":\"7380066284010030890\","
                    + "\"shop_id\":\"7495540735365777507\",\"timestamp\":1718305585,\"data\":{\"is_on_hold_order\":true,"
                    + "\"order_id\":\"576653688135258178\",\"order_status\":\"UNPAID\",\"update_time\":1718305585}}")
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] DEAUTHORIZATION = ("{\"type\":6,\"tts_notification_id\":\"7327112393057371910\","
                    + "\"shop_id\":\"7494049642642441621\",\"timestamp\":1644412885,\"data\":{\"message\":\"revoked\"}}")
            .getBytes(StandardCharsets.UTF_8);
    private static final String OF_ORDER = "5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05";
    private static final String OF_DEAUTHORIZATION = "577154ff2fc16056b218996c56c5e90d083f3c3fe529c888dda8327e13ce1c03";

    private final WebhookSignature signature = new WebhookSignature("abcdef", "123");

    @Test
    void signsTheKnownVectors() {
        assertThat(ORDER).hasSize(223);
        assertThat(signature.sign(ORDER)).isEqualTo(OF_ORDER);
        assertThat(signature.sign(DEAUTHORIZATION)).isEqualTo(OF_DEAUTHORIZATION);
    }

    @Test
    void takesTheRightSignatureOnly() {
        assertThat(signature.isAuthentic(ORDER, OF_ORDER)).isTrue();
        assertThat(signature.isAuthentic(ORDER, " " + OF_ORDER + " ")).isTrue();
        assertThat(signature.isAuthentic(ORDER, OF_DEAUTHORIZATION)).isFalse();
        assertThat(signature.isAuthentic(ORDER, "Bearer " + OF_ORDER)).isFalse();
        assertThat(signature.isAuthentic(ORDER, OF_ORDER.substring(1))).isFalse();
        assertThat(signature.isAuthentic(ORDER, "")).isFalse();
        assertThat(signature.isAuthentic(ORDER, "é".repeat(64))).isFalse();
        assertThat(signature.isAuthentic(ORDER, null)).isFalse();
    }

    @Test
    void findsEveryChangedByteOfTheBody() {
        for (int i = 0; i < ORDER.length; i++) {
            byte[] changed = ORDER.clone();
            changed[i] ^= 1;
            assertThat(signature.isAuthentic(changed, OF_ORDER))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void findsAnotherAppKeyOrSecret() {
        assertThat(new WebhookSignature("abcdeg", "123").isAuthentic(ORDER, OF_ORDER))
                .isFalse();
        assertThat(new WebhookSignature("abcdef", "124").isAuthentic(ORDER, OF_ORDER))
                .isFalse();
    }

    @Test
    void toStringHoldsNoSecret() {
        assertThat(new WebhookSignature("SECRET-key", "SECRET-secret").toString())
                .doesNotContain("SECRET");
    }
}
