package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.WebhookReceipt.Outcome;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedShop;
import io.github.tiktokauth.simulator.SimulatedWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks end or spare a connection after asking TikTok, once among all nodes. */
class WebhookFlowTest {

    private final SimulatedCluster cluster = new SimulatedCluster();
    private TikTokAuth node;
    private String shopId;

    @BeforeEach
    void connect() {
        node = cluster.node();
        shopId = cluster.connect(node, "alice", SimulatedSeller.ONE_SHOP).shopId();
        cluster.tikTok.resetCounters();
        cluster.events.clear();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static WebhookReceipt send(TikTokAuth to, SimulatedWebhook webhook) {
        return to.receiveWebhook(webhook.body().getBytes(StandardCharsets.UTF_8), webhook.authorization());
    }

    private Optional<Reason> mark() {
        return Optional.ofNullable(node.status("alice").reauthorizationReason());
    }

    @Test
    void aDeauthorizationThatTiktokConfirmsMarksTheConnectionAndTellsOnce() {
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.revoke(SimulatedSeller.ONE_SHOP);
        SimulatedWebhook webhook = cluster.tikTok.webhooks().deauthorization(shopId, cluster.now());

        assertThat(send(node, webhook).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(mark()).contains(Reason.REVOKED);
        assertThat(node.status("alice").connected()).isTrue();

        assertThat(send(cluster.node(), webhook).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(cluster.told(AuthorizationEvent.ReauthorizationRequired.class))
                .containsExactly(new AuthorizationEvent.ReauthorizationRequired("alice", Reason.REVOKED));
    }

    @Test
    void aDeauthorizationIsNoProofWhileTiktokStillAcceptsTheToken() {
        cluster.time.advance(Duration.ofHours(1));
        send(node, cluster.tikTok.webhooks().deauthorization(shopId, cluster.now()));
        assertThat(cluster.tikTok.counters().shopLists()).isEqualTo(1);
        assertThat(mark()).isEmpty();
        assertThat(node.getValidAccessToken("alice")).isNotNull();
    }

    @Test
    void aDeauthorizationOfOneShopEndsItAlthoughTheTokenCoversOthers() {
        SimulatedSeller seller = cluster.tikTok.seller(SimulatedSeller.SEVERAL_SHOPS);
        String first =
                cluster.connect(node, "bob", SimulatedSeller.SEVERAL_SHOPS).shopId();
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.add(seller.withShops(
                seller.shops().stream().filter(shop -> !shop.id().equals(first)).toArray(SimulatedShop[]::new)));
        send(node, cluster.tikTok.webhooks().deauthorization(first, cluster.now()));
        assertThat(node.status("bob").reauthorizationReason()).isEqualTo(Reason.REVOKED);
    }

    @Test
    void anAnswerWithoutShopsProvesNothing() {
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.faults().always(SimulatedEndpoint.SHOPS, Fault.data("null"));
        send(node, cluster.tikTok.webhooks().deauthorization(shopId, cluster.now()));
        assertThat(mark()).isEmpty();
    }

    @Test
    void aNodeTooBusyToCheckLetsTiktokDeliverAgain() {
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.revoke(SimulatedSeller.ONE_SHOP);
        SimulatedWebhook webhook = cluster.tikTok.webhooks().deauthorization(shopId, cluster.now());
        cluster.executor = work -> {
            throw new RejectedExecutionException("full");
        };
        TikTokAuth busy = cluster.node();
        assertThatThrownBy(() -> send(busy, webhook)).isInstanceOf(TikTokUnavailableException.class);
        assertThat(send(node, webhook).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(mark()).contains(Reason.REVOKED);
    }

    @Test
    void aRefreshOfAUserOfAnyNameDoesNotSwallowAnothersCheck() {
        cluster.connect(node, "webhook alice", SimulatedSeller.SEVERAL_SHOPS);
        cluster.time.advance(Duration.ofDays(6).plusHours(12));
        cluster.tikTok.revoke(SimulatedSeller.ONE_SHOP);
        Deque<Runnable> later = new ArrayDeque<>();
        cluster.executor = later::add;
        TikTokAuth slow = cluster.node();
        slow.getValidAccessToken("webhook alice");
        slow.getValidAccessToken("alice");
        assertThat(later).as("two refreshes of tokens soon to expire").hasSize(2);
        send(slow, cluster.tikTok.webhooks().deauthorization(shopId, cluster.now()));
        assertThat(later).as("and a check").hasSize(3);
        later.removeLast().run();
        assertThat(mark()).contains(Reason.REVOKED);
    }

    @Test
    void aCheckThatFailsIsLoggedAsACheckOfItsUser() {
        cluster.time.advance(Duration.ofHours(1));
        ProbedStore down = new ProbedStore(cluster.store);
        down.fail("find");
        cluster.store = down.store;
        TestLog log = new TestLog();
        send(cluster.node(), cluster.tikTok.webhooks().deauthorization(shopId, cluster.now()));
        assertThat(log.warnings())
                .anyMatch(line -> line.contains("user alice: check of a deauthorization failed: StoreException"))
                .noneMatch(line -> line.contains("webhook alice") || line.contains("refresh"));
    }

    @Test
    void aDeauthorizationOlderThanThePresentConsentChangesNothing() {
        Instant before = cluster.now();
        cluster.time.advance(Duration.ofHours(1));
        cluster.connect(node, "alice", SimulatedSeller.ONE_SHOP);
        cluster.tikTok.resetCounters();
        assertThat(send(node, cluster.tikTok.webhooks().deauthorization(shopId, before))
                        .outcome())
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.tikTok.counters().shopLists()).isZero();
        assertThat(mark()).isEmpty();
    }

    @Test
    void aDeauthorizationAfterADisconnectIsNormal() {
        node.disconnect("alice");
        assertThat(send(node, cluster.tikTok.webhooks().deauthorization(shopId, cluster.now()))
                        .outcome())
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(node.status("alice").connected()).isFalse();
    }

    @Test
    void aNoticeOfTheEndBecomesOneEventWithTheDate() {
        Instant end = cluster.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        SimulatedWebhook webhook = cluster.tikTok.webhooks().authorizationEnding(shopId, end);
        send(node, webhook);
        send(cluster.node(), webhook);
        assertThat(cluster.told(AuthorizationEvent.AuthorizationEnding.class))
                .containsExactly(new AuthorizationEvent.AuthorizationEnding("alice", shopId, end));
    }

    @Test
    void otherKindsAreHandedToTheHostAsTheyAre() {
        WebhookReceipt receipt = send(
                node,
                cluster.tikTok
                        .webhooks()
                        .sign("{\"type\":1,\"tts_notification_id\":\"n1\",\"shop_id\":\"7\","
                                + "\"timestamp\":1718305585,\"data\":{\"order_id\":\"576653688135258178\"}}"));
        assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(receipt.notification().data()).isEqualTo("{\"order_id\":\"576653688135258178\"}");
        assertThat(receipt.notification().timestamp()).isEqualTo(Instant.ofEpochSecond(1718305585));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"shop_id\":null,", "\"seller_open_id\":\"abc\",", "\"creator_open_id\":\"abc\","})
    void aWebhookWithoutAShopIsTheHosts(String instead) {
        for (int type : new int[] {6, 7, 33}) {
            WebhookReceipt receipt = send(
                    node,
                    cluster.tikTok.webhooks().sign("{\"type\":" + type + "," + instead + "\"timestamp\":1718305585}"));
            assertThat(receipt.outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(receipt.notification().shopId()).isNull();
        }
        assertThat(mark()).isEmpty();
        assertThat(cluster.tikTok.counters().shopLists()).isZero();
    }

    @Test
    void withoutTheRightSignatureNothingIsDone() {
        cluster.tikTok.revoke(SimulatedSeller.ONE_SHOP);
        SimulatedWebhook webhook = cluster.tikTok.webhooks().deauthorization(shopId, cluster.now());
        byte[] body = webhook.body().getBytes(StandardCharsets.UTF_8);
        byte[] other = (webhook.body() + " ").getBytes(StandardCharsets.UTF_8);
        assertThat(node.receiveWebhook(body, null).outcome()).isEqualTo(Outcome.NOT_AUTHENTIC);
        assertThat(node.receiveWebhook(body, "").outcome()).isEqualTo(Outcome.NOT_AUTHENTIC);
        assertThat(node.receiveWebhook(body, "é".repeat(64)).outcome()).isEqualTo(Outcome.NOT_AUTHENTIC);
        assertThat(node.receiveWebhook(other, webhook.authorization()).outcome())
                .isEqualTo(Outcome.NOT_AUTHENTIC);
        assertThat(mark()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "<html>",
                "{\"type\":6,\"type\":7,\"shop_id\":\"1\",\"timestamp\":1}",
                "{\"type\":6,\"shop_id\":\"1\",\"timestamp\":1} {}",
                "{\"type\":\"6\",\"shop_id\":\"1\",\"timestamp\":1}",
                "{\"type\":6,\"shop_id\":\"\",\"timestamp\":1}",
                "{\"type\":6,\"shop_id\":\"a\\u0000\",\"timestamp\":1}",
                "{\"type\":6,\"shop_id\":\"1\",\"timestamp\":-1}",
                "{\"type\":6,\"shop_id\":\"1\",\"timestamp\":99999999999999999999}",
                "{\"shop_id\":\"1\",\"timestamp\":1}"
            })
    void aSignedBodyThatIsNoWebhookIsToldAsThat(String body) {
        assertThat(send(node, cluster.tikTok.webhooks().sign(body)).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void tenMegabytesAreNotEvenVerified() {
        assertThat(node.receiveWebhook(new byte[10 * 1024 * 1024], "x").outcome())
                .isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void whatCouldNotBeActedOnIsNoDuplicateWhenItIsDeliveredAgain() {
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.revoke(SimulatedSeller.ONE_SHOP);
        SimulatedWebhook webhook = cluster.tikTok.webhooks().deauthorization(shopId, cluster.now());
        ProbedStore down = new ProbedStore(cluster.store);
        down.fail("findByShop");
        cluster.store = down.store;
        TikTokAuth failing = cluster.node();
        assertThatThrownBy(() -> send(failing, webhook)).isInstanceOf(StorageException.class);

        assertThat(send(node, webhook).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(mark()).contains(Reason.REVOKED);
    }
}
