package io.github.tiktokauth.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values that every store must be able to keep exactly, and checks that refuse all others with a {@link StoreException} of
 * kind {@link StoreException.Kind#BAD_VALUE}. A store may keep more; it must never shorten, round or replace what it is given.
 *
 * <p>The messages name the value that does not fit, never its content.
 */
public final class ValueLimits {

    /** The most characters (Unicode code points) of a user id, shop id, App Key, lease owner, request id or reason. */
    public static final int ID = 128;

    /** The most characters of a hash, failure code or outcome. */
    public static final int CODE = 64;

    /** The most characters of ciphertexts, names, scopes and other texts. */
    public static final int TEXT = 1_000_000;

    /** The first instant that is kept. */
    public static final Instant FIRST = Instant.EPOCH;

    /** The last instant that is kept. */
    public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private ValueLimits() {}

    /**
     * Refuses an authorization with a value that does not fit.
     *
     * @param authorization the authorization
     */
    public static void check(NewAuthorization authorization) {
        id("userId", authorization.userId());
        id("appKey", authorization.appKey());
        check(authorization.shop());
        check(authorization.tokens());
    }

    /**
     * Refuses a shop with a value that does not fit.
     *
     * @param shop the shop
     */
    public static void check(StoredShop shop) {
        id("shopId", shop.shopId());
        text("name", shop.name(), TEXT);
        text("region", shop.region(), TEXT);
        text("cipher", shop.cipher(), TEXT);
    }

    /**
     * Refuses tokens with a value that does not fit.
     *
     * @param tokens the tokens
     */
    public static void check(StoredTokens tokens) {
        text("accessToken", tokens.accessToken(), TEXT);
        text("refreshToken", tokens.refreshToken(), TEXT);
        instant("accessTokenExpiresAt", tokens.accessTokenExpiresAt());
        instant("refreshTokenExpiresAt", tokens.refreshTokenExpiresAt());
        text("openId", tokens.openId(), TEXT);
        text("scope", tokens.scope(), TEXT);
    }

    /**
     * Refuses a failure with a value that does not fit.
     *
     * @param failure the failure
     */
    public static void check(RefreshFailure failure) {
        code("code", failure.code());
        text("requestId", failure.requestId(), ID);
    }

    /**
     * Refuses a mark with a value that does not fit.
     *
     * @param mark the mark
     */
    public static void check(Reauthorization mark) {
        id("reason", mark.reason());
    }

    /**
     * Refuses a state with a value that does not fit.
     *
     * @param state the state
     */
    public static void check(StoredState state) {
        code("hash", state.hash());
        id("userId", state.userId());
        id("appKey", state.appKey());
        text("bindingHash", state.bindingHash(), CODE);
        text("hostState", state.hostState(), TEXT);
        text("scope", state.scope(), TEXT);
    }

    /**
     * Refuses a pending authorization with a value that does not fit.
     *
     * @param pending the pending authorization
     */
    public static void check(PendingAuthorization pending) {
        code("hash", pending.hash());
        id("userId", pending.userId());
        id("appKey", pending.appKey());
        text("bindingHash", pending.bindingHash(), CODE);
        text("payload", pending.payload(), TEXT);
        instant("obtainedAt", pending.obtainedAt());
    }

    /**
     * Refuses an id that is empty or does not fit.
     *
     * @param name the value's name
     * @param id the id
     * @return the id
     */
    public static String id(String name, String id) {
        return mandatory(name, id, ID);
    }

    /**
     * Refuses a hash, code or outcome that is empty or does not fit.
     *
     * @param name the value's name
     * @param code the hash, code or outcome
     * @return the same text
     */
    public static String code(String name, String code) {
        return mandatory(name, code, CODE);
    }

    /**
     * Refuses a limit below 1.
     *
     * @param name the value's name
     * @param limit the limit
     */
    public static void positive(String name, int limit) {
        if (limit < 1) {
            throw bad(name + " must be at least 1");
        }
    }

    /**
     * Refuses a text that does not fit.
     *
     * @param name the value's name
     * @param text the text, or {@code null}
     * @param maximum the most characters (Unicode code points)
     */
    public static void text(String name, @Nullable String text, int maximum) {
        if (text == null) {
            return;
        }
        int length = text.length();
        if (length > maximum && text.codePointCount(0, length) > maximum) {
            throw bad(name + " must have at most " + maximum + " characters");
        }
        // Databases refuse these or replace them, and then two users become one.
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw bad(name + " must not contain null characters or unpaired surrogates");
            }
        }
    }

    /**
     * Refuses an instant before 1970 or after 9999.
     *
     * @param name the value's name
     * @param instant the instant, or {@code null}
     */
    public static void instant(String name, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(FIRST) || instant.isAfter(LAST))) {
            throw bad(name + " must lie between the years 1970 and 9999");
        }
    }

    private static String mandatory(String name, String text, int maximum) {
        if (text.isEmpty()) {
            throw bad(name + " must not be empty");
        }
        text(name, text, maximum);
        return text;
    }

    private static StoreException bad(String message) {
        return new StoreException(StoreException.Kind.BAD_VALUE, message, null);
    }
}
