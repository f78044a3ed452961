package io.github.tiktokauth.micrometer;

import io.github.tiktokauth.AuthorizationEvent;
import io.github.tiktokauth.AuthorizationListener;
import io.github.tiktokauth.RejectedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * Counts and times what happens to authorizations on this node; pass it to {@code TikTokAuthBuilder.listener}. No meter is tagged
 * with a user, a shop or a request id.
 *
 * <table class="striped">
 *   <caption>Meters</caption>
 *   <thead><tr><th>name</th><th>kind</th><th>tags</th></tr></thead>
 *   <tbody>
 *     <tr><td>{@code tiktok.auth.refresh}</td><td>timer of requests to TikTok</td><td>{@code outcome}: success, failure</td></tr>
 *     <tr><td>{@code tiktok.auth.connections}</td><td>counter</td><td>{@code event}: connected, renewed, disconnected,
 *       conflict</td></tr>
 *     <tr><td>{@code tiktok.auth.reauthorizations}</td><td>counter</td><td>{@code reason}: revoked, expired,
 *       outcome_unknown</td></tr>
 *     <tr><td>{@code tiktok.auth.unsaved}</td><td>counter of tokens that could not be stored</td><td></td></tr>
 *     <tr><td>{@code tiktok.auth.endings}</td><td>counter of TikTok's notices that an authorization will end</td><td></td></tr>
 *     <tr><td>{@code tiktok.auth.rejections}</td><td>counter of rejected callbacks and webhooks</td><td>{@code request}: callback,
 *       webhook; {@code reason}: of {@link io.github.tiktokauth.CallbackRejectedException.Rejection} or {@link
 *       io.github.tiktokauth.WebhookReceipt.Outcome}, in lower case</td></tr>
 *   </tbody>
 * </table>
 */
public final class TikTokAuthMetrics implements AuthorizationListener {

    private static final String PREFIX = "tiktok.auth.";

    private final MeterRegistry registry;

    /**
     * Creates a listener that writes to a registry.
     *
     * @param registry the host's registry
     */
    public TikTokAuthMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onEvent(AuthorizationEvent event) {
        if (event instanceof AuthorizationEvent.TokenRefreshed refreshed) {
            timer("success").record(refreshed.took());
        } else if (event instanceof AuthorizationEvent.RefreshFailed failed) {
            timer("failure").record(failed.took());
        } else if (event instanceof AuthorizationEvent.ShopConnected) {
            connections("connected").increment();
        } else if (event instanceof AuthorizationEvent.ShopRenewed) {
            connections("renewed").increment();
        } else if (event instanceof AuthorizationEvent.ShopDisconnected) {
            connections("disconnected").increment();
        } else if (event instanceof AuthorizationEvent.ShopConflict) {
            connections("conflict").increment();
        } else if (event instanceof AuthorizationEvent.ReauthorizationRequired required) {
            registry.counter(PREFIX + "reauthorizations", "reason", lowerCase(required.reason()))
                    .increment();
        } else if (event instanceof AuthorizationEvent.TokensUnsaved) {
            registry.counter(PREFIX + "unsaved").increment();
        } else if (event instanceof AuthorizationEvent.AuthorizationEnding) {
            registry.counter(PREFIX + "endings").increment();
        }
    }

    @Override
    public void onRejectedRequest(RejectedRequest request) {
        if (request instanceof RejectedRequest.Callback callback) {
            rejections("callback", callback.rejection());
        } else if (request instanceof RejectedRequest.Webhook webhook) {
            rejections("webhook", webhook.outcome());
        }
    }

    private void rejections(String request, Enum<?> reason) {
        registry.counter(PREFIX + "rejections", "request", request, "reason", lowerCase(reason))
                .increment();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Timer timer(String outcome) {
        return registry.timer(PREFIX + "refresh", "outcome", outcome);
    }

    private Counter connections(String event) {
        return registry.counter(PREFIX + "connections", "event", event);
    }
}
