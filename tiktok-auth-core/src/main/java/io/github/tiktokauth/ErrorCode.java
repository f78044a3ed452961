package io.github.tiktokauth;

import org.jspecify.annotations.Nullable;

/**
 * TikTok's error codes that this library acts on. Any other code is judged by the HTTP status alone, never by its prefix, and
 * never ends a connection.
 *
 * <p>Where no other source is named, it is public code and reports up to November 2026. No source says which code follows when a
 * seller ends the authorization.
 */
enum ErrorCode {
    /** The refresh token has expired. Source: TikTok's Partner Center ("rt has expired"). */
    REFRESH_TOKEN_EXPIRED(36004001, Remedy.REAUTHORIZE),
    /** The authorization code was used, has expired or is unknown; from the exchange. */
    AUTHORIZATION_CODE_UNUSABLE(36004004, Remedy.NEW_CONSENT),
    /** The refresh token is unknown; from the refresh. */
    REFRESH_TOKEN_UNKNOWN(36004005, Remedy.REAUTHORIZE),
    /** A parameter is missing or wrong; from both token endpoints. */
    INVALID_PARAMETER(98001004, Remedy.CONFIGURATION),
    /** The access token is invalid. Source: TikTok's Partner Center, also for a token that was deauthorized. */
    ACCESS_TOKEN_INVALID(105001, Remedy.PERMANENT),
    /** The access token has expired. */
    ACCESS_TOKEN_EXPIRED(105002, Remedy.PERMANENT),
    /** The signature is wrong. */
    WRONG_SIGNATURE(106001, Remedy.CONFIGURATION),
    /** Too many requests. */
    TOO_MANY_REQUESTS(36009002, Remedy.TRANSIENT),
    /** An internal error at TikTok. */
    INTERNAL_ERROR(36009003, Remedy.TRANSIENT),
    /** Used for several mistakes that only the message distinguishes. Source: TikTok's page of common errors. */
    INVALID_REQUEST(36009004, Remedy.PERMANENT),
    /** The gateway got no answer in time. */
    GATEWAY_TIMEOUT(36009007, Remedy.TRANSIENT),
    /** The caller's address is not on the app's list of allowed addresses; from token endpoints and gateway. */
    ADDRESS_NOT_ALLOWED(36009033, Remedy.CONFIGURATION);

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private final long number;
    private final Remedy remedy;

    ErrorCode(long number, Remedy remedy) {
        this.number = number;
        this.remedy = remedy;
    }

    private static @Nullable ErrorCode of(TikTokError error) {
        for (ErrorCode code : values()) {
            if (code.number == error.code()) {
                return code;
            }
        }
        return null;
    }

    boolean isOf(TikTokError error) {
        return number == error.code();
    }

    /** Returns the next step after an error. */
    static Remedy remedy(TikTokError error) {
        ErrorCode code = of(error);
        if (code == INVALID_REQUEST && error.message().contains("app_key")) {
            return Remedy.CONFIGURATION;
        }
        if (code != null) {
            return code.remedy;
        }
        return error.httpStatus() == TOO_MANY || error.httpStatus() >= SERVER_ERRORS
                ? Remedy.TRANSIENT
                : Remedy.PERMANENT;
    }

    /** Returns whether the gateway refuses the access token of a call, so that another one may succeed. */
    static boolean refusesToken(TikTokError error) {
        return ACCESS_TOKEN_INVALID.isOf(error)
                || ACCESS_TOKEN_EXPIRED.isOf(error)
                || (INVALID_REQUEST.isOf(error)
                        && error.message().contains("header is invalid")
                        && namesToken(error.message()));
    }

    /** TikTok's page of common errors has this message with either name of the header. */
    private static boolean namesToken(String message) {
        return message.contains("access_token") || message.contains("x-tts-access-token");
    }

    /** Returns whether the gateway refuses the timestamp of a call, so that the same call may succeed when signed again. */
    static boolean refusesTimestamp(TikTokError error) {
        return INVALID_REQUEST.isOf(error) && error.message().contains("timestamp");
    }

    /** Returns whether there were too many calls. */
    static boolean limitsRate(TikTokError error) {
        return TOO_MANY_REQUESTS.isOf(error) || error.httpStatus() == TOO_MANY;
    }
}
