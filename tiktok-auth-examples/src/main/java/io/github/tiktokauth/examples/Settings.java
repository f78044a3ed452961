package io.github.tiktokauth.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The app's own settings, and those named {@code TIKTOK_*} for the library. An empty value counts as absent.
 *
 * @param listen the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param simulatorPort the port of the simulated TikTok, if it is started; 0 takes a free one
 * @param jdbcUrl the database; an H2 file when absent, and always for the demonstration
 * @param jdbcUser the database's user, if it needs one
 * @param jdbcPassword the database's password, if it needs one
 * @param keepAliveEvery how often what is due is refreshed without being asked for; never when absent
 * @param tikTok what {@code TikTokConfig.fromMap} reads; empty when TikTok is simulated
 * @param simulated whether this is the demonstration, with a simulated TikTok
 */
record Settings(
        ListenAddress listen,
        int port,
        int simulatorPort,
        @Nullable String jdbcUrl,
        @Nullable String jdbcUser,
        @Nullable String jdbcPassword,
        @Nullable Duration keepAliveEvery,
        Map<String, String> tikTok,
        boolean simulated) {

    static final String TIKTOK = "TIKTOK_";
    static final String CLIENT_ID = "TIKTOK_CLIENT_ID";
    static final String CLIENT_SECRET = "TIKTOK_CLIENT_SECRET";
    static final String REDIRECT_URI = "TIKTOK_REDIRECT_URI";
    static final String KEYS = "TIKTOK_TOKEN_ENCRYPTION_KEYS";

    private static final int DEFAULT_PORT = 8000;
    private static final int HIGHEST_PORT = 65535;

    /** Reads the environment; throws a {@link SetupException} that names all that is wrong. */
    static Settings from(Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                given.put(name, value.strip());
            }
        });
        List<String> problems = new ArrayList<>();
        int port = port(given, "PORT", DEFAULT_PORT, problems);
        // A fixed port, because the connection and the consent link name the simulator's address.
        int adjacent = port == 0 ? 0 : port == HIGHEST_PORT ? port - 1 : port + 1;
        int simulatorPort = port(given, "SIMULATOR_PORT", adjacent, problems);
        Duration keepAliveEvery = minutes(given, "REFRESH_DUE_MINUTES", problems);
        ListenAddress listen = ListenAddress.of(given.getOrDefault("HOST", "127.0.0.1"));
        SimulationRule rule = SimulationRule.of(given, listen);
        problems.addAll(0, rule.problems());
        if (!problems.isEmpty()) {
            throw new SetupException(String.join("; ", problems));
        }
        Map<String, String> tikTok = new HashMap<>(given);
        tikTok.keySet().removeIf(name -> !name.startsWith(TIKTOK));
        return new Settings(
                listen,
                port,
                simulatorPort,
                given.get("JDBC_URL"),
                given.get("JDBC_USER"),
                given.get("JDBC_PASSWORD"),
                keepAliveEvery,
                Map.copyOf(tikTok),
                rule.simulated());
    }

    private static int port(Map<String, String> given, String name, int fallback, List<String> problems) {
        String text = given.get(name);
        if (text == null) {
            return fallback;
        }
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        problems.add(name + " must be a number from 0 to " + HIGHEST_PORT);
        return fallback;
    }

    private static @Nullable Duration minutes(Map<String, String> given, String name, List<String> problems) {
        String text = given.get(name);
        if (text == null) {
            return null;
        }
        if (text.matches("[1-9]\\d{0,3}")) {
            return Duration.ofMinutes(Integer.parseInt(text));
        }
        problems.add(name + " must be a number from 1 to 9999");
        return null;
    }

    /** What to bind. For the demonstration it is the very address that was found to be a loopback address. */
    String host() {
        return simulated ? listen.inUrls() : listen.host();
    }

    /** For URLs: who listens everywhere is found on this machine. */
    String visibleHost() {
        return listen.inUrls();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Settings[" + listen.host() + ":" + port + ", " + (simulated() ? "simulated" : "real") + " TikTok]";
    }
}
