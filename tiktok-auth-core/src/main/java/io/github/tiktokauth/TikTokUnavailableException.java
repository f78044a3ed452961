package io.github.tiktokauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TikTok gives no usable answer, and no valid token is left. Next step: try later. Nothing stored was lost. */
public final class TikTokUnavailableException extends TikTokAuthException {

    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** How long to wait. */
    private final Duration retryAfter;

    TikTokUnavailableException(String message, Duration retryAfter, @Nullable TikTokError error) {
        super(message, error, null);
        this.retryAfter = retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter;
    }

    /**
     * How long to wait before asking again; asking sooner does no harm and sends nothing to TikTok.
     *
     * @return one second or more
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
