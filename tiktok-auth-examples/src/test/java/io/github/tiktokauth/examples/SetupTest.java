package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read and made before the first request. */
class SetupTest {

    @TempDir
    Path directory;

    private static Map<String, String> with(String... pairs) {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0"));
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    @Test
    void byDefaultItListensOnPort8000OfThisMachineAndSimulatesTiktok() {
        Settings settings = Settings.from(Map.of("PATH", "/bin", "HOST", " "));
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.simulatorPort()).isEqualTo(8001);
        assertThat(settings.simulated()).isTrue();
        assertThat(settings.tikTok()).isEmpty();
        assertThat(settings.jdbcUrl()).isNull();
    }

    @Test
    void wrongPortsAreAllReportedByName() {
        assertThatThrownBy(() -> Settings.from(Map.of("PORT", "eighty", "SIMULATOR_PORT", "65536")))
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll("PORT must", "SIMULATOR_PORT must")
                .hasMessageNotContaining("eighty");
    }

    @Test
    void halfOfTheCredentialsIsAMistakeAndNoSimulation() {
        assertThatThrownBy(() -> App.start(with("TIKTOK_CLIENT_ID", "key"), directory))
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll(
                        "TIKTOK_CLIENT_SECRET",
                        "TIKTOK_REDIRECT_URI",
                        "TIKTOK_SERVICE_ID",
                        "TIKTOK_TOKEN_ENCRYPTION_KEYS")
                .hasMessageNotContaining("simulated");
    }

    @Test
    void aPortInUseIsToldByName() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "" + taken.getLocalPort();
            assertThatThrownBy(() -> App.start(with("PORT", port), directory))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContainingAll(port, "HOST and PORT");
            assertThatThrownBy(() -> App.start(with("SIMULATOR_PORT", port), directory))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContainingAll(port, "SIMULATOR_PORT");
        }
        App.start(with(), directory).close();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsToldWithoutItsUrl() {
        for (String url : new String[] {
            "jdbc:h2:tcp://127.0.0.1:1/x;PASSWORD=hush",
            "jdbc:unknown:hush",
            "jdbc:postgresql://127.0.0.1:1/x?password=hush"
        }) {
            Map<String, String> settings = Shops.real(with("JDBC_URL", url, "JDBC_PASSWORD", "hush"));
            assertThatThrownBy(() -> App.start(settings, directory))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("database")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void settingsPrintNoSecret() {
        assertThat(Settings.from(Shops.real(
                                with("JDBC_URL", "hush", "JDBC_PASSWORD", "hush", "TIKTOK_CLIENT_SECRET", "hush")))
                        .toString())
                .doesNotContain("hush");
    }

    @Test
    void theKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
        String first = HomeDirectory.under(directory).keys();
        assertThat(HomeDirectory.under(directory).keys()).isEqualTo(first);
        Path home = directory.resolve("tiktok-auth-demo");
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("encryption.key"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void processesThatStartTogetherAgreeOnOneKey() {
        HomeDirectory home = HomeDirectory.under(directory);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Set<String> keys = IntStream.range(0, 8).mapToObj(any -> pool.submit(home::keys)).toList().stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.toSet());
            assertThat(keys).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aKeyThatIsBrokenOrOpenToOthersIsRefusedAndNeverReplaced() throws IOException {
        HomeDirectory home = HomeDirectory.under(directory);
        String key = home.keys();
        Path file = home.resolve("encryption.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(home::keys).isInstanceOf(SetupException.class).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        String broken = key.substring(0, key.length() - 8);
        Files.writeString(file, broken);
        assertThatThrownBy(home::keys)
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining(key.substring(10, 20));
        assertThat(Files.readString(file)).isEqualTo(broken);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsTold() throws IOException {
        Files.writeString(directory.resolve("tiktok-auth-demo"), "a file");
        assertThatThrownBy(() -> HomeDirectory.under(directory))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("in the way");
        assertThatThrownBy(() -> HomeDirectory.under(directory.resolve("none")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("cannot create");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
