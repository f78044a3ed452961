package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Creates and signs the webhooks that TikTok sends. Safe for use by many threads. */
public final class SimulatedWebhooks {

    static final int SELLER_DEAUTHORIZATION = 6;
    static final int UPCOMING_AUTHORIZATION_EXPIRATION = 7;

    private final SimulatorSettings settings;
    private final AtomicLong nextId = new AtomicLong(7_380_066_284_010_030_890L);

    SimulatedWebhooks(SimulatorSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the webhook of type 6, as sent after a seller removed the app.
     *
     * @param shopId one of the seller's shops
     * @param at when it happened
     * @return a signed webhook with a notification id of its own
     */
    public SimulatedWebhook deauthorization(String shopId, Instant at) {
        return of(
                SELLER_DEAUTHORIZATION,
                shopId,
                at,
                Json.object().put("message", "The seller has revoked the authorization."));
    }

    /**
     * Returns the webhook of type 7, as sent daily from 30 days before an authorization ends.
     *
     * @param shopId one of the seller's shops
     * @param end when the authorization ends
     * @return a signed webhook with a notification id of its own, sent now
     */
    public SimulatedWebhook authorizationEnding(String shopId, Instant end) {
        ObjectNode data = Json.object();
        data.put("message", "The authorization is about to end.");
        data.put("expiration_time", Long.toString(end.getEpochSecond()));
        return of(UPCOMING_AUTHORIZATION_EXPIRATION, shopId, settings.clock().now(), data);
    }

    private SimulatedWebhook of(int type, String shopId, Instant at, JsonNode data) {
        ObjectNode envelope = Json.object();
        envelope.put("type", type);
        envelope.put("tts_notification_id", Long.toString(nextId.getAndIncrement()));
        envelope.put("shop_id", shopId);
        envelope.put("timestamp", at.getEpochSecond());
        envelope.set("data", data);
        return sign(Json.write(envelope));
    }

    /**
     * Returns any webhook.
     *
     * @param body the body, word for word; malformed ones are allowed
     * @return the body with its signature
     */
    public SimulatedWebhook sign(String body) {
        return new SimulatedWebhook(
                body,
                Signatures.ofWebhook(settings.appKey(), settings.appSecret(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
