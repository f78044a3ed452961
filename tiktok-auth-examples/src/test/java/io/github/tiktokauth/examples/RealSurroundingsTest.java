package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes started beside something real: they neither simulate TikTok nor touch a row. Here a simulator stands for the real TikTok. */
class RealSurroundingsTest {

    private static final String PASSWORD = "hush-of-the-database";
    private static final String[] MANDATORY = {
        "TIKTOK_CLIENT_ID is missing",
        "TIKTOK_CLIENT_SECRET is missing",
        "TIKTOK_REDIRECT_URI is missing",
        "TIKTOK_SERVICE_ID is missing",
        "TIKTOK_TOKEN_ENCRYPTION_KEYS is missing"
    };

    private static final String OF_JDBC_URL = "the database of JDBC_URL is the demonstration's";

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private final TikTokSimulator tikTok = TikTokSimulator.start();

    @AfterEach
    void stop() {
        tikTok.close();
    }

    private Map<String, String> real(Map<String, String> more) {
        Map<String, String> environment = Shops.real(tikTok.environment());
        environment.put("PORT", "0");
        environment.putAll(more);
        return environment;
    }

    private Map<String, String> database() {
        return Map.of(
                "JDBC_URL",
                "jdbc:h2:file:" + elsewhere.resolve("hosts") + ";WRITE_DELAY=0",
                "JDBC_USER",
                "app",
                "JDBC_PASSWORD",
                PASSWORD);
    }

    /** A healthy row, which a simulated TikTok would refuse and the app then mark. */
    private void connectAlice() {
        try (App app = App.start(real(database()), directory)) {
            Client client = Client.signedIn(app, "alice");
            assertThat(Shops.callback(client, tikTok.allow(Shops.authUrl(client)))
                            .status())
                    .isEqualTo(200);
        }
    }

    private void assertRefused(Map<String, String> environment, String... reasons) {
        assertRefused(AppProcess.launchOfThisBuild(directory, environment), reasons);
    }

    private static void assertRefused(AppProcess process, String... reasons) {
        try (AppProcess app = process) {
            assertThat(app.exitCode()).isEqualTo(2);
            assertThat(app.output())
                    .startsWith("Cannot start: ")
                    .contains(reasons)
                    .doesNotContain("Ready", "Exception", "\tat ", "jdbc:", PASSWORD);
        }
    }

    private static List<Path> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.toList();
        }
    }

    @Test
    void aDatabaseWithAHealthyRowIsNotOpenedWithoutCredentials() throws IOException {
        connectAlice();
        Path file = elsewhere.resolve("hosts.mv.db");
        byte[] before = Files.readAllBytes(file);

        Map<String, String> environment = new HashMap<>(database());
        environment.put("PORT", "0");
        assertRefused(environment, MANDATORY);
        environment.put("HOST", "127.0.0.1");
        environment.put("SIMULATOR_PORT", "0");
        environment.put("REFRESH_DUE_MINUTES", "1");
        environment.put("TIKTOK_CLIENT_ID", "");
        assertRefused(environment, MANDATORY);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files(directory)).as("made beside it").isEmpty();
        try (App app = App.start(real(database()), directory)) {
            assertThat(Client.signedIn(app, "alice")
                            .post(API + "/auth/refresh", "")
                            .body())
                    .contains("\"success\":true");
        }
    }

    @Test
    void noTableIsMadeWithoutCredentials() throws IOException {
        assertRefused(database(), MANDATORY);
        assertThat(files(elsewhere)).isEmpty();
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void halfOfTheSettingsIsToldFromNone() throws IOException {
        Map<String, String> environment = new HashMap<>(database());
        environment.putAll(real(Map.of()));
        environment.putAll(Map.of("TIKTOK_CLIENT_SECRET", "", "TIKTOK_TOKEN_ENCRYPTION_KEYS", ""));
        assertRefused(environment, "TIKTOK_CLIENT_SECRET is missing", "TIKTOK_TOKEN_ENCRYPTION_KEYS is missing");
        assertRefused(Map.of("JDBC_USER", "app"), "JDBC_URL is missing", MANDATORY[0], MANDATORY[4]);
        assertRefused(Map.of("TIKTOK_SERVICE_ID", "7000000000000000001"), MANDATORY[0], MANDATORY[4]);
        assertThat(files(elsewhere)).isEmpty();
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void whereOthersCanReachItTiktokIsNotSimulated() throws IOException {
        assertRefused(Map.of("HOST", "0.0.0.0", "PORT", "0"), MANDATORY);
        assertThat(files(directory)).isEmpty();
    }

    @Test
    @Tag("slow")
    void aHostNameCountsAsWhatAllItsAddressesAre() throws IOException {
        Path hosts = Files.writeString(elsewhere.resolve("hosts"), """
                127.0.0.1 this-machine.test
                127.0.1.1 also-this-machine.test
                127.0.0.1 two-sided.test
                192.0.2.1 two-sided.test
                192.0.2.1 another-machine.test
                """);
        for (String name : List.of("two-sided.test", "another-machine.test", "nowhere.test")) {
            assertRefused(named(hosts, Map.of("HOST", name, "PORT", "0")), "HOST (not a loopback address)");
        }
        assertThat(files(directory)).isEmpty();
        for (Map.Entry<String, String> host : Map.of(
                        "this-machine.test", "127.0.0.1", "also-this-machine.test", "127.0.1.1")
                .entrySet()) {
            Map<String, String> environment = new HashMap<>(AppProcess.freePorts());
            environment.put("HOST", host.getKey());
            try (AppProcess app = named(hosts, environment).awaitReady()) {
                String url = "http://" + host.getValue() + ":" + environment.get("PORT");
                assertThat(app.output()).contains("simulated at", "Ready: " + url + "/");
                Client client = new Client(url);
                client.signIn("alice");
                assertThat(Visitor.connect(client, SimulatedSeller.ONE_SHOP).status())
                        .isEqualTo(303);
                assertThat(client.method("DELETE", API + "/shop/disconnect").status())
                        .isEqualTo(200);
            }
        }
    }

    private AppProcess named(Path hosts, Map<String, String> environment) {
        return AppProcess.launch(
                directory,
                environment,
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                App.class.getName());
    }

    @Test
    void theDemonstrationAndTheRealTiktokHaveAFileEach() {
        Map<String, String> demonstration = AppProcess.freePorts();
        try (App app = App.start(demonstration, directory)) {
            Shops.connected(app, "alice", SimulatedSeller.ONE_SHOP);
        }
        try (App app = App.start(real(Map.of()), directory)) {
            Client client = Client.signedIn(app, "alice");
            assertThat(client.get(API + "/auth/status").body()).contains("\"isConnected\":false");
            assertThat(Shops.callback(client, tikTok.allow(Shops.authUrl(client), SimulatedSeller.ANOTHER_SHOP))
                            .status())
                    .isEqualTo(200);
        }
        try (App app = App.start(demonstration, directory)) {
            assertThat(Client.signedIn(app, "alice").get(API + "/shop/info").body())
                    .contains("Teapot & Co London");
            assertThat(Client.signedIn(app, "alice")
                            .post(API + "/auth/refresh", "")
                            .status())
                    .isEqualTo(200);
        }
        try (App app = App.start(real(Map.of()), directory)) {
            assertThat(Client.signedIn(app, "alice")
                            .post(API + "/auth/refresh", "")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(tikTok.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void theFileOfTheDemonstrationIsRefusedToTheRealTiktok() throws IOException, SQLException {
        try (App app = App.start(Map.of("PORT", "0"), directory)) {
            Shops.connected(app, "alice", SimulatedSeller.ONE_SHOP);
        }
        Path home = directory.resolve("tiktok-auth-demo");
        Path file = home.resolve(DemoDatabase.FILE);
        String key = Files.readString(home.resolve("encryption.key")).strip();
        Path copy = elsewhere.resolve("copy");
        Files.copy(home.resolve(DemoDatabase.FILE + ".mv.db"), elsewhere.resolve("copy.mv.db"));
        Path local =
                Files.createDirectory(elsewhere.resolve("tiktok-auth-demo")).resolve("tiktok.mv.db");
        Files.copy(home.resolve(DemoDatabase.FILE + ".mv.db"), local);
        List<String> before = rows(file);
        assertThat(before).isNotEmpty();

        Map<String, String> settings = real(Map.of("JDBC_USER", "sa", "TIKTOK_TOKEN_ENCRYPTION_KEYS", key));
        settings.put("JDBC_URL", "jdbc:h2:./tiktok-auth-demo/" + DemoDatabase.FILE);
        assertRefused(settings, OF_JDBC_URL);
        for (String url : List.of(
                "jdbc:h2:file:" + file,
                "jdbc:h2:nio:" + file + ";MODE=MySQL",
                "jdbc:h2:file:" + copy + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE")) {
            settings.put("JDBC_URL", url);
            assertRefusedHere(settings, directory, OF_JDBC_URL);
        }
        assertRefusedHere(
                real(Map.of("TIKTOK_TOKEN_ENCRYPTION_KEYS", key)), elsewhere, "tiktok.mv.db is the demonstration's");
        removeMark(file);
        settings.put("JDBC_URL", "jdbc:h2:file:" + file);
        assertRefusedHere(settings, directory, OF_JDBC_URL);

        assertThat(rows(file)).isEqualTo(before);
        assertThat(rows(copy)).isEqualTo(before);
        assertThat(tikTok.counters().refreshes()).isZero();
    }

    private static void assertRefusedHere(Map<String, String> settings, Path where, String reason) {
        assertThatThrownBy(() -> App.start(settings, where))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(reason);
    }

    /** As in a file of before there was one. */
    private static void removeMark(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON SCHEMA PUBLIC IS NULL");
        }
    }

    private static List<String> rows(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM tiktok_shop_auth ORDER BY id")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(found.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    @Test
    void theQuickStartMeetsNothingOfIt() throws IOException {
        connectAlice();
        byte[] before = Files.readAllBytes(elsewhere.resolve("hosts.mv.db"));
        Map<String, String> environment = real(database());
        environment.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("other"));
        int asked = tikTok.requests().last().size();
        try (AppProcess quickStart = AppProcess.launch(
                directory, environment, "-cp", System.getProperty("java.class.path"), QuickStart.class.getName())) {
            assertThat(quickStart.exitCode()).isZero();
            assertThat(quickStart.output()).contains("7. Still connected? false");
        }
        assertThat(tikTok.requests().last()).hasSize(asked);
        assertThat(Files.readAllBytes(elsewhere.resolve("hosts.mv.db"))).isEqualTo(before);
        assertThat(files(directory)).isEmpty();
    }
}
