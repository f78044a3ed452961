package io.github.tiktokauth.benchmarks.peers;

/** Something that keeps the tokens of many users and hands them out. */
public interface Peer extends AutoCloseable {

    /**
     * Returns a valid access token.
     *
     * @param userId whose
     * @return the token
     */
    String token(String userId);

    @Override
    default void close() {}
}
