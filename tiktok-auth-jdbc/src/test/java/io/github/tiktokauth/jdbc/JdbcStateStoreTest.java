package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcStateStoreTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private StateStore store;

    @BeforeEach
    void store() {
        store = stores.stateStore();
    }

    @Test
    void whatWasSavedIsTakenOnceWithCodeAndOutcome() {
        store.save(Samples.state("h1", "u1"), MINUTE, 5);

        assertThat(Samples.take(store, "h1", "u2").status()).isEqualTo(Status.OTHER_USER);
        assertThat(store.take("h1", "u1", null, "code").status()).isEqualTo(Status.OTHER_BROWSER);
        assertThat(store.find("h1", "u1", "binding-h1").status()).isEqualTo(Status.OPEN);
        assertThat(store.recordOutcome("h1", "OK")).isFalse();
        TakenState taken = Samples.take(store, "h1", "u1");
        assertThat(taken.status()).isEqualTo(Status.TAKEN);
        assertThat(taken.state()).isEqualTo(Samples.state("h1", "u1"));
        assertThat(store.recordOutcome("h1", "OK")).isTrue();
        assertThat(store.recordOutcome("h1", "AGAIN")).isFalse();

        TakenState again = store.take("h1", "u1", "binding-h1", "another");
        assertThat(again.status()).isEqualTo(Status.ALREADY_USED);
        assertThat(again.spent()).satisfies(spent -> {
            assertThat(spent.codeHash()).isEqualTo("code-h1");
            assertThat(spent.outcome()).isEqualTo("OK");
        });
        assertThat(Samples.take(store, "h2", "u1").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aStateOfTheUserWhoseIdIsABlankIsNotWhatWasRemembered() {
        assertThat(store.rememberOnce("seen", MINUTE)).isTrue();
        store.save(Samples.state("h1", " "), MINUTE, 1);
        store.save(Samples.state("h2", " "), MINUTE, 1);

        assertThat(store.rememberOnce("seen", MINUTE)).isFalse();
        assertThat(Samples.take(store, "seen", " ").status()).isEqualTo(Status.UNKNOWN);
        assertThat(store.recordOutcome("seen", "OK")).isFalse();
        assertThat(Samples.take(store, "h2", " ").status()).isEqualTo(Status.TAKEN);
        assertThat(store.erase(" ")).isEqualTo(1);
        store.forget("h2");
        assertThat(store.rememberOnce("seen", MINUTE)).isFalse();
        store.forget("seen");
        assertThat(store.rememberOnce("seen", MINUTE)).isTrue();
    }

    @Test
    void whatIsRememberedAgainWhileAnotherNodePurgesStays() {
        store.rememberOnce("seen", MINUTE);
        store.rememberOnce("old", MINUTE);
        advance(MINUTE);
        SpyDataSource spy = new SpyDataSource(pool);
        spy.before(
                "DELETE", () -> assertThat(store.rememberOnce("seen", MINUTE)).isTrue());

        assertThat(node(spy).stateStore().purge(10)).isEqualTo(1);

        assertThat(store.rememberOnce("seen", MINUTE)).isFalse();
        assertThat(store.rememberOnce("old", MINUTE)).isTrue();
    }

    @Test
    void oneOfAMillionCharactersWaitsForTheChoice() {
        PendingAuthorization pending =
                new PendingAuthorization("h1", "u1", Samples.APP, "b1", "p".repeat(1_000_000), store.now());
        store.savePending(pending, MINUTE);

        assertThat(store.findPending("h1")).contains(pending);
        assertThatThrownBy(() -> store.savePending(pending, MINUTE))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BAD_VALUE));
        assertThat(store.removePending("h1")).isTrue();
        assertThat(store.removePending("h1")).isFalse();
    }

    @Test
    void aUsersDataIsErasedFromAllTables() {
        stores.tokenStore().connect(Samples.authorization("u1", "s1"));
        store.save(Samples.state("h1", "u1"), MINUTE, 5);
        for (String user : List.of("u1", "u2")) {
            store.savePending(
                    new PendingAuthorization("p-" + user, user, Samples.APP, null, "payload", store.now()), MINUTE);
        }
        assertThat(stores.erase("u1")).isEqualTo(3);
        assertThat(database.ask("SELECT user_id FROM tiktok_shop_auth_pending")).containsExactly("u2");
        assertThat(store.removePendingOfUser("u2")).isEqualTo(1);
    }

    @Test
    void purgeRemovesWhatRanOutOfBothTablesUpToTheLimit() {
        for (int i = 0; i < 3; i++) {
            store.save(Samples.state("h" + i, "u1"), MINUTE, 5);
            store.savePending(
                    new PendingAuthorization("p" + i, "u1", Samples.APP, null, "payload", store.now()), MINUTE);
        }
        assertThat(store.purge(10)).isZero();
        advance(MINUTE);
        assertThat(store.findPending("p0")).isEmpty();
        assertThat(store.removePending("p0")).isFalse();
        assertThat(store.purge(4)).isEqualTo(4);
        assertThat(store.purge(4)).isEqualTo(2);
        assertThat(store.purge(4)).isZero();
    }
}
