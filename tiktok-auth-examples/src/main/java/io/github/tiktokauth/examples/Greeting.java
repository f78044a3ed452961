package io.github.tiktokauth.examples;

import io.github.tiktokauth.testkit.TikTokSimulator;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the console says: where to click. The last line begins with {@code Ready:} for those who wait for it. */
record Greeting(String url, @Nullable TikTokSimulator simulator, Path home) {

    String text() {
        return """

                TikTok Shop Auth, example app

                %s

                  Files are kept in %s

                Ready: %s/  (Ctrl-C ends it)""".formatted(simulator == null ? "  Open " + url + "/" : steps(simulator), home, url);
    }

    private String steps(TikTokSimulator tikTok) {
        return """
                  1. Open %s/
                  2. Sign in under any name, and press "Connect a TikTok Shop".
                  3. At the simulated TikTok choose a seller, and press "Allow".

                  No TIKTOK_CLIENT_ID is set, so TikTok is simulated at %s""".formatted(url, tikTok.url());
    }
}
