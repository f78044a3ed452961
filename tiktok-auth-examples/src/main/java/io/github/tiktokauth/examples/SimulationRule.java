package io.github.tiktokauth.examples;

import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.TikTokConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * TikTok is simulated only where the environment names nothing real. The simulator refuses tokens that are not its own, and a
 * connection whose refresh token is refused is marked: with a real database that would be every connection in it.
 *
 * @param real the names of settings for something real; TikTok is simulated when there are none
 * @param problems what is missing or wrong for the real TikTok; none when TikTok is simulated
 */
record SimulationRule(List<String> real, List<String> problems) {

    private static final String DATABASE = "JDBC_";
    private static final String URL = "JDBC_URL";

    /** Looks at names whose values are not empty. */
    static SimulationRule of(Map<String, String> given, ListenAddress listen) {
        TreeSet<String> database = new TreeSet<>(given.keySet());
        database.removeIf(name -> !name.startsWith(DATABASE));
        TreeSet<String> real = new TreeSet<>(given.keySet());
        real.removeIf(name -> !name.startsWith(Settings.TIKTOK));
        boolean credentials = real.contains(Settings.CLIENT_ID) || real.contains(Settings.CLIENT_SECRET);
        real.addAll(database);
        if (!listen.loopback()) {
            real.add("HOST (not a loopback address)");
        }
        if (real.isEmpty()) {
            return new SimulationRule(List.of(), List.of());
        }
        List<String> problems = new ArrayList<>();
        if (!credentials) {
            problems.add("TikTok is simulated only where nothing real is around, and "
                    + (real.size() == 1 ? "this is set: " : "these are set: ") + String.join(", ", real));
        }
        if (!database.isEmpty() && !database.contains(URL)) {
            problems.add(URL + " is missing: the database that " + String.join(" and ", database)
                    + (database.size() == 1 ? " is for" : " are for"));
        }
        try {
            TikTokConfig.fromMap(given);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        if (!given.containsKey(Settings.KEYS)) {
            problems.add(Settings.KEYS + " is missing: id:base64 of 32 bytes, to encrypt the stored tokens");
        }
        return new SimulationRule(List.copyOf(real), List.copyOf(problems));
    }

    boolean simulated() {
        return real.isEmpty();
    }
}
