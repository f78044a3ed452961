package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TikTok is simulated only where the environment names nothing real. */
class SimulationRuleTest {

    private static final String[] MANDATORY = {
        "TIKTOK_CLIENT_ID is missing",
        "TIKTOK_CLIENT_SECRET is missing",
        "TIKTOK_REDIRECT_URI is missing",
        "TIKTOK_SERVICE_ID is missing",
        "TIKTOK_TOKEN_ENCRYPTION_KEYS is missing"
    };

    private static Map<String, String> real(String... pair) {
        return Shops.real(pair.length == 0 ? Map.of() : Map.of(pair[0], pair[1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JDBC_URL",
                "JDBC_USER",
                "JDBC_PASSWORD",
                "JDBC_USERNAME",
                "TIKTOK_SERVICE_ID",
                "TIKTOK_REDIRECT_URI",
                "TIKTOK_TOKEN_URL",
                "TIKTOK_TOKEN_CACHE_SECONDS",
                "TIKTOK_TOKEN_ENCRYPTION_KEYS",
                "TIKTOK_CLIENT_SECRET_PREVIOUS",
                "TIKTOK_APPS",
                "TIKTOK_ANYTHING"
            })
    void oneNameThatBelongsToSomethingRealIsEnoughAgainstIt(String name) {
        String[] missing = Arrays.stream(MANDATORY)
                .filter(problem -> !problem.startsWith(name + " "))
                .toArray(String[]::new);
        assertThatThrownBy(() -> Settings.from(Map.of(name, "hush")))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith(
                        "TikTok is simulated only where nothing real is around, and this is set: " + name)
                .hasMessageContainingAll(missing)
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "0", "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"})
    void norIsItSimulatedWhereOthersCanReachIt(String host) {
        assertThatThrownBy(() -> Settings.from(Map.of("HOST", host)))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("HOST (not a loopback address)")
                .hasMessageContainingAll(MANDATORY)
                .hasMessageNotContaining(host + " ");
        assertThat(Settings.from(real("HOST", host)).simulated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.2",
                "127.1",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1"
            })
    void onALoopbackAddressItIsSimulated(String host) {
        assertThat(Settings.from(Map.of("HOST", host)).simulated()).isTrue();
    }

    @Test
    void emptyValuesCountAsAbsent() {
        List<String> names = List.of(
                "HOST",
                "PORT",
                "SIMULATOR_PORT",
                "REFRESH_DUE_MINUTES",
                "JDBC_URL",
                "JDBC_USER",
                "JDBC_PASSWORD",
                "TIKTOK_CLIENT_ID",
                "TIKTOK_CLIENT_SECRET",
                "TIKTOK_TOKEN_ENCRYPTION_KEYS");
        for (String empty : List.of("", "  ", "\t")) {
            Map<String, String> environment = names.stream().collect(Collectors.toMap(name -> name, name -> empty));
            assertThat(Settings.from(environment).simulated()).isTrue();
            environment.put("JDBC_USER", "app");
            assertThatThrownBy(() -> Settings.from(environment))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContainingAll(MANDATORY)
                    .hasMessageContaining("this is set: JDBC_USER; JDBC_URL is missing");
        }
    }

    @Test
    void whatIsNoSignOfAnythingRealLeavesItSimulated() {
        assertThat(Settings.from(Map.of(
                                "PATH", "/bin",
                                "HOSTNAME", "web-1",
                                "PORT", "80",
                                "SIMULATOR_PORT", "81",
                                "REFRESH_DUE_MINUTES", "5"))
                        .simulated())
                .isTrue();
    }

    @Test
    void aPortForTheSimulatorDoesNotBringItBack() {
        assertThatThrownBy(() -> Settings.from(Map.of("SIMULATOR_PORT", "0", "JDBC_URL", "jdbc:h2:mem:x")))
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll(MANDATORY);
        assertThat(Settings.from(real("SIMULATOR_PORT", "0")).simulated()).isFalse();
    }

    @Test
    void allThatIsMissingOrWrongIsToldAtOnce() {
        assertThatThrownBy(() -> Settings.from(Map.of(
                        "PORT", "hush",
                        "SIMULATOR_PORT", "hush",
                        "REFRESH_DUE_MINUTES", "hush",
                        "HOST", "0.0.0.0",
                        "JDBC_PASSWORD", "hush",
                        "TIKTOK_API_VERSION", "hush",
                        "TIKTOK_BASE_URL", "http://hush.example")))
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll(MANDATORY)
                .hasMessageContainingAll(
                        "these are set: HOST (not a loopback address), JDBC_PASSWORD, TIKTOK_API_VERSION, TIKTOK_BASE_URL;",
                        "; PORT must",
                        "SIMULATOR_PORT must",
                        "REFRESH_DUE_MINUTES must",
                        "JDBC_URL is missing",
                        "TIKTOK_API_VERSION must",
                        "TIKTOK_BASE_URL must")
                .hasMessageNotContaining("hush");
    }

    @Test
    void theRealTiktokWantsAllItNeedsAndNoMore() {
        assertThat(Settings.from(real()).simulated()).isFalse();
        assertThat(Settings.from(real("JDBC_URL", "jdbc:h2:mem:x")).simulated()).isFalse();
        for (String name : real().keySet()) {
            assertThatThrownBy(() -> Settings.from(real(name, " ")))
                    .isInstanceOf(SetupException.class)
                    .hasMessageStartingWith(name + " is missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDBC_USER", "JDBC_PASSWORD", "JDBC_USERNAME"})
    void whoMeansADatabaseDoesNotGetAFile(String name) {
        assertThatThrownBy(() -> Settings.from(real(name, "hush")))
                .isInstanceOf(SetupException.class)
                .hasMessage("JDBC_URL is missing: the database that " + name + " is for");
    }
}
