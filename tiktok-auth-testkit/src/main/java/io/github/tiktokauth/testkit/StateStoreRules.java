package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.SpentState;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;

/** What the rules of state stores share. */
abstract class StateStoreRules {

    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int MANY = 100;
    static final String APP_KEY = "testkit-app";
    /** The hash of the authorization code that states are spent with. */
    static final String CODE_HASH = "c0de".repeat(16);

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
        return new StoredState(freshHash(), userId, APP_KEY, freshHash(), "v1.k.host", "seller.authorization.info");
    }

    PendingAuthorization pending(String userId) {
        return new PendingAuthorization(freshHash(), userId, APP_KEY, freshHash(), "v1.k.payload", store().now());
    }

    /** Saves a new state a second later than the one before, so that every store knows which is older. */
    StoredState saved(String userId, int keepPerUser) {
        advance(Duration.ofSeconds(1));
        StoredState state = state(userId);
        store().save(state, LIFETIME, keepPerUser);
        return state;
    }

    /** By the right user in the right browser. */
    static TakenState take(StateStore node, StoredState state) {
        return node.take(state.hash(), state.userId(), state.bindingHash(), CODE_HASH);
    }

    TakenState find(StoredState state) {
        return store().find(state.hash(), state.userId(), state.bindingHash());
    }

    TakenState.Status take(StoredState state) {
        return take(store(), state).status();
    }

    void assertTaken(StoredState state) {
        TakenState taken = take(store(), state);
        assertEquals(TakenState.Status.TAKEN, taken.status());
        assertEquals(state, taken.state());
    }

    void assertNotTaken(StoredState state) {
        assertNotEquals(TakenState.Status.TAKEN, take(state));
    }

    static SpentState spent(TakenState taken) {
        SpentState spent = taken.spent();
        return spent == null ? Assertions.fail("the outcome of a spent state is returned") : spent;
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
