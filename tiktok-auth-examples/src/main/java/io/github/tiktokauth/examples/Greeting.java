package io.github.tiktokauth.examples;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the console says: where to click. The last line begins with {@code Ready:} for those who wait for it. */
record Greeting(
        Settings settings,
        String url,
        URI redirectUri,
        @Nullable URI simulator,
        Path home) {

    String text() {
        return """

                TikTok Shop Auth, example app

                %s

                %s

                Ready: %s/  (Ctrl-C ends it)""".formatted(steps(), String.join("\n", notes()), url);
    }

    private String steps() {
        return simulator == null ? "  Open " + url + "/" : """
                  1. Open %s/
                  2. Sign in under any name, and press "Connect a TikTok Shop".
                  3. At the simulated TikTok choose a seller, and press "Allow".""".formatted(url);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (simulator != null) {
            notes.add("  No TIKTOK_CLIENT_ID is set, so TikTok is simulated at " + simulator + ".");
            TreeSet<String> unused = new TreeSet<>(settings.tikTok().keySet());
            unused.removeIf(name -> !name.endsWith("_URL") && !name.equals("TIKTOK_SERVICE_ID"));
            unused.forEach(name -> notes.add("  Not used, for want of credentials: " + name + "."));
        }
        notes.add("  Files are kept in " + home + ".");
        if (settings.jdbcUrl() != null && !settings.tikTok().containsKey(Settings.KEYS)) {
            notes.add("  The key to the tokens in that database is there too; keep it, or set " + Settings.KEYS + ".");
        }
        if (!App.CALLBACK_PATH.equals(redirectUri.getPath())) {
            notes.add("  Beware: " + Settings.REDIRECT_URI + " does not lead to " + App.CALLBACK_PATH + ".");
        }
        return notes;
    }
}
