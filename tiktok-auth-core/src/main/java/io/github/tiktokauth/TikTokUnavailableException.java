package io.github.tiktokauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TikTok gives no usable answer, and no valid token is left. Next step: try later. Nothing stored was lost. */
public final class TikTokUnavailableException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** How long to wait. */
    private final Duration retryAfter;

    /**
     * Creates an exception; for a host's tests.
     *
     * @param message what happened, free of secrets
     * @param retryAfter how long to wait; less than a second becomes one second
     * @param error TikTok's answer, or {@code null} if there was none
     */
    public TikTokUnavailableException(String message, Duration retryAfter, @Nullable TikTokError error) {
        super(message, error, null);
        this.retryAfter = retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter;
    }

    /**
     * Returns how long to wait before the next call; calling sooner does no harm and sends nothing to TikTok.
     *
     * @return at least one second
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
