package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a refresh ended, as a value, so that each of the callers who waited gets an exception of its own. */
sealed interface RefreshOutcome {

    /** There is a token: refreshed by us, by somebody else, or no refresh was needed. */
    record Ready(Snapshot snapshot) implements RefreshOutcome {}

    /** Somebody else holds the lease, and the caller did not want to wait. */
    record Busy() implements RefreshOutcome {}

    record AuthorizationRequired(
            AuthorizationRequiredException.Reason reason,
            @Nullable TikTokError error) implements RefreshOutcome {}

    record Unavailable(
            String message, Duration retryAfter, @Nullable TikTokError error) implements RefreshOutcome {}

    record Misconfigured(String problem, TikTokError error) implements RefreshOutcome {}

    record StoreFailed(StoreException cause) implements RefreshOutcome {}

    record CipherFailed(CipherException cause) implements RefreshOutcome {}

    /** The exception for a caller who cannot be given a token. */
    static TikTokAuthException exception(RefreshOutcome outcome) {
        if (outcome instanceof AuthorizationRequired required) {
            return new AuthorizationRequiredException(required.reason(), required.error());
        } else if (outcome instanceof Unavailable unavailable) {
            return new TikTokUnavailableException(unavailable.message(), unavailable.retryAfter(), unavailable.error());
        } else if (outcome instanceof Misconfigured wrong) {
            return new ConfigurationException(List.of(wrong.problem()), wrong.error());
        } else if (outcome instanceof StoreFailed failed) {
            return new StorageException(failed.cause());
        } else if (outcome instanceof CipherFailed failed) {
            return new StorageException(failed.cause());
        }
        return new TikTokUnavailableException("another refresh is still under way", Duration.ofSeconds(1), null);
    }
}
