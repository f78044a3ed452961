package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Values of the tests. */
final class Samples {

    static final String APP = "app-1";
    static final Instant ACCESS_END = Instant.parse("2030-06-01T12:34:56.789Z");
    static final Instant REFRESH_END = Instant.parse("2125-09-05T23:59:59.001Z");

    private Samples() {}

    static NewAuthorization authorization(String userId, String shopId) {
        return authorization(userId, shopId, tokens("first"));
    }

    static NewAuthorization authorization(String userId, String shopId, StoredTokens tokens) {
        return new NewAuthorization(userId, APP, shop(shopId), tokens, 1);
    }

    static StoredShop shop(String shopId) {
        return StoredShop.builder(shopId)
                .name("Shop " + shopId)
                .region("GB")
                .cipher("ROW_cipher")
                .build();
    }

    static StoredTokens tokens(String mark) {
        return tokens(mark, ACCESS_END);
    }

    static StoredTokens tokens(String mark, Instant accessTokenExpiresAt) {
        return StoredTokens.builder("access-" + mark, "refresh-" + mark, accessTokenExpiresAt)
                .refreshTokenExpiresAt(REFRESH_END)
                .openId("open-1")
                .scope("scope.a scope.b")
                .build();
    }

    static StoredState state(String hash, String userId) {
        return StoredState.builder(hash, userId, APP)
                .bindingHash("binding-" + hash)
                .hostState("host-" + hash)
                .scope("scope.wish")
                .build();
    }

    /** By the user and from the browser that {@link #state} made it for. */
    static TakenState take(StateStore store, String hash, String userId) {
        return store.take(hash, userId, "binding-" + hash, "code-" + hash);
    }

    static RefreshFailure failure(String code) {
        return RefreshFailure.of(code, "request-1", false);
    }

    static List<StoredAuthorization> due(TokenStore store, Duration within) {
        return store.findDue(within, Set.of(APP), null, 10).stream()
                .map(DueAuthorization::authorization)
                .toList();
    }
}
