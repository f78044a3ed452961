package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Instant;

/** SqlValues of the tests. */
final class Samples {

    static final Instant ACCESS_END = Instant.parse("2030-06-01T12:34:56.789Z");
    static final Instant REFRESH_END = Instant.parse("2125-09-05T23:59:59.001Z");

    private Samples() {}

    static NewAuthorization authorization(String userId, String shopId) {
        return new NewAuthorization(userId, shop(shopId), tokens("first"));
    }

    static StoredShop shop(String shopId) {
        return new StoredShop(shopId, "Shop " + shopId, "GB", "ROW_cipher");
    }

    static StoredTokens tokens(String mark) {
        return tokens(mark, ACCESS_END);
    }

    static StoredTokens tokens(String mark, Instant accessTokenExpiresAt) {
        return new StoredTokens(
                "access-" + mark, "refresh-" + mark, accessTokenExpiresAt, REFRESH_END, "open-1", "scope.a scope.b");
    }

    static StoredState state(String hash, String userId) {
        return new StoredState(hash, userId, "binding-" + hash, "host-" + hash, "scope.wish");
    }

    static RefreshFailure failure(String code) {
        return new RefreshFailure(code, "request-1", false);
    }
}
