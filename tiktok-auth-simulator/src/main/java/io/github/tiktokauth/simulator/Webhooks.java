package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Builds and signs what TikTok sends by itself. */
final class Webhooks {

    static final int SELLER_DEAUTHORIZATION = 6;
    static final int UPCOMING_AUTHORIZATION_EXPIRATION = 7;

    private final SimulatorSettings settings;
    private final AtomicLong nextId = new AtomicLong(7_380_066_284_010_030_890L);

    Webhooks(SimulatorSettings settings) {
        this.settings = settings;
    }

    SimulatedWebhook deauthorization(String shopId, Instant at) {
        return of(
                SELLER_DEAUTHORIZATION,
                shopId,
                at,
                Json.object().put("message", "The seller has revoked the authorization."));
    }

    SimulatedWebhook authorizationEnding(String shopId, Instant end, Instant at) {
        ObjectNode data = Json.object();
        data.put("message", "The authorization is about to end.");
        data.put("expiration_time", Long.toString(end.getEpochSecond()));
        return of(UPCOMING_AUTHORIZATION_EXPIRATION, shopId, at, data);
    }

    SimulatedWebhook of(int type, String shopId, Instant at, JsonNode data) {
        ObjectNode envelope = Json.object();
        envelope.put("type", type);
        envelope.put("tts_notification_id", Long.toString(nextId.getAndIncrement()));
        envelope.put("shop_id", shopId);
        envelope.put("timestamp", at.getEpochSecond());
        envelope.set("data", data);
        return sign(Json.write(envelope));
    }

    SimulatedWebhook sign(String body) {
        return new SimulatedWebhook(
                body,
                Signatures.ofWebhook(settings.appKey(), settings.appSecret(), body.getBytes(StandardCharsets.UTF_8)));
    }
}
