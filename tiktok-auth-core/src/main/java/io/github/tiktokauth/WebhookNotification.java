package io.github.tiktokauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of TikTok's whose signature was right.
 *
 * @param type TikTok's number of the kind: 6 seller deauthorization, 7 authorization about to end; the rest is the host's
 * @param id the notification's id, if it has one
 * @param shopId the shop it is about
 * @param timestamp when TikTok says it happened, whole seconds
 * @param data the member {@code data} as JSON text; {@code null} when there is none
 */
public record WebhookNotification(
        int type,
        @Nullable String id,
        String shopId,
        Instant timestamp,
        @Nullable String data) {

    /** The seller ended the authorization. */
    public static final int SELLER_DEAUTHORIZATION = 6;

    /** The authorization ends within 30 days. */
    public static final int UPCOMING_AUTHORIZATION_EXPIRATION = 7;

    /**
     * Without the data.
     *
     * @return type, shop and time
     */
    @Override
    public String toString() {
        return "WebhookNotification[type " + type + ", shop " + shopId + ", " + timestamp + "]";
    }
}
