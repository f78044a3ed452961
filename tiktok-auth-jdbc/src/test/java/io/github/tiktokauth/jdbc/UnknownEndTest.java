package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a refresh token that TikTok did not tell is NULL in the table, not a made-up instant. */
@NullUnmarked
class UnknownEndTest extends StoresTest {

    private TokenStore store;

    @BeforeEach
    void take() {
        store = stores.tokenStore();
    }

    private static StoredTokens endingAt(@Nullable Instant refreshEnd) {
        return StoredTokens.builder("access", "refresh", Samples.ACCESS_END)
                .refreshTokenExpiresAt(refreshEnd)
                .build();
    }

    private StoredAuthorization row() {
        return store.find("u1").orElseThrow();
    }

    private void assertUnknown() {
        assertThat(row().tokens()).isEqualTo(endingAt(null));
        assertThat(store.findByShop("s1").orElseThrow().tokens()).isEqualTo(endingAt(null));
        assertThat(store.page("", 10)).hasSize(1).allMatch(row -> row.tokens().equals(endingAt(null)));
        assertThat(database.ask("SELECT refresh_token_expires_at FROM tiktok_shop_auth"))
                .containsOnlyNulls();
    }

    @Test
    void itIsStoredAsNullByEveryWrite() {
        NewAuthorization unknown = Samples.authorization("u1", "s1", endingAt(null));
        assertThat(store.connect(unknown)).isEqualTo(ConnectOutcome.CONNECTED);
        assertUnknown();
        assertThat(store.saveTokens(row().id(), 1, Samples.APP, endingAt(Samples.REFRESH_END), false))
                .isTrue();
        assertThat(row().tokens().refreshTokenExpiresAt()).isEqualTo(Samples.REFRESH_END);
        assertThat(store.saveTokens(row().id(), 2, Samples.APP, endingAt(null), false))
                .isTrue();
        assertUnknown();
        assertThat(store.saveTokens(row().id(), 3, Samples.APP, endingAt(Samples.REFRESH_END), false))
                .isTrue();
        assertThat(store.connect(unknown)).isEqualTo(ConnectOutcome.RENEWED);
        assertUnknown();
    }

    @Test
    void itEndsNothing() {
        store.connect(Samples.authorization("u1", "s1", endingAt(null)));
        assertThat(Samples.due(store, Duration.ofDays(1))).isEmpty();
        assertThat(Samples.due(store, Duration.ofDays(36_500))).hasSize(1);
        assertThat(store.acquireLease(row().id(), 1, "owner", Duration.ofMinutes(1), false, false))
                .isTrue();
    }

    @Test
    void theClockIsTheDatabases() {
        Instant before = store.now();
        store.connect(Samples.authorization("u1", "s1"));
        Instant after = store.now();
        assertThat(row().tokensObtainedAt()).isBetween(before, after);
        advance(Duration.ofDays(3));
        assertThat(Duration.between(after, store.now()))
                .isBetween(Duration.ofDays(3), Duration.ofDays(3).plusMinutes(5));
    }
}
