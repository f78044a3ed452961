package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;

import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Users and sellers that no other test has, and the way from one to the other. */
final class Shops {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Shops() {}

    /** What the real TikTok needs, and more; a later value of a name counts. */
    static Map<String, String> real(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TIKTOK_CLIENT_ID", "key-of-the-app",
                "TIKTOK_CLIENT_SECRET", "secret-of-the-app",
                "TIKTOK_REDIRECT_URI", "https://shop.example" + App.CALLBACK_PATH,
                "TIKTOK_SERVICE_ID", "7000000000000000001",
                "TIKTOK_TOKEN_ENCRYPTION_KEYS", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        environment.putAll(more);
        return environment;
    }

    static String newName(String kind) {
        return kind + "-" + NUMBER.incrementAndGet();
    }

    static TikTokSimulator tikTok(App app) {
        return Objects.requireNonNull(app.simulator(), "TikTok is not simulated by this app");
    }

    /** A seller with one shop in GB. */
    static String newSeller(App app) {
        String id = newName("seller");
        tikTok(app).add(SimulatedSeller.withOneShop(id));
        return id;
    }

    static SimulatedCallback allow(App app, Client client, String sellerId) {
        return tikTok(app).allow(authUrl(client), sellerId);
    }

    static String authUrl(Client client) {
        return client.post(API + "/auth/initiate", "{}").json().path("authUrl").textValue();
    }

    static Client.Reply callback(Client client, String code, String state) {
        return client.post(API + "/auth/callback", json(Map.of("code", code, "state", state)));
    }

    static Client.Reply callback(Client client, SimulatedCallback back) {
        return callback(client, back.code(), back.requireState());
    }

    /** What the browser does with where TikTok sent it. */
    static Client.Reply follow(Client client, SimulatedCallback back) {
        return client.get(back.uri().getRawPath() + "?" + back.uri().getRawQuery());
    }

    static Client connected(App app, String userId, String sellerId) {
        Client client = Client.signedIn(app, userId);
        Client.Reply reply = callback(client, allow(app, client, sellerId));
        if (reply.status() != 200) {
            throw new IllegalStateException("connecting answered " + reply.status() + " " + reply.body());
        }
        return client;
    }

    static String json(Object value) {
        return Json.MAPPER.valueToTree(value).toString();
    }
}
