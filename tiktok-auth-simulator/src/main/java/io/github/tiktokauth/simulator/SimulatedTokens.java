package io.github.tiktokauth.simulator;

import java.time.Instant;

/**
 * The tokens of one simulated authorization.
 *
 * @param openId the account's id
 * @param accessToken the access token
 * @param accessTokenExpiresAt when the access token ends, in whole seconds
 * @param refreshToken the refresh token
 * @param refreshTokenExpiresAt when the authorization ends, in whole seconds
 */
public record SimulatedTokens(
        String openId,
        String accessToken,
        Instant accessTokenExpiresAt,
        String refreshToken,
        Instant refreshTokenExpiresAt) {

    /**
     * Returns open id and ends, without the tokens.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "SimulatedTokens[of " + openId + ", access until " + accessTokenExpiresAt + ", refresh until "
                + refreshTokenExpiresAt + "]";
    }
}
