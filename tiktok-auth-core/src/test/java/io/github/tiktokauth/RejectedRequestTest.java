package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.WebhookReceipt.Outcome;
import io.github.tiktokauth.signing.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners learn of each rejected callback and webhook, without whom it names. */
class RejectedRequestTest {

    private final List<RejectedRequest> rejected = new ArrayList<>();
    private final List<AuthorizationEvent> events = new ArrayList<>();

    private final TestHost host = new TestHost(builder -> builder.listener(new AuthorizationListener() {
        @Override
        public void onEvent(AuthorizationEvent event) {
            events.add(event);
        }

        @Override
        public void onRejectedRequest(RejectedRequest request) {
            rejected.add(request);
            throw new AssertionError("a listener that fails has no effect");
        }
    }));

    @AfterEach
    void close() {
        host.close();
    }

    private void rejects(Rejection rejection, Runnable call) {
        rejected.clear();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CallbackRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection));
        assertThat(rejected).containsExactly(new RejectedRequest.Callback(rejection));
    }

    @Test
    void ofEachRejectedCallbackOnce() {
        String state = host.auth.initiate(TestHost.USER).state();
        rejects(Rejection.STATE_UNKNOWN, () -> host.auth.callback(TestHost.USER, "code", "forged"));
        rejects(Rejection.STATE_MISSING, () -> host.auth.callback(TestHost.USER, "code", null));
        rejects(Rejection.STATE_OF_ANOTHER_USER, () -> host.auth.callback("another", "code", state));
        rejects(
                Rejection.DENIED,
                () -> host.auth.callback(
                        CallbackRequest.of(TestHost.USER, null, state).withError("auth_denied")));
        assertThat(events).isEmpty();
    }

    @Test
    void ofRejectedClaimsAndCodesThatCannotBeParked() {
        rejects(Rejection.CODE_MISSING, () -> host.auth.parkCallback(null, null));
        rejects(Rejection.STATE_UNKNOWN, () -> host.auth.claimParked(ClaimRequest.of(TestHost.USER, "forged")));
    }

    @Test
    void notOfConflictsAndSuccesses() {
        host.connect();
        assertThatThrownBy(() -> host.connect("another")).isInstanceOf(ShopConflictException.class);
        assertThat(rejected).isEmpty();
    }

    private Outcome send(byte[] body, String authorization) {
        return host.auth.receiveWebhook(body, authorization).outcome();
    }

    @Test
    void ofEachWebhookThatIsNotAccepted() {
        WebhookSignature signature = new WebhookSignature(TestHost.APP_KEY, "app-secret");
        byte[] good = "{\"type\":1,\"shop_id\":\"7\",\"timestamp\":1718305585}".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(send(good, signature.sign(good))).isEqualTo(Outcome.ACCEPTED);
        assertThat(send(good, signature.sign(good))).isEqualTo(Outcome.DUPLICATE);
        assertThat(rejected).isEmpty();
        assertThat(send(good, signature.sign(bad))).isEqualTo(Outcome.NOT_AUTHENTIC);
        assertThat(send(bad, signature.sign(bad))).isEqualTo(Outcome.MALFORMED);
        assertThat(send(new byte[2 * 1024 * 1024], "")).isEqualTo(Outcome.TOO_LARGE);
        assertThat(rejected)
                .containsExactly(
                        new RejectedRequest.Webhook(Outcome.NOT_AUTHENTIC),
                        new RejectedRequest.Webhook(Outcome.MALFORMED),
                        new RejectedRequest.Webhook(Outcome.TOO_LARGE));
    }
}
