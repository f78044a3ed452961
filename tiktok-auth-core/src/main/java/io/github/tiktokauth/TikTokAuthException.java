package io.github.tiktokauth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong, named after the caller's next step. The subclasses are all there are. No message holds a token, code,
 * state, key or app secret.
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
     * TikTok's own answer, when there was one.
     *
     * @return code, message and request id
     */
    public final Optional<TikTokError> tikTokError() {
        return Optional.ofNullable(tikTokError);
    }
}
