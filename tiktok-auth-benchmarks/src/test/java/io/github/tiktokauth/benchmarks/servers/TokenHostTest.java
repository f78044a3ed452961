package io.github.tiktokauth.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.benchmarks.peers.Seed;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both token hosts do the same, or the contestants would not be compared on the same work. */
class TokenHostTest {

    private static final Duration EXPIRED = Duration.ofMinutes(-1);

    static Stream<Supplier<TokenHost>> hosts() {
        return Stream.of(TikTokTokenHost::start, OAuthTokenHost::start);
    }

    static Stream<Supplier<TokenHost>> hostsAcceptingOldTokens() {
        return Stream.of(TikTokTokenHost::startAcceptingOldTokens, OAuthTokenHost::startAcceptingOldTokens);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aRefreshRotatesAndAnOldTokenEndsTheAuthorization(Supplier<TokenHost> start) {
        try (TokenHost host = start.get()) {
            Seed seed = host.authorize("alice", EXPIRED);
            assertThat(seed.accessToken()).hasSize(Seed.TOKEN_LENGTH);
            BareClient.Pair next = host.client().refresh(seed.refreshToken());
            assertThat(next.refreshToken()).isNotEqualTo(seed.refreshToken());
            assertThat(host.accessToken("alice")).isEqualTo(next.accessToken());
            assertThat(host.client().isAccepted(seed.refreshToken())).isFalse();
            assertThat(host.client().isAccepted(next.refreshToken())).isFalse();
            assertThat(host.requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("hostsAcceptingOldTokens")
    void anOldTokenIsAcceptedIfWanted(Supplier<TokenHost> start) {
        try (TokenHost host = start.get()) {
            Seed seed = host.authorize("alice", EXPIRED);
            BareClient.Pair first = host.client().refresh(seed.refreshToken());
            BareClient.Pair second = host.client().refresh(seed.refreshToken());
            assertThat(host.accessToken("alice"))
                    .isEqualTo(second.accessToken())
                    .isNotEqualTo(first.accessToken());
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aHeldRefreshIsAnsweredWhenReleased(Supplier<TokenHost> start) {
        try (TokenHost host = start.get()) {
            Seed seed = host.authorize("alice", EXPIRED);
            TokenHost.Hold hold = host.hold();
            CompletableFuture<BareClient.Pair> answer =
                    CompletableFuture.supplyAsync(() -> host.client().refresh(seed.refreshToken()));
            hold.awaitRequests(1, Duration.ofSeconds(30));
            assertThat(answer).isNotDone();
            hold.release();
            assertThat(answer.join().accessToken()).isEqualTo(host.accessToken("alice"));
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void arrivalsAreCountedAfterARelease(Supplier<TokenHost> start) {
        try (TokenHost host = start.get()) {
            TokenHost.Hold arrivals = host.hold();
            arrivals.release();
            String token = host.authorize("alice", EXPIRED).refreshToken();
            for (int i = 0; i < 3; i++) {
                token = host.client().refresh(token).refreshToken();
            }
            arrivals.awaitRequests(3, Duration.ofSeconds(30));
            assertThatThrownBy(() -> arrivals.awaitRequests(1, Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anOutageEnds(Supplier<TokenHost> start) {
        try (TokenHost host = start.get()) {
            Seed seed = host.authorize("alice", EXPIRED);
            host.outage(TokenHost.Outage.REFUSES);
            assertThatThrownBy(() -> host.client().refresh(seed.refreshToken()))
                    .isInstanceOf(UncheckedIOException.class);
            host.outage(TokenHost.Outage.UNAVAILABLE);
            assertThatThrownBy(() -> host.client().refresh(seed.refreshToken())).isInstanceOf(RuntimeException.class);
            host.outage(TokenHost.Outage.NONE);
            assertThat(host.client().isAccepted(seed.refreshToken())).isTrue();
        }
    }
}
