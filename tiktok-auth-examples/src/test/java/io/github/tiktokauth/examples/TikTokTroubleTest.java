package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.examples.Client.Reply;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees when TikTok refuses or gives no usable answer. */
class TikTokTroubleTest {

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

    @AfterEach
    void healTikTok() {
        Shops.tikTok(app).faults().clear();
    }

    private void fails(SimulatedEndpoint endpoint, Fault fault) {
        Shops.tikTok(app).faults().always(endpoint, fault);
    }

    private static void assertTryLater(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(reply.json().path("error").textValue()).isEqualTo("Service Unavailable");
    }

    @Test
    void aCallbackWhileTiktokIsDownSaysToTryLater() {
        Client client = Client.signedIn(app, user);
        SimulatedCallback back = Shops.allow(app, client, seller);
        fails(SimulatedEndpoint.EXCHANGE, Fault.unavailable());
        assertTryLater(Shops.callback(client, back));
        Shops.follow(client, Shops.allow(app, client, seller));
        assertThat(client.get("/").body()).contains("notice bad", "TikTok gives no usable answer");
        assertThat(client.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
    }

    @Test
    void aRefreshWhileTiktokIsDownSaysToTryLaterAndKeepsTheConnection() {
        Client client = Shops.connected(app, user, seller);
        fails(SimulatedEndpoint.REFRESH, Fault.html(502));
        assertTryLater(client.post(API + "/auth/refresh", ""));
        assertThat(client.get(API + "/shop/products").status()).isEqualTo(200);
    }

    @Test
    void aRevokedAuthorizationAsksForANewOne() {
        Client client = Shops.connected(app, user, seller);
        Shops.tikTok(app).revoke(seller);
        Reply refused = client.post(API + "/auth/refresh", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").textValue()).contains("please connect again");
        assertThat(client.get(API + "/auth/details")
                        .json()
                        .path("reauthorizationReason")
                        .textValue())
                .isEqualTo("REVOKED");
        assertThat(client.get(API + "/auth/status").json().path("isConnected").booleanValue())
                .isTrue();
        assertThat(client.get(API + "/shop/products").status()).isEqualTo(400);
    }

    @Test
    void productsWithATokenThatTiktokEndedRefreshOnceAndRepeatOnce() {
        Client client = Shops.connected(app, user, seller);
        Shops.tikTok(app).expireAccessTokens(seller);
        int before = Shops.tikTok(app).counters().productSearches();
        assertThat(client.get(API + "/shop/products").json().path("products")).hasSize(12);
        assertThat(Shops.tikTok(app).requests().refreshesOf(seller)).isEqualTo(1);
        assertThat(Shops.tikTok(app).counters().productSearches()).isEqualTo(before + 2);
    }

    @Test
    void productsDoNotRepeatForEver() {
        Client client = Shops.connected(app, user, seller);
        fails(SimulatedEndpoint.PRODUCTS, Fault.error(401, 105001, "invalid"));
        int before = Shops.tikTok(app).counters().productSearches();
        assertThat(client.get(API + "/shop/products").status()).isEqualTo(400);
        assertThat(Shops.tikTok(app).requests().refreshesOf(seller)).isEqualTo(1);
        assertThat(Shops.tikTok(app).counters().productSearches()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 105005, 400",
        "200, 36009043, 400",
        "400, 106001, 500",
        "400, 36009010, 502",
        "200, 36009002, 503",
        "500, 36009003, 503",
        "503, 99999999, 503"
    })
    void productsTellWhatTiktokRefused(int httpStatus, int code, int answered) {
        Client client = Shops.connected(app, user, seller);
        fails(SimulatedEndpoint.PRODUCTS, Fault.error(httpStatus, code, "no"));
        Reply reply = client.get(API + "/shop/products");
        assertThat(reply.status()).isEqualTo(answered);
        assertThat(reply.json().path("statusCode").intValue()).isEqualTo(answered);
        assertThat(Shops.tikTok(app).requests().refreshesOf(seller)).isZero();
        assertThat(client.get(API + "/auth/status").json().path("isConnected").booleanValue())
                .isTrue();
    }

    @Test
    void productsHonourTheWaitThatTiktokAsksFor() {
        Client client = Shops.connected(app, user, seller);
        fails(SimulatedEndpoint.PRODUCTS, Fault.rateLimited(37));
        Reply reply = client.get(API + "/shop/products");
        assertTryLater(reply);
        assertThat(reply.header("Retry-After")).isEqualTo("37");
    }

    @Test
    void productsFromABrokenGatewaySayToTryLater() {
        Client client = Shops.connected(app, user, seller);
        for (Fault fault : new Fault[] {
            Fault.html(200),
            Fault.empty(200),
            Fault.dropped(),
            Fault.cutShort(),
            Fault.oversized(3_000_000),
            Fault.redirect("http://127.0.0.1:1/elsewhere"),
            Fault.answer(200, "application/json", "[]")
        }) {
            Shops.tikTok(app).faults().clear();
            fails(SimulatedEndpoint.PRODUCTS, fault);
            assertTryLater(client.get(API + "/shop/products"));
        }
    }

    @Test
    void aShopWithoutProductsHasAnEmptyList() {
        Client client = Shops.connected(app, user, seller);
        for (String data : new String[] {"{}", "null", "{\"products\":null}"}) {
            Shops.tikTok(app).faults().clear();
            fails(SimulatedEndpoint.PRODUCTS, Fault.data(data));
            assertThat(client.get(API + "/shop/products").body()).isEqualTo("{\"products\":[]}");
        }
    }
}
