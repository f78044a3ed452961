package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.servers.TokenHost;

/** A contestant whose users can disconnect. */
interface DisconnectContestant extends AutoCloseable {

    String name();

    TokenHost host();

    void connect(Seed seed);

    String token(String userId);

    void disconnect(String userId);

    boolean isConnected(String userId);

    @Override
    default void close() {
        host().close();
    }
}
