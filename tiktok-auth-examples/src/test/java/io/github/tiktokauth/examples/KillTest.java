package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection outlives the process, however that ends. */
@Tag("slow")
class KillTest {

    private final Map<String, String> ports = AppProcess.freePorts();
    private final String url = "http://127.0.0.1:" + ports.get("PORT");

    @TempDir
    Path directory;

    @Test
    void aConnectionSurvivesKill9AtTheMomentAfterARefresh() {
        JsonNode shop;
        try (AppProcess app = AppProcess.ofThisBuild(directory, ports)) {
            assertThat(app.output()).contains("Open " + url + "/");
            Client client = new Client(url);
            client.signIn("alice");
            assertThat(Visitor.connect(client, SimulatedSeller.ONE_SHOP).status())
                    .isEqualTo(303);
            shop = client.get(API + "/shop/info").json();
            assertThat(client.post(API + "/auth/refresh", "").status()).isEqualTo(200);
            app.kill();
        }
        try (App app = App.start(ports, directory)) {
            Client client = Client.signedIn(app, "alice");
            JsonNode after = client.get(API + "/shop/info").json();
            assertThat(after.path("shopId")).isEqualTo(shop.path("shopId"));
            assertThat(after.path("createdAt")).isEqualTo(shop.path("createdAt"));
            assertThat(client.get(API + "/shop/products").json().path("products"))
                    .hasSize(12);
            assertThat(client.post(API + "/auth/refresh", "").body()).contains("\"success\":true");
        }
        try (AppProcess app = AppProcess.ofThisBuild(directory, ports)) {
            Client client = new Client(url);
            client.signIn("alice");
            assertThat(client.get(API + "/auth/status").body()).contains("\"isConnected\":true");
            app.stop();
            assertThat(app.output()).as("a polite end").doesNotContain("Exception", "WARN", "ERROR");
        }
    }
}
