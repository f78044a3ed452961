package io.github.tiktokauth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of TikTok's whose signature is valid.
 *
 * @param type TikTok's number of the topic: 6 seller deauthorization, 7 authorization about to end; all others are for the host
 * @param id the notification's id, if it has one
 * @param shopId the shop it concerns; {@code null} for topics that concern a seller or a creator instead
 * @param timestamp when TikTok says it happened, whole seconds
 * @param data the member {@code data} as JSON text; {@code null} when there is none
 */
public record WebhookNotification(
        int type,
        @Nullable String id,
        @Nullable String shopId,
        Instant timestamp,
        @Nullable String data) {

    /** The seller ended the authorization. */
    public static final int SELLER_DEAUTHORIZATION = 6;

    /** The authorization ends within 30 days. */
    public static final int UPCOMING_AUTHORIZATION_EXPIRATION = 7;

    /**
     * Returns type, shop and time, without the data.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "WebhookNotification[type " + type + ", shop " + shopId + ", " + timestamp + "]";
    }
}
