package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.time.Duration;
import java.util.Map;

/** Where refresh tokens are spent. It rotates them, and the reuse of an old one ends the authorization. */
interface TokenHost extends AutoCloseable {

    /** What can be wrong with it. */
    enum Trouble {
        NONE,
        /** Connections are refused. */
        REFUSES,
        /** HTTP 503 to everything. */
        UNAVAILABLE,
        /** Takes the request and says nothing for {@link #HANG}, then closes the connection. */
        HANGS
    }

    Duration HANG = Duration.ofSeconds(20);

    /** A new authorization whose access token ends after this time, or has ended before it. */
    Seed authorize(String userId, Duration expiresIn);

    /** Requests for refreshes since the start. */
    int requests();

    /** How long each answer takes; the work is done first. */
    void latency(Duration latency);

    void trouble(Trouble trouble);

    String tokenUrl();

    /** The least client that works with this host. */
    BareClient client();

    /** What a node in another JVM must know of it. */
    Map<String, String> settings();

    @Override
    void close();
}
