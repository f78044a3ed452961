package io.github.tiktokauth.examples;

import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.UncheckedIOException;
import java.net.URI;

/** TikTok for the demonstration: what it has granted outlives a restart, as it would at TikTok. */
final class LocalTikTok {

    private static final String AUTHORIZATIONS = "simulator.json";

    private LocalTikTok() {}

    static TikTokSimulator start(int port, URI redirectUri, HomeDirectory home) {
        try {
            return TikTokSimulator.builder()
                    .port(port)
                    .redirectUri(redirectUri)
                    .rotation(RefreshTokenRotation.OLD_IS_REFUSED)
                    .authorizationsFile(home.resolve(AUTHORIZATIONS))
                    .start();
        } catch (UncheckedIOException e) {
            throw new SetupException(
                    "the simulated TikTok cannot start on port " + port + " with its authorizations in " + home.path()
                            + ": set SIMULATOR_PORT if the port is taken, or remove " + AUTHORIZATIONS + " and "
                            + DemoDatabase.FILE + ".mv.db there to start anew");
        }
    }
}
