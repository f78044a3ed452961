package io.github.tiktokauth.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that the builder collects. */
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

    static final String CONSENT_PATH = "/open/authorize";

    /** The environment of a program that calls a simulator at the given URL. */
    Map<String, String> environment(URI simulator) {
        return Map.of(
                "TIKTOK_CLIENT_ID",
                appKey,
                "TIKTOK_CLIENT_SECRET",
                appSecret,
                "TIKTOK_SERVICE_ID",
                serviceId,
                "TIKTOK_REDIRECT_URI",
                redirectUri.toString(),
                "TIKTOK_BASE_URL",
                simulator.toString(),
                "TIKTOK_AUTH_URL",
                simulator + CONSENT_PATH,
                "TIKTOK_TOKEN_URL",
                simulator + "/api/v2/token/get");
    }

    @Override
    public String toString() {
        return "SimulatorSettings[app key " + appKey + "]";
    }
}
