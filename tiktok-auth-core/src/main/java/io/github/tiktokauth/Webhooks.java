package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tiktokauth.BackgroundTasks.Task;
import io.github.tiktokauth.WebhookReceipt.Outcome;
import io.github.tiktokauth.signing.WebhookSignature;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives TikTok's webhooks. A deauthorization is a reason to check, not a proof: it names one shop while the token may cover
 * several, and may arrive after the seller authorized again. The check runs in the background: TikTok wants the answer within
 * three seconds.
 */
final class Webhooks {

    private static final int MAX_BYTES = 1024 * 1024;

    /** TikTok gives up its retries after less than a day. */
    private static final Duration REMEMBERED = Duration.ofDays(3);

    /** How far TikTok's clock and the store's may be apart before an older deauthorization is taken for one of before. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private static final long LATEST_INSTANT = 253_402_300_799L;
    private static final int PURGE_BATCH = 100;

    /** Loaded with the first webhook: every process starts the library, few receive webhooks. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private final WebhookSignature signature;
    private final TokenStore store;
    private final StateStore states;
    private final BackgroundTasks background;
    private final ConnectionCheck check;
    private final Events events;

    Webhooks(
            WebhookSignature signature,
            TokenStore store,
            StateStore states,
            BackgroundTasks background,
            ConnectionCheck check,
            Events events) {
        this.signature = signature;
        this.store = store;
        this.states = states;
        this.background = background;
        this.check = check;
        this.events = events;
    }

    WebhookReceipt receive(byte[] body, @Nullable String authorization) {
        if (body.length > MAX_BYTES) {
            return rejected(Outcome.TOO_LARGE);
        }
        if (!signature.isAuthentic(body, authorization)) {
            return rejected(Outcome.NOT_AUTHENTIC);
        }
        Optional<WebhookNotification> parsed = parse(body);
        if (parsed.isEmpty()) {
            return rejected(Outcome.MALFORMED);
        }
        WebhookNotification notification = parsed.get();
        String key = Text.sha256("webhook:"
                + (notification.id() != null ? notification.id() : new String(body, StandardCharsets.UTF_8)));
        if (!states.rememberOnce(key, REMEMBERED)) {
            return new WebhookReceipt(Outcome.DUPLICATE, notification);
        }
        try {
            act(notification);
        } catch (RuntimeException | Error e) {
            // TikTok delivers again when we answer with an error, and that must not look like a duplicate then.
            states.forget(key);
            throw e;
        }
        states.purge(PURGE_BATCH);
        return new WebhookReceipt(Outcome.ACCEPTED, notification);
    }

    private WebhookReceipt rejected(Outcome outcome) {
        events.notify(new RejectedRequest.Webhook(outcome));
        return new WebhookReceipt(outcome, null);
    }

    private void act(WebhookNotification notification) {
        String shopId = notification.shopId();
        if (shopId == null) {
            return;
        }
        if (notification.type() == WebhookNotification.SELLER_DEAUTHORIZATION) {
            Lookup.ofShop(store, shopId).ifPresent(row -> deauthorized(row, notification));
        } else if (notification.type() == WebhookNotification.UPCOMING_AUTHORIZATION_EXPIRATION) {
            Optional<Instant> end = expirationTime(notification);
            Lookup.ofShop(store, shopId)
                    .ifPresent(row -> end.ifPresent(
                            at -> events.notify(new AuthorizationEvent.AuthorizationEnding(row.userId(), shopId, at))));
        }
    }

    private void deauthorized(StoredAuthorization row, WebhookNotification notification) {
        if (notification.timestamp().plus(CLOCK_TOLERANCE).isBefore(row.tokensObtainedAt())) {
            LOG.info("user {}: a deauthorization older than the present tokens changes nothing", row.userId());
            return;
        }
        if (!background.start(Task.deauthorizationCheck(row.userId()), () -> check.run(row.userId(), row.id()))) {
            throw new TikTokUnavailableException("too busy to check a deauthorization", Duration.ofSeconds(60), null);
        }
    }

    private static Optional<WebhookNotification> parse(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            JsonNode shop = json.path("shop_id");
            JsonNode timestamp = json.path("timestamp");
            boolean whole = json.isObject()
                    && json.path("type").isInt()
                    && (isAbsent(shop) || isShopId(shop))
                    && timestamp.canConvertToLong()
                    && timestamp.isIntegralNumber()
                    && timestamp.asLong() >= 0
                    && timestamp.asLong() <= LATEST_INSTANT;
            if (!whole) {
                return Optional.empty();
            }
            JsonNode id = json.path("tts_notification_id");
            JsonNode data = json.path("data");
            return Optional.of(new WebhookNotification(
                    json.path("type").asInt(),
                    id.isTextual() && !id.asText().isBlank() ? id.asText() : null,
                    isAbsent(shop) ? null : shop.asText(),
                    Instant.ofEpochSecond(timestamp.asLong()),
                    isAbsent(data) ? null : data.toString()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isShopId(JsonNode node) {
        return (node.isTextual() || node.isIntegralNumber())
                && node.asText().length() <= 128
                && Text.isStorable(node.asText())
                && !node.asText().isBlank();
    }

    /** Seconds, as a string. */
    private static Optional<Instant> expirationTime(WebhookNotification notification) {
        if (notification.data() == null) {
            return Optional.empty();
        }
        try {
            String text = Json.MAPPER
                    .readTree(notification.data())
                    .path("expiration_time")
                    .asText("");
            return text.matches("\\d{10,12}") && Long.parseLong(text) <= LATEST_INSTANT
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
