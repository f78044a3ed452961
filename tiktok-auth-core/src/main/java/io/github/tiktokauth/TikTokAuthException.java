package io.github.tiktokauth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The base of all exceptions of {@link TikTokAuth}; the subclasses are named after the caller's next step. No message contains a
 * token, code, state, key or app secret.
 */
public abstract sealed class TikTokAuthException extends RuntimeException
        permits AuthorizationRequiredException,
                CallbackRejectedException,
                ShopConflictException,
                TikTokUnavailableException,
                ConfigurationException,
                StorageException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable TikTokError tikTokError;

    TikTokAuthException(String message, @Nullable TikTokError tikTokError, @Nullable Throwable cause) {
        super(message, cause);
        this.tikTokError = tikTokError;
    }

    /**
     * Returns TikTok's own answer.
     *
     * @return code, message and request id; empty when there was no answer
     */
    public final Optional<TikTokError> tikTokError() {
        return Optional.ofNullable(tikTokError);
    }
}
