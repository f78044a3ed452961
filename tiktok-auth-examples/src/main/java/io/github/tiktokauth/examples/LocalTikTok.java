package io.github.tiktokauth.examples;

import io.github.tiktokauth.testkit.TikTokSimulator;
import java.io.UncheckedIOException;
import java.net.URI;

/** TikTok for the demonstration: what it has granted outlives a restart, as it would at TikTok. */
final class LocalTikTok {

    private LocalTikTok() {}

    static TikTokSimulator start(int port, URI redirectUri, HomeDirectory home) {
        try {
            return TikTokSimulator.builder().port(port).redirectUri(redirectUri).start();
        } catch (UncheckedIOException e) {
            throw new SetupException(
                    "cannot listen on port " + port + " for the simulated TikTok: it is in use; set SIMULATOR_PORT");
        }
    }
}
