package io.github.tiktokauth;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What fits into the tables of the JDBC store, so that a host that starts in memory meets no surprise later. */
final class ValueLimits {

    private static final int ID = 128;
    private static final int CODE = 64;
    private static final int TEXT = 1_000_000;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private ValueLimits() {}

    static void userId(String userId) {
        mandatory("userId", userId, ID);
    }

    static void owner(String owner) {
        mandatory("owner", owner, ID);
    }

    static void reason(String reason) {
        mandatory("reason", reason, ID);
    }

    static void authorization(NewAuthorization authorization) {
        userId(authorization.userId());
        StoredShop shop = authorization.shop();
        mandatory("shopId", shop.shopId(), ID);
        optional("shop name", shop.name(), TEXT);
        optional("region", shop.region(), TEXT);
        optional("shop cipher", shop.cipher(), TEXT);
        tokens(authorization.tokens());
    }

    static void tokens(StoredTokens tokens) {
        ciphertexts(tokens.accessToken(), tokens.refreshToken());
        instant("accessTokenExpiresAt", tokens.accessTokenExpiresAt());
        instant("refreshTokenExpiresAt", tokens.refreshTokenExpiresAt());
        optional("openId", tokens.openId(), TEXT);
        optional("scope", tokens.scope(), TEXT);
    }

    static void ciphertexts(String accessToken, String refreshToken) {
        optional("access token", accessToken, TEXT);
        optional("refresh token", refreshToken, TEXT);
    }

    private static void instant(String name, @Nullable Instant instant) {
        if (instant != null && (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST))) {
            throw bad(name + " must lie between the years 1970 and 9999");
        }
    }

    static void failure(RefreshFailure failure) {
        mandatory("failure code", failure.code(), CODE);
        optional("request id", failure.requestId(), ID);
    }

    static void state(StoredState state) {
        mandatory("state hash", state.hash(), CODE);
        userId(state.userId());
        optional("binding hash", state.bindingHash(), ID);
        optional("host state", state.hostState(), TEXT);
        optional("scope", state.scope(), TEXT);
    }

    static void limit(int limit) {
        if (limit < 1) {
            throw bad("a limit must be 1 or more");
        }
    }

    private static void mandatory(String name, String value, int maximum) {
        if (value.isEmpty()) {
            throw bad(name + " must not be empty");
        }
        optional(name, value, maximum);
    }

    private static void optional(String name, @Nullable String value, int maximum) {
        if (value == null) {
            return;
        }
        if (value.codePointCount(0, value.length()) > maximum) {
            throw bad(name + " must have at most " + maximum + " characters");
        }
        // Databases refuse these, or replace them, and then two users become one.
        if (value.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw bad(name + " must hold neither a null character nor half a surrogate pair");
        }
    }

    private static StoreException bad(String message) {
        return new StoreException(StoreException.Kind.BAD_VALUE, message, null);
    }
}
