package io.github.tiktokauth.client;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.StorageException;
import io.github.tiktokauth.TikTokAuthException;
import io.github.tiktokauth.TikTokError;
import io.github.tiktokauth.TikTokUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that was not sent, or one that TikTok refused. An {@link IOException}, because that is what HTTP clients hand to callers
 * and callbacks. Its message contains no token, signature, URL query or secret.
 */
public final class TikTokCallException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The next step. */
    public enum Kind {
        /** The request sets what this library sets, or cannot be signed: change the code that creates it. */
        INVALID_REQUEST,
        /** The request's body can be read only once, so that it cannot be signed and repeated: use another kind of body. */
        BODY_NOT_REPEATABLE,
        /** The request's body is too large to be signed; large uploads are {@code multipart/form-data}. */
        BODY_TOO_LARGE,
        /** No cipher is stored for the user's shop: let the seller connect again, or list the shops and set it yourself. */
        SHOP_CIPHER_MISSING,
        /** The answer redirects away from the gateway: an operator must check the base URL, or a proxy. */
        REDIRECT_REFUSED,
        /** The user has no usable connection: send the user to {@code initiate}. */
        AUTHORIZATION_REQUIRED,
        /** TikTok refuses a token that has just been refreshed: the seller has probably ended the authorization. */
        TOKEN_REFUSED,
        /** TikTok refuses the timestamp: this machine's clock is wrong. */
        CLOCK,
        /** Too many calls: wait, for {@link #retryAfter()} if TikTok says so. */
        RATE_LIMITED,
        /** TikTok fails, or gives no new token: try later. */
        UNAVAILABLE,
        /** The app's settings, or its list of allowed addresses: an operator must act. */
        CONFIGURATION,
        /** The token store failed; the cause names the remedy. */
        STORAGE,
        /** TikTok refused this call, and says why in {@link #tikTokError()}. */
        REFUSED,
        /** A defect in this library or in what the host plugged into it; see the cause. */
        DEFECT
    }

    /** The next step. */
    private final Kind kind;

    private final transient @Nullable TikTokError tikTokError;

    /** How long to wait, if TikTok says so. */
    private final @Nullable Duration retryAfter;

    private TikTokCallException(
            Kind kind,
            @Nullable String message,
            @Nullable TikTokError tikTokError,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.tikTokError = tikTokError;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns an exception for a call that was not sent; for integrations of HTTP clients and for tests.
     *
     * @param kind the next step
     * @param message what is wrong and what to do, free of secrets
     * @return the exception
     */
    public static TikTokCallException of(Kind kind, String message) {
        return new TikTokCallException(kind, message, null, null, null);
    }

    /** No token could be had; {@code refusal} is the gateway's, when that was the occasion. */
    static TikTokCallException withoutToken(RuntimeException cause, @Nullable TikTokError refusal) {
        Kind kind = Kind.DEFECT;
        Duration retryAfter = null;
        TikTokError error = refusal;
        if (cause instanceof TikTokAuthException known) {
            error = known.tikTokError().orElse(refusal);
        }
        if (cause instanceof AuthorizationRequiredException) {
            kind = Kind.AUTHORIZATION_REQUIRED;
        } else if (cause instanceof TikTokUnavailableException unavailable) {
            kind = Kind.UNAVAILABLE;
            retryAfter = unavailable.retryAfter();
        } else if (cause instanceof ConfigurationException) {
            kind = Kind.CONFIGURATION;
        } else if (cause instanceof StorageException) {
            kind = Kind.STORAGE;
        } else if (cause instanceof IllegalArgumentException) {
            kind = Kind.INVALID_REQUEST;
        }
        String text = kind == Kind.DEFECT ? "no access token, because of a defect" : cause.getMessage();
        return new TikTokCallException(kind, text, error, retryAfter, cause);
    }

    /**
     * Returns an exception for a call that TikTok refused.
     *
     * @param answer what TikTok answered
     * @return the exception
     */
    public static TikTokCallException refused(GatewayResponse answer) {
        Kind kind = switch (answer.kind()) {
            case TOKEN_REFUSED -> Kind.TOKEN_REFUSED;
            case TIMESTAMP_REFUSED -> Kind.CLOCK;
            case RATE_LIMITED -> Kind.RATE_LIMITED;
            case UNAVAILABLE -> Kind.UNAVAILABLE;
            case CONFIGURATION -> Kind.CONFIGURATION;
            case SUCCESS, REFUSED -> Kind.REFUSED;
        };
        TikTokError error = answer.error();
        // Without TikTok's own text, which may quote anything; it is in tikTokError().
        String text = error == null
                ? "TikTok refused"
                : "TikTok answered HTTP " + error.httpStatus() + " with code " + error.code() + ", request id "
                        + error.requestId();
        return new TikTokCallException(kind, text, error, answer.retryAfter(), null);
    }

    /**
     * Returns the next step.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns TikTok's own answer; lost when the exception is serialized.
     *
     * @return code, message and request id; empty when there was no answer
     */
    public Optional<TikTokError> tikTokError() {
        return Optional.ofNullable(tikTokError);
    }

    /**
     * Returns how long to wait before the next call.
     *
     * @return from zero to one day; empty when it is not known
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
