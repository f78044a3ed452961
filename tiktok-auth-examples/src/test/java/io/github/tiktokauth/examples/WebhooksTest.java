package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedWebhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TikTok starts: webhooks, and authorizations without our state. */
class WebhooksTest {

    private static final String WEBHOOKS = "/api/v1/tiktok/webhooks";

    @TempDir
    static Path directory;

    static App app;

    private final String user = Shops.newName("user");
    private final String seller = Shops.newSeller(app);

    @BeforeAll
    static void start() {
        app = App.start(Map.of("PORT", "0"), directory);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static URI address() {
        return URI.create(app.url() + WEBHOOKS);
    }

    private String shopId() {
        return Shops.tikTok(app).seller(seller).shops().get(0).id();
    }

    @Test
    void aDeauthorizationIsAnsweredWith200AndEndsInANewConsent() throws InterruptedException {
        Client client = Shops.connected(app, user, seller);
        Shops.tikTok(app).revoke(seller);
        SimulatedWebhook webhook = Shops.tikTok(app)
                .webhooks()
                .deauthorization(shopId(), Instant.now().plusSeconds(1));
        assertThat(webhook.postTo(address())).isEqualTo(200);
        assertThat(webhook.postTo(address())).as("delivered again").isEqualTo(200);
        awaitReason(client);
    }

    /** The check runs beside the answer. */
    private static void awaitReason(Client client) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 300; i++) {
            if (client.get(API + "/auth/details").body().contains("REVOKED")) {
                return;
            }
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("the connection was not marked");
    }

    @Test
    void otherSignaturesMethodsAndSizesAreRefused() {
        SimulatedWebhook good = Shops.tikTok(app).webhooks().deauthorization(shopId(), Instant.now());
        assertThat(new SimulatedWebhook(good.body() + " ", good.authorization()).postTo(address()))
                .isEqualTo(401);
        assertThat(new SimulatedWebhook("x".repeat(2_000_000), good.authorization()).postTo(address()))
                .isEqualTo(413);
        assertThat(Shops.tikTok(app).webhooks().sign("{}").postTo(address())).isEqualTo(400);
        assertThat(new Client(app.url()).get(WEBHOOKS).status()).isEqualTo(405);
        assertThat(new Client(app.url()).post(WEBHOOKS, good.body()).status()).isEqualTo(401);
    }

    @Test
    void anAuthorizationFromTheAppStoreWaitsForASignedInUserWhoSaysYes() {
        Client client = new Client(app.url());
        SimulatedCallback back = Shops.tikTok(app).authorizeFromAppStore(seller);
        assertThat(client.get(back.uri().getRawPath() + "?" + back.uri().getRawQuery())
                        .status())
                .isEqualTo(303);
        assertThat(client.get("/", "Accept", "text/html").body()).contains("Sign in to connect that shop");

        client.signIn(user);
        assertThat(client.get("/", "Accept", "text/html").body()).contains("id=\"claim\"");
        assertThat(client.get(API + "/auth/status").body())
                .as("nothing is attached by itself")
                .isEqualTo("{\"isConnected\":false}");

        assertThat(client.form("/claim", "").status()).isEqualTo(303);
        assertThat(client.get(API + "/auth/status").json().path("shopId").textValue())
                .isEqualTo(shopId());
        assertThat(client.get("/", "Accept", "text/html").body())
                .contains("is connected now")
                .doesNotContain("id=\"claim\"");
        client.form("/claim", "");
        assertThat(client.get("/", "Accept", "text/html").body()).contains("no authorization waiting here");
    }

    @Test
    void whoSaysNoAndWhoSitsElsewhereConnectsNothing() {
        Client client = Client.signedIn(app, user);
        SimulatedCallback back = Shops.tikTok(app).authorizeFromAppStore(seller);
        client.get(back.uri().getRawPath() + "?" + back.uri().getRawQuery());
        Client elsewhere = Client.signedIn(app, Shops.newName("user"));
        elsewhere.form("/claim", "");
        assertThat(elsewhere.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
        assertThat(client.form("/claim", "", "Origin", "http://elsewhere.example", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        client.form("/dismiss", "");
        client.form("/claim", "");
        assertThat(client.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
        assertThat(new Client(app.url()).form("/claim", "").status()).isEqualTo(401);
    }

    @Test
    void theSchedulerThatKeepsRarelyUsedShopsAliveIsOffByDefault() {
        assertThat(Settings.from(Map.of()).keepAliveEvery())
                .as("off by default")
                .isNull();
        assertThat(Settings.from(Map.of("REFRESH_DUE_MINUTES", "15")).keepAliveEvery())
                .isEqualTo(Duration.ofMinutes(15));
    }
}
