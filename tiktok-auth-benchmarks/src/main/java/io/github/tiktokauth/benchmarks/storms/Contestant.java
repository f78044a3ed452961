package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A library or technique under test, with a token host and a store of its own.
 *
 * @param store connects a user as a login would
 * @param stored the refresh token that stands in the store
 * @param settings what a node in another JVM opens the same contestant with; empty when it shares nothing
 * @param seeding what {@code store} and {@code stored} work with; closed with this
 */
record Contestant(
        String name,
        TokenHost host,
        Peer peer,
        Consumer<Seed> store,
        Function<String, Optional<String>> stored,
        Map<String, String> settings,
        AutoCloseable seeding)
        implements AutoCloseable {

    static final String OURS = "ours";

    boolean isOurs() {
        return name.startsWith(OURS);
    }

    /** Connects users with consecutive numbers. */
    void connect(int first, int count, Duration expiresIn) {
        IntStream.range(first, first + count)
                .parallel()
                .forEach(number -> store.accept(host.authorize(Seed.userId(number), expiresIn)));
    }

    /** Returns whether what is stored can still be refreshed; it is tried. */
    boolean isAlive(String userId) {
        return stored.apply(userId)
                .map(refreshToken -> host.client().isAccepted(refreshToken))
                .orElse(false);
    }

    @Override
    public void close() {
        peer.close();
        host.close();
        try {
            seeding.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
