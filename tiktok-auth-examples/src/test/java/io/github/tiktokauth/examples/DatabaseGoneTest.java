package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.examples.Client.Reply;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back, as databases do. */
@Tag("slow")
class DatabaseGoneTest {

    @TempDir
    Path directory;

    @Test
    void withoutItsDatabaseTheAppSaysToTryLaterAndRecovers() throws SQLException {
        Server database = start("0");
        String port = "" + database.getPort();
        try (TikTokSimulator tikTok = TikTokSimulator.start();
                App app = App.start(settings(tikTok, port), directory)) {
            Client client = Client.signedIn(app, "alice");
            assertThat(Shops.callback(client, tikTok.allow(Shops.authUrl(client)))
                            .status())
                    .isEqualTo(200);
            database.stop();

            List<Reply> replies = List.of(
                    client.get(API + "/shop/info"),
                    client.post(API + "/auth/initiate", "{}"),
                    client.method("DELETE", API + "/shop/disconnect"));
            assertThat(replies).extracting(Reply::status).containsOnly(503);
            assertThat(replies).extracting(reply -> reply.header("Retry-After")).containsOnly("5");
            assertThat(replies.get(0).json().path("message").textValue()).contains("database");
            assertThat(client.get("/").status())
                    .as("the page needs no database")
                    .isEqualTo(200);

            database = start(port);
            // Connections that broke while nobody used them are found out one by one.
            int tries = 1;
            while (client.get(API + "/shop/info").status() != 200) {
                assertThat(tries++).as("tries after the database is back").isLessThan(12);
            }
        } finally {
            database.stop();
        }
    }

    private static Map<String, String> settings(TikTokSimulator tikTok, String port) {
        Map<String, String> settings = Shops.real(tikTok.environment());
        settings.put("PORT", "0");
        settings.put("JDBC_URL", "jdbc:h2:tcp://127.0.0.1:" + port + "/flow");
        settings.put("JDBC_USER", "sa");
        return settings;
    }

    private Server start(String port) throws SQLException {
        return Server.createTcpServer("-tcpPort", port, "-ifNotExists", "-baseDir", directory.toString())
                .start();
    }
}
