package io.github.tiktokauth.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationEvent;
import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.RejectedRequest;
import io.github.tiktokauth.ShopConflictException;
import io.github.tiktokauth.ShopInfo;
import io.github.tiktokauth.WebhookReceipt;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every event is counted, under names and tags that name nobody. */
class TikTokAuthMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ShopInfo SHOP = new ShopInfo("7001", "Shop", "GB", "cipher", null, NOW, NOW);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TikTokAuthMetrics metrics = new TikTokAuthMetrics(registry);

    private void tellAll() {
        metrics.onEvent(new AuthorizationEvent.ShopConnected("alice", SHOP));
        metrics.onEvent(new AuthorizationEvent.ShopRenewed("alice", SHOP));
        metrics.onEvent(
                new AuthorizationEvent.ShopConflict("alice", ShopConflictException.Conflict.SHOP_HELD_BY_ANOTHER_USER));
        metrics.onEvent(new AuthorizationEvent.ShopDisconnected("alice"));
        metrics.onEvent(new AuthorizationEvent.TokenRefreshed("alice", NOW, NOW, Duration.ofMillis(80)));
        metrics.onEvent(new AuthorizationEvent.RefreshFailed(
                "alice", Duration.ofSeconds(30), "NOT_SENT", null, Duration.ofMillis(20)));
        metrics.onEvent(new AuthorizationEvent.ReauthorizationRequired("alice", Reason.OUTCOME_UNKNOWN));
        metrics.onEvent(new AuthorizationEvent.TokensUnsaved("alice"));
        metrics.onEvent(new AuthorizationEvent.AuthorizationEnding("alice", "7001", NOW));
        metrics.onRejectedRequest(new RejectedRequest.Callback(CallbackRejectedException.Rejection.STATE_UNKNOWN));
        metrics.onRejectedRequest(new RejectedRequest.Webhook(WebhookReceipt.Outcome.NOT_AUTHENTIC));
    }

    @Test
    void everyEventHasItsMeter() {
        tellAll();
        TreeSet<String> meters = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            meters.add(meter.getId().getName() + meter.getId().getTags());
        }
        assertThat(meters)
                .containsExactly(
                        "tiktok.auth.connections[tag(event=conflict)]",
                        "tiktok.auth.connections[tag(event=connected)]",
                        "tiktok.auth.connections[tag(event=disconnected)]",
                        "tiktok.auth.connections[tag(event=renewed)]",
                        "tiktok.auth.endings[]",
                        "tiktok.auth.reauthorizations[tag(reason=outcome_unknown)]",
                        "tiktok.auth.refresh[tag(outcome=failure)]",
                        "tiktok.auth.refresh[tag(outcome=success)]",
                        "tiktok.auth.rejections[tag(reason=not_authentic), tag(request=webhook)]",
                        "tiktok.auth.rejections[tag(reason=state_unknown), tag(request=callback)]",
                        "tiktok.auth.unsaved[]");
    }

    @Test
    void refreshesAreTimedAndTheRestCounted() {
        tellAll();
        tellAll();
        assertThat(registry.timer("tiktok.auth.refresh", "outcome", "success").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(160);
        assertThat(registry.counter("tiktok.auth.unsaved").count()).isEqualTo(2);
    }
}
