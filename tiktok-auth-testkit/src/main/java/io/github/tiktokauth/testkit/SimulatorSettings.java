package io.github.tiktokauth.testkit;

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
        MovableClock clock,
        Duration accessTokenLifetime,
        Duration refreshTokenLifetime,
        RefreshTokenRotation rotation,
        boolean oldAccessTokensLive,
        boolean newConsentEndsOlder,
        String tokenMark,
        int tokenLength,
        boolean controlApi,
        @Nullable LedgerFile ledgerFile) {

    @Override
    public String toString() {
        return "SimulatorSettings[app key " + appKey + "]";
    }
}
