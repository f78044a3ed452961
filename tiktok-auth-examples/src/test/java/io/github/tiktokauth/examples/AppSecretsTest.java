package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.examples.Client.Reply;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow, its failures too, with marked secrets: none turns up where it does not belong. */
class AppSecretsTest {

    private static final String MARK = "MARKEDSECRET";
    private static final String APP_SECRET = MARK + "-of-the-app-0123456789";
    private static final String JDBC_PASSWORD = MARK + "-of-the-database";
    private static final byte[] KEY = (MARK + "-32-bytes-of-a-key!!").getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void noSecretInLogDatabaseOrAnswer() throws IOException {
        List<String> secrets = new ArrayList<>();
        List<Reply> replies = new ArrayList<>();
        String log;
        try (Captured captured = new Captured()) {
            try (TikTokSimulator tikTok = TikTokSimulator.builder()
                            .app("key-of-the-app", APP_SECRET, "7000000000000000001")
                            .tokenMark(MARK)
                            .start();
                    App app = App.start(settings(tikTok), directory)) {
                Client client = Client.signedIn(app, "alice");
                succeed(tikTok, client, secrets);
                fail(tikTok, client, secrets);
                replies.addAll(client.replies());
            }
            log = captured.text();
        }
        String key = Base64.getEncoder().encodeToString(KEY);
        secrets.addAll(List.of(MARK, key, key.substring(0, 20)));

        assertThat(log).as("the log tells of the flow").contains("token refreshed", "answered 503");
        for (String secret : secrets) {
            assertThat(log).as("log").doesNotContain(secret);
        }
        assertThat(replies).hasSizeGreaterThan(20);
        for (Reply reply : replies) {
            // The state of a consent stands in its link by design; it is the browser's own.
            boolean consent = reply.body().contains("authUrl");
            for (String secret : secrets) {
                assertThat(reply.headers().toString()).doesNotContain(secret);
                assertThat(consent && !secret.contains(MARK) ? "" : reply.body())
                        .doesNotContain(secret);
            }
        }
        assertThat(searchedFiles(secrets)).as("files searched").isPositive();
    }

    private Map<String, String> settings(TikTokSimulator tikTok) {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("PORT", "0");
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", "k1:" + Base64.getEncoder().encodeToString(KEY));
        settings.put("JDBC_URL", "jdbc:h2:file:" + directory.resolve("flow") + ";WRITE_DELAY=0");
        settings.put("JDBC_USER", "app");
        settings.put("JDBC_PASSWORD", JDBC_PASSWORD);
        return settings;
    }

    private static void succeed(TikTokSimulator tikTok, Client client, List<String> secrets) {
        Shops.follow(client, noted(tikTok.allow(Shops.authUrl(client)), secrets));
        client.get("/");
        for (String path : List.of("/shop/info", "/auth/status", "/auth/details", "/shop/products")) {
            assertThat(client.get(API + path).status()).isEqualTo(200);
        }
        assertThat(client.post(API + "/auth/refresh", "").status()).isEqualTo(200);
        assertThat(Shops.callback(client, noted(tikTok.allow(Shops.authUrl(client)), secrets))
                        .status())
                .isEqualTo(200);
        tikTok.expireAccessTokens(SimulatedSeller.ONE_SHOP);
        assertThat(client.get(API + "/shop/products").status()).isEqualTo(200);
    }

    private static void fail(TikTokSimulator tikTok, Client client, List<String> secrets) {
        SimulatedCallback replayed = noted(tikTok.allow(Shops.authUrl(client)), secrets);
        Shops.follow(client, replayed);
        Shops.follow(client, replayed);
        client.get("/");
        client.get(
                API + "/auth/callback?code=" + replayed.code() + "&state=%00" + replayed.state(),
                "Accept",
                "text/html");
        client.get(API + "/auth/callback/" + replayed.code() + "?state=" + replayed.state());
        client.post(API + "/auth/callback", "{\"code\":\"" + replayed.code() + "\",\"state\":\"" + replayed.state());
        new Client("http://127.0.0.1:" + tikTok.url().getPort()).get("/");
        for (Fault fault : List.of(
                Fault.unavailable(),
                Fault.answer(500, "text/plain", APP_SECRET + " " + MARK),
                Fault.error(200, 98001004, "wrong " + APP_SECRET),
                Fault.error(200, 36004004, "used"),
                Fault.dropped(),
                Fault.redirect("http://127.0.0.1:1/?" + MARK))) {
            tikTok.faults().clear();
            tikTok.faults().always(SimulatedEndpoint.EXCHANGE, fault);
            tikTok.faults().always(SimulatedEndpoint.REFRESH, fault);
            tikTok.faults().always(SimulatedEndpoint.PRODUCTS, fault);
            Shops.follow(client, noted(tikTok.allow(Shops.authUrl(client)), secrets));
            client.get("/");
            assertThat(Shops.callback(client, noted(tikTok.allow(Shops.authUrl(client)), secrets))
                            .status())
                    .isGreaterThanOrEqualTo(400);
            client.post(API + "/auth/refresh", "");
            client.get(API + "/shop/products");
        }
        tikTok.faults().clear();
        tikTok.revoke(SimulatedSeller.ONE_SHOP);
        client.post(API + "/auth/refresh", "");
        client.get(API + "/shop/products");
        client.method("DELETE", API + "/shop/disconnect");
    }

    private static SimulatedCallback noted(SimulatedCallback back, List<String> secrets) {
        secrets.add(back.requireState());
        secrets.add(back.code());
        return back;
    }

    private int searchedFiles(List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertThat(content.contains(secret))
                            .as("a secret in %s", file)
                            .isFalse();
                }
            }
            return all.size();
        }
    }
}
