package io.github.tiktokauth.examples;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the console says: where to click. The last line begins with {@code Ready:} for those who wait for it. */
record StartupMessage(
        String url,
        URI redirectUri,
        @Nullable URI simulator,
        @Nullable Path files) {

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
            notes.add("  No JDBC_ and no TIKTOK_ name is set, so TikTok is simulated at " + simulator + ".");
        } else {
            notes.add("  It calls TikTok as the app of " + Settings.CLIENT_ID + ".");
        }
        if (files == null) {
            notes.add("  Connections are kept in the database of JDBC_URL.");
        } else if (simulator == null) {
            notes.add("  No JDBC_URL is set, so connections are kept in an H2 file in " + files + ".");
        } else {
            notes.add("  Files are kept in " + files + ".");
        }
        if (!App.CALLBACK_PATH.equals(redirectUri.getPath())) {
            notes.add("  Beware: " + Settings.REDIRECT_URI + " does not lead to " + App.CALLBACK_PATH + ".");
        }
        return notes;
    }
}
