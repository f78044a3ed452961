package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What the rules of state stores share. */
abstract class StateStoreRules {

    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int MANY = 100;

    private final StateStoreContract contract;

    StateStoreRules(StateStoreContract contract) {
        this.contract = contract;
    }

    StateStore store() {
        return contract.store();
    }

    StateStore otherNode() {
        return contract.otherNode();
    }

    /** Half of the threads of a race work on each node. */
    StateStore node(int number) {
        return number % 2 == 0 ? store() : otherNode();
    }

    void advance(Duration by) {
        contract.advance(by);
    }

    static String freshUser() {
        return "user-" + UUID.randomUUID();
    }

    /** 64 hexadecimal digits, as a SHA-256 has. */
    static String freshHash() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    static StoredState state(String userId) {
        return new StoredState(freshHash(), userId, freshHash(), "v1.k.host", "seller.authorization.info");
    }

    /** Saves a new state a second later than the one before, so that every store can tell which is older. */
    StoredState saved(String userId, int keepPerUser) {
        advance(Duration.ofSeconds(1));
        StoredState state = state(userId);
        store().save(state, LIFETIME, keepPerUser);
        return state;
    }

    TakenState.Outcome take(StoredState state) {
        return store().take(state.hash()).outcome();
    }

    void assertTaken(StoredState state) {
        TakenState taken = store().take(state.hash());
        assertEquals(TakenState.Outcome.TAKEN, taken.outcome());
        assertEquals(Optional.of(state), taken.state());
    }

    void assertNotTaken(StoredState state) {
        assertNotEquals(TakenState.Outcome.TAKEN, take(state));
    }

    /** Until nothing is left that has run out, whoever left it. */
    int purgeAll() {
        int all = 0;
        int some;
        do {
            some = store().purge(MANY);
            all += some;
        } while (some > 0);
        return all;
    }
}
