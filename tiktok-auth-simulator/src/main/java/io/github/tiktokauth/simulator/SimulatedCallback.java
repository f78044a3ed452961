package io.github.tiktokauth.simulator;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the consent page sends back to the redirect URL.
 *
 * @param uri the whole URL that the browser is sent to
 * @param code the one-time code; the four letters {@code null} after a denial
 * @param state the state given to the consent page; {@code null} after a denial, and when the authorization began at TikTok
 * @param error {@code auth_denied} after a denial, otherwise {@code null}
 * @param region the hint {@code shop_region}, or {@code null}
 */
public record SimulatedCallback(
        URI uri,
        String code,
        @Nullable String state,
        @Nullable String error,
        @Nullable String region) {

    /**
     * Returns the state.
     *
     * @return the state
     * @throws IllegalStateException when there is none
     */
    public String requireState() {
        if (state == null) {
            throw new IllegalStateException("this callback has no state");
        }
        return state;
    }

    /**
     * Returns a constant text or the error, without code and state.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "SimulatedCallback[" + (error == null ? "code hidden" : error) + "]";
    }
}
