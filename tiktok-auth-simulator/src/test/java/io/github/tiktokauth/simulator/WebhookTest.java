package io.github.tiktokauth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private final TikTokSimulator simulator = TikTokSimulator.builder()
            .app("abcdef", "123", "7345678901234567890")
            .clock(() -> Instant.ofEpochSecond(1_795_000_000))
            .start();

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aDeauthorizationNamesTheShopAndTheTime() {
        Instant at = Instant.ofEpochSecond(1_644_412_885);
        JsonNode body = Json.read(
                simulator.webhooks().deauthorization("7494049642642441621", at).body());
        assertThat(body.get("type").asInt()).isEqualTo(6);
        assertThat(body.get("shop_id").asText()).isEqualTo("7494049642642441621");
        assertThat(body.get("timestamp").asLong()).isEqualTo(at.getEpochSecond());
        assertThat(body.get("data").get("message").asText()).isNotEmpty();
    }

    @Test
    void anAnnouncementCarriesItsSecondsAsAString() {
        Instant end = Instant.ofEpochSecond(4_912_765_591L);
        JsonNode body = Json.read(simulator
                .webhooks()
                .authorizationEnding("7494049642642441621", end)
                .body());
        assertThat(body.get("type").asInt()).isEqualTo(7);
        assertThat(body.get("timestamp").asLong()).isEqualTo(1_795_000_000L);
        assertThat(body.get("data").get("expiration_time").isTextual()).isTrue();
        assertThat(body.get("data").get("expiration_time").asLong()).isEqualTo(end.getEpochSecond());
    }

    @Test
    void eachHasANotificationIdOfItsOwn() {
        SimulatedWebhook one = simulator.webhooks().deauthorization("1", Instant.EPOCH);
        SimulatedWebhook other = simulator.webhooks().deauthorization("1", Instant.EPOCH);
        assertThat(Json.read(one.body()).get("tts_notification_id"))
                .isNotEqualTo(Json.read(other.body()).get("tts_notification_id"));
        assertThat(one.authorization()).isNotEqualTo(other.authorization());
    }

    @Test
    void anyBodyCanBeSigned() {
        String body = "{\"type\":6,\"tts_notification_id\":\"7327112393057371910\",\"shop_id\":\"7494049642642441621\","
                + "\"timestamp\":1644412885,\"data\":{\"message\":\"revoked\"}}";
        SimulatedWebhook webhook = simulator.webhooks().sign(body);
        assertThat(webhook.body()).isEqualTo(body);
        assertThat(webhook.authorization())
                .isEqualTo("577154ff2fc16056b218996c56c5e90d083f3c3fe529c888dda8327e13ce1c03");
        assertThat(webhook.toString()).doesNotContain(webhook.authorization());
    }

    @Test
    void itIsSentAsSigned() throws IOException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        host.start();
        try {
            SimulatedWebhook webhook = simulator.webhooks().sign("{\"type\":1,\"ü\":\"✓\"}");
            int port = host.getAddress().getPort();
            assertThat(webhook.postTo(URI.create("http://127.0.0.1:" + port + "/hook")))
                    .isEqualTo(401);
            assertThat(seen).containsExactly("POST " + webhook.authorization() + " application/json " + webhook.body());
        } finally {
            host.stop(0);
        }
    }

    @Test
    void whatTheHostSaysBesideTheStatusIsNotReadForItMightNotEnd() throws Exception {
        long most = 128L * 1024 * 1024;
        AtomicLong taken = new AtomicLong();
        CountDownLatch givenUp = new CountDownLatch(1);
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/hook", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[64 * 1024];
            try (OutputStream out = exchange.getResponseBody()) {
                while (taken.addAndGet(piece.length) < 2 * most) {
                    out.write(piece);
                }
            } finally {
                givenUp.countDown();
            }
        });
        host.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/hook");
            assertThat(simulator.webhooks().sign("{}").postTo(url)).isEqualTo(200);
            assertThat(givenUp.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(taken.get()).isLessThan(most);
        } finally {
            host.stop(0);
        }
    }
}
