package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.jdbc.TestDatabase;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedShop;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole life of connections with marked secrets, the failures too, on a node that logs all it has. Then nothing marked is in
 * any table, in any file of the database, in the log, or in a failure's text.
 */
@org.junit.jupiter.api.Tag("slow")
class SecretsTest {

    private static final String APP_SECRET_MARK = "marked-app-secret";

    /** With characters that a URL writes otherwise. */
    private static final String APP_SECRET = APP_SECRET_MARK + "+5f0c/27e1=";

    private static final String TOKEN_MARK = "MARKEDTOKEN";
    private static final String HOST_STATE = "marked-host-state-77b1";
    private static final String BINDING = "marked-browser-binding-12cd";
    private static final String STRAY = "marked-stray-state-or-code-90aa";

    /** Not secret: shows that the searches find what is there. */
    private static final String SHOP_MARK = "VISIBLESHOP";

    @TempDir
    Path folder;

    private final Set<String> secrets = new HashSet<>(Set.of(APP_SECRET_MARK, TOKEN_MARK, HOST_STATE, BINDING, STRAY));
    private final List<String> said = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void noMarkedSecretIsInTheDatabaseItsFilesTheLogOrAFailure(TestServer server) throws SQLException, IOException {
        long start = Files.getLastModifiedTime(Files.createTempFile(folder, "start", ""))
                        .toMillis()
                - 1000;
        secrets.add(World.keys().substring(World.keys().indexOf(':') + 1));
        secrets.add(new String(
                Base64.getDecoder().decode(World.keys().substring(World.keys().indexOf(':') + 1)),
                StandardCharsets.ISO_8859_1));
        TestDatabase database = server == TestServer.H2
                ? new TestDatabase(
                        server, "jdbc:h2:file:" + folder.resolve("db") + ";AUTO_SERVER=TRUE;WRITE_DELAY=0", "sa", "")
                : server.database();
        String log;
        try (World world = World.on(
                        database,
                        TikTokSimulator.builder()
                                .app("marked-app-key", APP_SECRET, "7345678901234567890")
                                .tokenMark(TOKEN_MARK)
                                .rotation(RefreshTokenRotation.OLD_IS_REFUSED));
                NodeProcess node = NodeProcess.launch(
                                List.of(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                                "-Dorg.slf4j.simpleLogger.log.io.github.tiktokauth=trace")
                        .ready()) {
            node.open(world.settings());
            wholeLife(world, node);

            Search search = new Search(secrets);
            String dump = dump(database);
            assertThat(dump).contains(SHOP_MARK, "v1.k1.", "user-a", "user-b");
            assertThat(search.in(dump)).isEmpty();
            searchFiles(server, database, start);
            node.closeAuth();
            log = node.log();
            assertThat(log).contains("user-a", "DEBUG", "CallbackRejectedException", "StorageException");
            assertThat(search.in(log)).isEmpty();
            assertThat(said)
                    .anyMatch(line -> line.startsWith("failed"))
                    .allSatisfy(line -> assertThat(search.in(line)).isEmpty());
        }
        if (server == TestServer.H2) {
            assertFilesHoldNothing(folder, start);
        }
    }

    private void wholeLife(World world, NodeProcess node) {
        world.tikTok.add(seller("a"));
        world.tikTok.add(seller("b"));
        SimulatedCallback first = consent(world, node, "user-a", "a");
        said.add(node.call("callback user-a " + first.code() + " " + first.state() + " another-browser")
                .get(0));
        SimulatedCallback second = consent(world, node, "user-a", "a");
        String back = "callback user-a " + second.code() + " " + second.state() + " " + BINDING;
        assertThat(node.call(back).get(0)).startsWith("connected").endsWith(HOST_STATE);
        said.addAll(node.call(back, "callback user-a " + STRAY + " " + STRAY + " " + BINDING));
        SimulatedCallback conflict = consent(world, node, "user-c", "a");
        said.addAll(node.call("callback user-c " + conflict.code() + " " + conflict.state() + " " + BINDING));
        SimulatedCallback other = consent(world, node, "user-b", "b");
        assertThat(node.call("callback user-b " + other.code() + " " + other.state() + " " + BINDING)
                        .get(0))
                .startsWith("connected");
        SimulatedCallback quoted = consent(world, node, "user-c", "b");
        world.tikTok
                .faults()
                .once(SimulatedEndpoint.EXCHANGE, Fault.error(200, 36004004, "no " + quoted.code() + APP_SECRET));
        said.addAll(node.call("callback user-c " + quoted.code() + " " + quoted.state() + " " + BINDING));
        // One that nobody comes back from.
        consent(world, node, "user-b", "b");

        said.addAll(node.call("token user-a", "token user-b", "token nobody"));
        said.addAll(node.call("refresh user-a"));
        String quote = "wrong: refresh_token=" + world.storedRefreshToken("user-a") + "&app_secret=" + APP_SECRET + "|"
                + URLEncoder.encode(APP_SECRET, StandardCharsets.UTF_8);
        for (Fault fault : List.of(
                Fault.error(200, 98001004, quote),
                Fault.error(500, 12345, quote),
                Fault.answer(502, "text/html", "<html>" + quote + "</html>"),
                Fault.answer(200, "application/json", "{\"code\":0,\"data\":{\"access_token\":\"" + quote + "\"}}"),
                Fault.redirect("http://127.0.0.1:1/?" + quote),
                Fault.dropped())) {
            world.tikTok.faults().once(SimulatedEndpoint.REFRESH, fault);
            String failure = node.call("refresh user-a").get(0);
            assertThat(failure).startsWith("failed");
            said.add(failure);
        }
        said.addAll(node.call("status user-a", "shop user-a", "diagnose user-a", "due"));
        said.addAll(node.call("replace user-b"));

        world.database.run("ALTER TABLE tiktok_shop_auth RENAME TO moved_away");
        said.addAll(node.call("refresh user-a"));
        said.addAll(node.call("status user-a"));
        world.database.run("ALTER TABLE moved_away RENAME TO tiktok_shop_auth");
        assertThat(node.call("refresh user-a").get(0)).startsWith("token");
        assertThat(node.call("disconnect user-b").get(0)).isEqualTo("disconnected true");
        said.addAll(node.call("token user-b", "diagnose user-b"));
    }

    private static SimulatedSeller seller(String id) {
        return SimulatedSeller.of(id, "Seller " + id, "GB", SimulatedShop.local(SHOP_MARK + " " + id, "GB"));
    }

    private SimulatedCallback consent(World world, NodeProcess node, String user, String seller) {
        String url = node.call("initiate " + user + " " + HOST_STATE + " " + BINDING)
                .get(0)
                .substring("url ".length());
        SimulatedCallback back = world.tikTok.allow(url, seller);
        secrets.add(back.code());
        secrets.add(back.requireState());
        return back;
    }

    private void searchFiles(TestServer server, TestDatabase database, long start) {
        if (server == TestServer.POSTGRESQL) {
            database.run("CHECKPOINT");
            assertFilesHoldNothing(Path.of(database.ask("SHOW data_directory").get(0)), start);
        } else if (server == TestServer.MARIADB) {
            database.run(
                    "FLUSH LOGS",
                    "FLUSH TABLES tiktok_shop_auth, tiktok_shop_auth_state, tiktok_shop_auth_pending FOR EXPORT");
            assertFilesHoldNothing(Path.of(database.ask("SELECT @@datadir").get(0)), start);
        }
    }

    private void assertFilesHoldNothing(Path files, long start) {
        assertThat(new Search(Set.of(SHOP_MARK, "v1.k1.")).inFiles(files, start))
                .hasSize(2);
        assertThat(new Search(secrets).inFiles(files, start)).isEmpty();
    }

    /** Every column of every table. */
    private static String dump(TestDatabase database) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"
                    })) {
                while (names.next()) {
                    tables.add(names.getString("TABLE_NAME"));
                }
            }
            assertThat(tables).hasSize(4);
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    dump.append(table).append('\n');
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            dump.append(rows.getString(i)).append('\t');
                        }
                        dump.append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }
}
