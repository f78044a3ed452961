package io.github.tiktokauth.benchmarks.servers;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedTokens;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** TikTok's token host, as our simulator has it. */
public final class TikTokTokenHost implements TokenHost {

    private static final Duration AUTHORIZATION = Duration.ofDays(300);

    private final TikTokSimulator simulator;
    private final BareClient client;

    private TikTokTokenHost(RefreshTokenRotation rotation) {
        simulator = TikTokSimulator.builder()
                .rotation(rotation)
                .tokenLength(Seed.TOKEN_LENGTH)
                .start();
        client = BareClient.ofTikTok(settings());
    }

    /**
     * Starts a host that ends an authorization when an old refresh token of it is used again.
     *
     * @return the host
     */
    public static TikTokTokenHost start() {
        return new TikTokTokenHost(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION);
    }

    /**
     * Starts a host that goes on accepting old refresh tokens.
     *
     * @return the host
     */
    public static TikTokTokenHost startAcceptingOldTokens() {
        return new TikTokTokenHost(RefreshTokenRotation.OLD_STAYS_VALID);
    }

    @Override
    public Seed authorize(String userId, Duration expiresIn) {
        Instant now = Instant.now();
        SimulatedTokens tokens = simulator.seedAuthorization(
                SimulatedSeller.withOneShop(userId), now.plus(expiresIn), now.plus(AUTHORIZATION));
        return new Seed(userId, tokens.accessToken(), tokens.refreshToken(), tokens.accessTokenExpiresAt());
    }

    @Override
    public String accessToken(String userId) {
        return simulator.tokensOf(userId).orElseThrow().accessToken();
    }

    @Override
    public int requests() {
        return simulator.counters().refreshes();
    }

    @Override
    public Hold hold() {
        Gate gate = new Gate();
        simulator.faults().clear(SimulatedEndpoint.REFRESH);
        simulator.faults().always(SimulatedEndpoint.REFRESH, Fault.heldAfter(gate));
        return new Hold() {
            @Override
            public void awaitRequests(int count, Duration limit) {
                gate.awaitArrivals(count, limit);
            }

            @Override
            public void release() {
                gate.open();
            }
        };
    }

    @Override
    public void latency(Duration latency) {
        simulator.faults().latency(SimulatedEndpoint.REFRESH, latency);
    }

    @Override
    public void outage(Outage outage) {
        simulator.faults().clear(SimulatedEndpoint.REFRESH);
        simulator.goOnline();
        switch (outage) {
            case NONE -> {}
            case REFUSES -> simulator.goOffline();
            case UNAVAILABLE -> simulator.faults().always(SimulatedEndpoint.REFRESH, Fault.unavailable());
            case HANGS -> {
                simulator.faults().latency(SimulatedEndpoint.REFRESH, HANG);
                simulator.faults().always(SimulatedEndpoint.REFRESH, Fault.dropped());
            }
        }
    }

    @Override
    public String tokenUrl() {
        return BareClient.refreshUrl(settings());
    }

    @Override
    public BareClient client() {
        return client;
    }

    @Override
    public Map<String, String> settings() {
        return simulator.environment();
    }

    /**
     * Returns the App Key of the app that its tokens belong to.
     *
     * @return the App Key
     */
    public String appKey() {
        return Objects.requireNonNull(settings().get("TIKTOK_CLIENT_ID"));
    }

    @Override
    public void close() {
        client.close();
        simulator.close();
    }
}
