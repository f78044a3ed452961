package io.github.tiktokauth.simulator;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the builder gathered. */
record SimulatorSettings(
        int port,
        String appKey,
        String appSecret,
        String serviceId,
        URI redirectUri,
        SimulatorClock clock,
        Duration accessTokenLifetime,
        Duration refreshTokenLifetime,
        RefreshTokenRotation rotation,
        boolean oldAccessTokensLive,
        boolean newConsentEndsOlder,
        String tokenMark,
        int tokenLength,
        boolean controlApi,
        @Nullable AuthorizationsFile authorizationsFile) {

    @Override
    public String toString() {
        return "SimulatorSettings[app key " + appKey + "]";
    }
}
