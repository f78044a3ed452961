package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedTokens;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** TikTok's token host, as our simulator has it. */
final class SimulatorHost implements TokenHost {

    private static final Duration AUTHORIZATION = Duration.ofDays(300);

    private final TikTokSimulator simulator = TikTokSimulator.builder()
            .rotation(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION)
            .tokenLength(Seed.TOKEN_LENGTH)
            .start();
    private final BareClient client = BareClient.ofTikTok(settings());

    @Override
    public Seed authorize(String userId, Duration expiresIn) {
        Instant now = Instant.now();
        SimulatedTokens tokens = simulator.seedAuthorization(
                SimulatedSeller.withOneShop(userId), now.plus(expiresIn), now.plus(AUTHORIZATION));
        return new Seed(userId, tokens.accessToken(), tokens.refreshToken(), tokens.accessTokenExpiresAt());
    }

    @Override
    public int requests() {
        return simulator.counters().refreshes();
    }

    @Override
    public void latency(Duration latency) {
        simulator.faults().latency(SimulatedEndpoint.REFRESH, latency);
    }

    @Override
    public void trouble(Trouble trouble) {
        simulator.faults().clear(SimulatedEndpoint.REFRESH);
        simulator.goOnline();
        switch (trouble) {
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

    @Override
    public void close() {
        client.close();
        simulator.close();
    }
}
