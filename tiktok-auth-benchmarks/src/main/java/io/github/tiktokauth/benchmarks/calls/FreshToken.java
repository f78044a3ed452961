package io.github.tiktokauth.benchmarks.calls;

import io.github.tiktokauth.benchmarks.peers.Floors;
import io.github.tiktokauth.benchmarks.peers.GooglePeer;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The hot path: a fresh token from memory. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class FreshToken {

    /** The implementations that are compared. */
    public enum Contestant {
        FLOOR_MAP("floor: ConcurrentHashMap"),
        FLOOR_CAFFEINE("floor: Caffeine"),
        OURS("this library"),
        GOOGLE_AUTH("google-auth-library"),
        SPRING_IN_MEMORY("Spring Security, in memory"),
        MSAL4J("MSAL4J");

        private final String label;

        Contestant(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        Peer with(List<Seed> seeds) {
            String nowhere = "http://127.0.0.1:1/";
            return switch (this) {
                case FLOOR_MAP -> Floors.map(seeds);
                case FLOOR_CAFFEINE -> Floors.caffeine(seeds);
                case OURS -> TikTokAuthPeer.inMemory(seeds);
                case GOOGLE_AUTH -> new GooglePeer(seeds, nowhere);
                case SPRING_IN_MEMORY -> SpringPeer.inMemory(seeds, nowhere);
                case MSAL4J ->
                    new MsalPeer(seeds, request -> {
                        throw new IllegalStateException("nothing to ask for");
                    });
            };
        }
    }

    /** The implementation. */
    @Param
    public Contestant contestant = Contestant.OURS;

    /** How many users take turns. */
    @Param({"1", "10000"})
    public int users;

    private Peer peer = userId -> userId;
    private String[] ids = {};

    /** Written, so that nobody optimizes it away. */
    public volatile byte[] garbage = {};

    /** The users in turn; each thread begins at another one. */
    @State(Scope.Thread)
    public static class NextUser {

        private int next = ThreadLocalRandom.current().nextInt(1 << 20);

        String of(String[] ids) {
            next = next + 1 < ids.length ? next + 1 : 0;
            return ids[next];
        }
    }

    private void connect() {
        List<Seed> seeds = IntStream.range(0, users)
                .mapToObj(number -> Seed.of(number, Duration.ofDays(6)))
                .toList();
        peer = contestant.with(seeds);
        ids = seeds.stream().map(Seed::userId).toArray(String[]::new);
        for (Seed seed : seeds) {
            if (!peer.token(seed.userId()).equals(seed.accessToken())) {
                throw new IllegalStateException(contestant + " gives another token");
            }
        }
    }

    /**
     * Connects all users, asks for each once, and lets young collections move what the contestant keeps, as they do in a host that
     * has been running for a while: right after the set-up it lies scattered among what decrypting or parsing left behind.
     */
    @Setup
    public void age() {
        connect();
        for (int i = 0; i < 100_000; i++) {
            garbage = new byte[40_000];
        }
    }

    /** Closes the contestant. */
    @TearDown
    public void close() {
        peer.close();
    }

    /**
     * Asks for one token.
     *
     * @param nextUser whose token
     * @return the token
     */
    @Benchmark
    public String token(NextUser nextUser) {
        return peer.token(nextUser.of(ids));
    }
}
