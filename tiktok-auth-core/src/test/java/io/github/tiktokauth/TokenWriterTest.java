package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TikTok has answered, and the store cannot be written: these tokens exist nowhere else. */
class TokenWriterTest {

    private final List<AuthorizationEvent> events = new ArrayList<>();
    private final TestHost host = new TestHost(builder -> builder.listener(events::add));

    @BeforeEach
    void connect() {
        host.connect();
        host.untilEnded();
    }

    static List<RuntimeException> failures() {
        return List.of(
                ProbedStore.down(),
                new StoreException(StoreException.Kind.READ_ONLY, "read only", "25006"),
                new StoreException(StoreException.Kind.BAD_VALUE, "too long", "22001"),
                new CipherException(CipherException.Problem.UNKNOWN_KEY, "the key service is down"),
                new IllegalStateException("a store of somebody else's"),
                new NullPointerException());
    }

    private void keep() {
        host.store.fail("saveTokens");
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-1");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theWriteIsRepeatedWithinTheBudget(RuntimeException failure) {
        host.store.fail("saveTokens", failure);
        host.store.before("saveTokens", () -> {
            if (host.store.count("saveTokens") == 5) {
                host.store.heal();
            }
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(events).noneMatch(AuthorizationEvent.TokensUnsaved.class::isInstance);
    }

    @Test
    void aWriteThatGotThroughThoughItsAnswerWasLostIsToldAsSaved() {
        host.store.after("saveTokens", () -> {
            if (host.store.count("saveTokens") == 1) {
                throw ProbedStore.down();
            }
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.row().generation()).isEqualTo(2);
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(events).anyMatch(AuthorizationEvent.TokenRefreshed.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterTheBudgetThePairIsKeptAndServed(RuntimeException failure) {
        Instant start = host.time.wall().instant();
        host.store.fail("saveTokens", failure);
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.time.wall().instant())
                .as("within the write budget")
                .isBetween(start.plusSeconds(3), start.plusSeconds(5));
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.tikTok.spent).hasSize(1);
        assertThat(events).contains(new AuthorizationEvent.TokensUnsaved(USER));
    }

    @Test
    void itIsServedAlthoughTheStoreCannotEvenBeRead() {
        keep();
        host.store.failAll();
        host.time.advance(Duration.ofDays(3));
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void everyLaterCallWritesItAtTheNextChance() {
        keep();
        host.store.heal();
        host.time.advance(Duration.ofSeconds(1));
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
        assertThat(host.row().generation()).isEqualTo(2);
        int writes = host.store.count("saveTokens");
        host.time.advance(Duration.ofMinutes(1));
        host.token();
        assertThat(host.store.count("saveTokens")).as("once").isEqualTo(writes);
    }

    @Test
    void laterAttemptsAreASecondApartAndDoNotHoldCallersUp() {
        keep();
        int before = host.store.count("saveTokens");
        Instant start = host.time.wall().instant();
        for (int i = 0; i < 100; i++) {
            host.token();
        }
        assertThat(host.store.count("saveTokens") - before).isEqualTo(1);
        assertThat(host.time.wall().instant()).isEqualTo(start);
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        assertThat(host.store.count("saveTokens") - before).isEqualTo(2);
    }

    @Test
    void closingWritesIt() {
        keep();
        host.store.heal();
        host.close();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @Test
    void itIsToldAsRefreshedOnceItIsStored() {
        host.tikTok.onRefresh(secret -> {
            host.time.advance(Duration.ofSeconds(2));
            return host.tikTok.tokenResponse();
        });
        keep();
        assertThat(refreshed()).isEmpty();
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        assertThat(refreshed()).as("the store is still down").isEmpty();
        host.store.heal();
        host.time.advance(Duration.ofSeconds(1));
        host.token();
        host.token();
        assertThat(refreshed())
                .containsExactly(new AuthorizationEvent.TokenRefreshed(
                        USER,
                        host.row().tokens().accessTokenExpiresAt(),
                        host.row().tokens().refreshTokenExpiresAt(),
                        Duration.ofSeconds(2)));
    }

    @Test
    void itIsToldAsRefreshedWhenClosingStoresItAndNotWhenItCannot() {
        keep();
        host.close();
        assertThat(refreshed()).isEmpty();
        host.store.heal();
        host.close();
        assertThat(refreshed()).hasSize(1);
    }

    @Test
    void whatIsDroppedIsNeverToldAsRefreshed() {
        keep();
        try (TestHost other = host.another()) {
            host.time.advance(Duration.ofSeconds(21));
            other.auth.refresh(USER);
        }
        host.store.heal();
        assertThat(host.token()).isEqualTo("access-3");
        host.close();
        assertThat(refreshed()).isEmpty();
    }

    private List<AuthorizationEvent> refreshed() {
        return events.stream()
                .filter(AuthorizationEvent.TokenRefreshed.class::isInstance)
                .toList();
    }

    @Test
    void closingTakesOneWriteBudgetHoweverManyAreKept() {
        for (int i = 0; i < 50; i++) {
            host.tikTok.shops = List.of(new io.github.tiktokauth.spi.StoredShop("shop-" + i, null, null, null, false));
            host.connect("user-of-shop-" + i);
        }
        host.time.advance(Duration.ofDays(8));
        host.store.fail("saveTokens");
        for (int i = 0; i < 50; i++) {
            host.auth.getValidAccessToken("user-of-shop-" + i);
        }
        assertThat(host.tikTok.spent).hasSize(50);
        Instant start = host.time.wall().instant();
        host.close();
        assertThat(host.time.wall().instant()).isBetween(start, start.plusSeconds(6));
    }

    @Test
    void itIsDroppedWhenTheRowMovedOn() {
        keep();
        try (TestHost other = host.another()) {
            host.time.advance(Duration.ofSeconds(21));
            assertThat(other.auth.refresh(USER).value()).isEqualTo("access-3");
        }
        host.store.heal();
        assertThat(host.token()).isEqualTo("access-3");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-3");
    }

    @Test
    void itIsDroppedWhenTheUserDisconnectsOrConnectsAnew() {
        keep();
        host.auth.disconnect(USER);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        host.connect();
        assertThat(host.token()).isEqualTo("access-3");
        host.store.heal();
        host.time.advance(Duration.ofMinutes(1));
        assertThat(host.token()).isEqualTo("access-3");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-3");
    }

    @Test
    void itIsDroppedWhenTheUserIsErasedAndWhenItRenews() {
        keep();
        host.connect();
        assertThat(host.token()).isEqualTo("access-3");
        host.auth.erase(USER);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }

    /** Anybody can call the callback with nonsense, and a user whose store is down will press "disconnect". */
    @Test
    void nothingThatChangedNothingDropsIt() {
        keep();
        TestFailures.thrown(CallbackRejectedException.class, () -> host.auth.callback(USER, "c", "wrong state"));
        TestFailures.thrown(CallbackRejectedException.class, () -> host.auth.callback(USER, "null", null));
        host.store.fail("disconnect", "connect");
        TestFailures.thrown(StorageException.class, () -> host.auth.disconnect(USER));
        TestFailures.thrown(StorageException.class, host::connect);
        assertThat(host.token()).isEqualTo("access-2");
        host.store.heal();
        host.close();
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    /** The row's refresh token is the spent one: sending it again may end the whole authorization. */
    @Test
    void theSpentTokenIsNotSentAgainAlthoughTheKeptAccessTokenHasEnded() {
        keep();
        host.time.advance(Duration.ofDays(8));
        TestFailures.thrown(StorageException.class, host::token);
        TestFailures.thrown(StorageException.class, () -> host.auth.refresh(USER));
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
        host.store.heal();
        host.time.advance(Duration.ofSeconds(1));
        assertThat(host.token()).isEqualTo("access-3");
        assertThat(host.tikTok.spent).containsExactly("refresh-1", "refresh-2");
    }

    @Test
    void whileItIsKeptARefreshIsToldToComeLater() {
        keep();
        StorageException e = TestFailures.thrown(StorageException.class, () -> host.auth.refresh(USER));
        assertThat(((StoreException) e.getCause()).kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void itIsNotRefreshedEarlyEither() {
        keep();
        host.time.advance(Duration.ofDays(7).minusHours(17));
        assertThat(host.token()).isEqualTo("access-2");
        host.runBackground();
        assertThat(host.tikTok.spent).hasSize(1);
    }

    @Test
    void noBudgetIsOneAttempt() {
        try (TestHost strict = new TestHost(builder -> builder.writeBudget(Duration.ZERO))) {
            strict.connect();
            strict.untilEnded();
            strict.store.fail("saveTokens");
            assertThat(strict.token()).isEqualTo("access-2");
            assertThat(strict.store.count("saveTokens")).isEqualTo(1);
            strict.store.heal();
        }
    }
}
