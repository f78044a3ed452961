package io.github.tiktokauth.benchmarks.servers;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.time.Duration;
import java.util.Map;

/** A simulated token endpoint, which rotates refresh tokens. Safe for use by many threads. */
public interface TokenHost extends AutoCloseable {

    /** How a token host fails. */
    enum Outage {
        /** Not at all. */
        NONE,
        /** Connections are refused. */
        REFUSES,
        /** HTTP 503 to everything. */
        UNAVAILABLE,
        /** Takes the request and says nothing for {@link #HANG}, then closes the connection. */
        HANGS
    }

    /** Refreshes that are carried out, but not answered before they are released. */
    interface Hold {

        /**
         * Waits for refreshes to arrive; each arrival is counted in one call only.
         *
         * @param count how many
         * @param limit how long to wait at most
         * @throws IllegalStateException when they have not come within the limit, or when interrupted
         */
        void awaitRequests(int count, Duration limit);

        /** Answers those that wait, and all later ones at once. Arrivals are counted on. */
        void release();
    }

    /** How long a host that hangs does so. */
    Duration HANG = Duration.ofSeconds(20);

    /**
     * Begins a new authorization.
     *
     * @param userId whose
     * @param expiresIn how long its access token is valid; negative when it has expired
     * @return its first tokens
     */
    Seed authorize(String userId, Duration expiresIn);

    /**
     * Returns the newest access token of a user.
     *
     * @param userId whose
     * @return the token
     */
    String accessToken(String userId);

    /**
     * Returns the number of requests for a refresh since the start.
     *
     * @return the number
     */
    int requests();

    /**
     * Holds the answers to refreshes from now on, in place of an earlier hold.
     *
     * @return the hold
     */
    Hold hold();

    /**
     * Sets how long each answer takes; the work is done first.
     *
     * @param latency how long
     */
    void latency(Duration latency);

    /**
     * Sets how the host fails from now on.
     *
     * @param outage how
     */
    void outage(Outage outage);

    /**
     * Returns the URL that refreshes go to.
     *
     * @return the URL
     */
    String tokenUrl();

    /**
     * Returns the least client that works with this host.
     *
     * @return the client; closed with the host
     */
    BareClient client();

    /**
     * Returns what a node in another JVM must know of this host.
     *
     * @return settings by name
     */
    Map<String, String> settings();

    @Override
    void close();
}
