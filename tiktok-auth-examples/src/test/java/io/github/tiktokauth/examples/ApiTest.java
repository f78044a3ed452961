package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.examples.Client.Reply;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoints as a client sees them, from sign-in to disconnect. */
class ApiTest {

    private static final String ISO_MILLISECONDS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

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

    @Test
    void theWholePathOverHttp() {
        Client client = Client.signedIn(app, user);
        assertThat(client.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
        assertThat(client.get(API + "/shop/info").status()).isEqualTo(404);

        JsonNode consent = client.post(API + "/auth/initiate", "{\"state\":\"mine\",\"scope\":\"orders\"}")
                .json();
        assertThat(names(consent)).containsExactly("authUrl", "state");
        assertThat(consent.path("authUrl").textValue())
                .contains("state=" + consent.path("state").textValue());
        assertThat(consent.path("state").textValue()).hasSize(43);

        Reply connected = Shops.callback(
                client, Shops.tikTok(app).allow(consent.path("authUrl").textValue(), seller));
        assertThat(connected.status()).isEqualTo(200);
        JsonNode shop = connected.json();
        assertThat(names(shop)).containsExactly("shopId", "shopName", "region", "isActive", "createdAt", "updatedAt");
        assertThat(shop.path("shopId").textValue())
                .isEqualTo(Shops.tikTok(app).seller(seller).shops().get(0).id());
        assertThat(shop.path("shopName").textValue()).isEqualTo("Shop of " + seller);
        assertThat(shop.path("region").textValue()).isEqualTo("GB");
        assertThat(shop.path("isActive").booleanValue()).isTrue();
        assertThat(shop.path("createdAt").textValue()).matches(ISO_MILLISECONDS);
        assertThat(shop.path("updatedAt").textValue()).matches(ISO_MILLISECONDS);

        assertThat(client.get(API + "/shop/info").json()).isEqualTo(shop);
        JsonNode status = client.get(API + "/auth/status").json();
        assertThat(names(status)).containsExactly("isConnected", "shopId", "shopName");
        assertThat(status.path("shopId")).isEqualTo(shop.path("shopId"));
        JsonNode details = client.get(API + "/auth/details").json();
        assertThat(details.path("accessTokenExpiresAt").textValue()).matches(ISO_MILLISECONDS);
        assertThat(details.path("authorizationEndsAt").textValue()).matches(ISO_MILLISECONDS);

        assertThat(client.post(API + "/auth/refresh", "").body())
                .isEqualTo("{\"success\":true,\"message\":\"Token refreshed successfully\"}");
        assertThat(Shops.tikTok(app).requests().refreshesOf(seller)).isEqualTo(1);

        JsonNode products = client.get(API + "/shop/products").json();
        assertThat(names(products)).containsExactly("products");
        assertThat(products.path("products")).hasSize(12);
        assertThat(products.path("products").get(0).path("id").textValue()).isNotBlank();

        assertThat(client.method("DELETE", API + "/shop/disconnect").body())
                .isEqualTo("{\"message\":\"TikTok Shop disconnected successfully\",\"statusCode\":200}");
        assertThat(client.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
    }

    @Test
    void withoutAConnectionTheCallsThatNeedOneAnswer404() {
        Client client = Client.signedIn(app, user);
        for (Reply reply : List.of(
                client.get(API + "/shop/info"),
                client.get(API + "/shop/products"),
                client.post(API + "/auth/refresh", ""),
                client.method("DELETE", API + "/shop/disconnect"))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"no TikTok shop is connected\"}");
        }
    }

    @Test
    void initiateTakesAnEmptyBodyNullsAndUnknownMembers() {
        Client client = Client.signedIn(app, user);
        assertThat(client.method("POST", API + "/auth/initiate").status()).isEqualTo(200);
        assertThat(client.post(API + "/auth/initiate", "{\"state\":null,\"more\":[1]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theBrowserComesBackAndIsToldOnce() {
        Client client = Client.signedIn(app, user);
        Reply back = Shops.follow(client, Shops.allow(app, client, seller));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/");
        assertThat(client.get("/").body()).contains("notice good", "Shop of " + seller + " is connected now.");
        assertThat(client.get("/").body()).doesNotContain("is connected now");
        assertThat(client.get(API + "/auth/status").json().path("isConnected").booleanValue())
                .isTrue();
    }

    @Test
    void aRegionThatTiktokHintsAtAndNoShopHasDoesNoHarm() {
        Client client = Client.signedIn(app, user);
        SimulatedCallback back = Shops.allow(app, client, seller);
        client.get(
                API + "/auth/callback?shop_region=CN&locale=en&code=" + back.code() + "&state=" + back.requireState());
        assertThat(client.get(API + "/shop/info").json().path("region").textValue())
                .isEqualTo("GB");
    }

    @Test
    void authorizingTheSameShopAgainRenewsIt() {
        Client client = Shops.connected(app, user, seller);
        JsonNode before = client.get(API + "/shop/info").json();
        Shops.follow(client, Shops.allow(app, client, seller));
        assertThat(client.get("/").body()).contains("was authorized again");
        assertThat(client.get(API + "/shop/info").json().path("createdAt")).isEqualTo(before.path("createdAt"));
    }

    @Test
    void aDenialIsToldKindlyAndChangesNothing() {
        Client client = Shops.connected(app, user, seller);
        SimulatedCallback denial = Shops.tikTok(app).deny(Shops.authUrl(client));
        Reply back = Shops.follow(client, denial);
        assertThat(back.status()).isEqualTo(303);
        assertThat(client.get("/").body()).contains("notice calm", "You did not allow access at TikTok");
        assertThat(client.get(API + "/auth/status").json().path("isConnected").booleanValue())
                .isTrue();
        assertThat(Shops.callback(client, "null", "anything").status()).isEqualTo(400);
    }

    @Test
    void whoeverIsNotSignedInIsToldSoAndTheCodeIsNotSpent() {
        Client client = Client.signedIn(app, user);
        SimulatedCallback back = Shops.allow(app, client, seller);
        int exchanges = Shops.tikTok(app).counters().exchanges();

        Client stranger = new Client(app.url());
        Reply page =
                stranger.get(back.uri().getRawPath() + "?" + back.uri().getRawQuery(), "Accept", "text/html,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("Please sign in first").doesNotContain(back.code(), back.requireState());
        assertThat(Shops.follow(stranger, back).json().path("statusCode").intValue())
                .isEqualTo(401);
        assertThat(Shops.tikTok(app).counters().exchanges()).isEqualTo(exchanges);

        assertThat(Shops.callback(client, back).status()).isEqualTo(200);
    }

    @Test
    void aShopOfAnotherUserIsAConflictThatNamesNobody() {
        Shops.connected(app, user, seller);
        Client other = Client.signedIn(app, Shops.newName("user"));
        Reply reply = Shops.callback(other, Shops.allow(app, other, seller));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).contains("another user").doesNotContain(user);
        assertThat(other.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");

        Shops.follow(other, Shops.allow(app, other, seller));
        assertThat(other.get("/").body())
                .contains("notice bad", "already connected by another user")
                .doesNotContain(user);
    }

    @Test
    void aSecondShopIsAConflictUntilDisconnect() {
        Client client = Shops.connected(app, user, seller);
        String second = Shops.newSeller(app);
        assertThat(Shops.callback(client, Shops.allow(app, client, second)).status())
                .isEqualTo(409);
        client.method("DELETE", API + "/shop/disconnect");
        assertThat(Shops.callback(client, Shops.allow(app, client, second)).status())
                .isEqualTo(200);
    }

    @Test
    void accountsWithoutAUsableShopAreRefused() {
        Client client = Client.signedIn(app, user);
        assertThat(Shops.callback(client, Shops.allow(app, client, SimulatedSeller.NO_SHOP)))
                .extracting(Reply::status, reply -> reply.json().path("message").textValue())
                .containsExactly(400, "the authorization covers no shop");
        assertThat(Shops.callback(client, Shops.allow(app, client, SimulatedSeller.CREATOR)))
                .extracting(Reply::status, reply -> reply.json().path("message").textValue())
                .containsExactly(400, "this TikTok account cannot hold a shop; sign in at TikTok as a seller");
    }

    @Test
    void ofSeveralShopsTheOneAskedForIsConnected() {
        Client client = Client.signedIn(app, user);
        List<String> ids = Shops.tikTok(app).seller(SimulatedSeller.SEVERAL_SHOPS).shops().stream()
                .map(shop -> shop.id())
                .toList();
        SimulatedCallback first = Shops.allow(app, client, SimulatedSeller.SEVERAL_SHOPS);
        Reply wrong = client.post(
                API + "/auth/callback",
                Shops.json(
                        Map.of("code", first.code(), "state", first.requireState(), "shop_id", "7000000000000000000")));
        assertThat(wrong.status()).isEqualTo(400);

        SimulatedCallback second = Shops.allow(app, client, SimulatedSeller.SEVERAL_SHOPS);
        Reply right = client.post(
                API + "/auth/callback",
                Shops.json(Map.of(
                        "code",
                        second.code(),
                        "state",
                        second.requireState(),
                        "shop_id",
                        ids.get(2),
                        "shop_region",
                        "")));
        assertThat(right.json().path("shopId").textValue()).isEqualTo(ids.get(2));
        client.method("DELETE", API + "/shop/disconnect");

        SimulatedCallback third = Shops.allow(app, client, SimulatedSeller.SEVERAL_SHOPS);
        Reply byRegion = client.post(
                API + "/auth/callback",
                Shops.json(Map.of("code", third.code(), "state", third.requireState(), "shop_region", "DE")));
        assertThat(byRegion.json().path("region").textValue()).isEqualTo("DE");
        client.method("DELETE", API + "/shop/disconnect");
    }

    @Test
    void aWrongStateIs401InOneTextAndNeverSpendsTheCode() {
        Client client = Client.signedIn(app, user);
        SimulatedCallback back = Shops.allow(app, client, seller);
        int exchanges = Shops.tikTok(app).counters().exchanges();

        Client sameUserElsewhere = Client.signedIn(app, user);
        SimulatedCallback ofElsewhere = Shops.allow(app, sameUserElsewhere, seller);
        Client otherUser = Client.signedIn(app, Shops.newName("user"));
        SimulatedCallback ofOther = Shops.allow(app, otherUser, seller);

        List<Reply> refused = List.of(
                client.post(API + "/auth/callback", Shops.json(Map.of("code", back.code()))),
                Shops.callback(client, back.code(), ""),
                Shops.callback(client, back.code(), "made-up"),
                Shops.callback(client, back.code(), "x".repeat(900)),
                Shops.callback(client, back.code(), ofElsewhere.requireState()),
                Shops.callback(client, back.code(), ofOther.requireState()));
        assertThat(refused).extracting(Reply::status).containsOnly(401);
        assertThat(refused).extracting(Reply::body).containsOnly(refused.get(0).body());
        assertThat(Shops.tikTok(app).counters().exchanges()).isEqualTo(exchanges);

        assertThat(Shops.callback(client, back).status()).isEqualTo(200);
        assertThat(Shops.callback(client, back).status()).as("replayed").isEqualTo(401);
        assertThat(Shops.tikTok(app).counters().exchanges()).isEqualTo(exchanges + 1);
    }

    @Test
    void anInvalidCodeIs400() {
        Client client = Client.signedIn(app, user);
        assertThat(Shops.callback(
                                client,
                                "ROW_never_given",
                                Shops.allow(app, client, seller).requireState())
                        .status())
                .isEqualTo(400);
        for (String body : List.of(
                "{\"state\":\"s\"}", "{\"code\":\"\",\"state\":\"s\"}", "{\"code\":\"a b\",\"state\":\"s\"}", "{}")) {
            assertThat(client.post(API + "/auth/callback", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void anAuthorizationWithoutStateIsNotAttachedByItself() {
        Client client = Client.signedIn(app, user);
        Shops.follow(client, Shops.tikTok(app).authorizeFromAppStore(seller));
        assertThat(client.get("/").body()).contains("TikTok sent an authorization", "No, that was not me");
        assertThat(client.get(API + "/auth/status").body()).isEqualTo("{\"isConnected\":false}");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
