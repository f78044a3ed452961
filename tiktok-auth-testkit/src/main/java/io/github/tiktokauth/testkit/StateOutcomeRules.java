package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.SpentState;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code find}, {@code recordOutcome} and the clock: rules 2, 3 and 5. */
abstract class StateOutcomeRules extends StateStoreRules {

    private static final String OUTCOME = "CONNECTED";

    StateOutcomeRules(StateStoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("rule 3: now and storeTime are of the storage's clock, on every node")
    void now() {
        StoredState state = saved(freshUser(), MANY);
        for (Duration by : new Duration[] {Duration.ofSeconds(1), MINUTE}) {
            Instant expected = store().now().plus(by);
            advance(by);
            Instant first = store().now();
            Instant read = find(state).storeTime();
            Instant last = otherNode().now();
            TokenStoreRules.assertBetween(expected, expected.plus(MINUTE), first, "now");
            TokenStoreRules.assertBetween(first, last, read, "storeTime");
        }
        Instant from = store().now();
        Instant taken = take(store(), state).storeTime();
        TokenStoreRules.assertBetween(from, store().now(), taken, "storeTime of take");
        Instant unknown = store().find(freshHash(), freshUser(), null).storeTime();
        TokenStoreRules.assertBetween(from, store().now(), unknown, "storeTime of an unknown state");
    }

    @Test
    @DisplayName("rule 2: finding a state never spends it, and shows it whole")
    void findsOnly() {
        StoredState state = saved(freshUser(), MANY);
        for (int i = 0; i < 3; i++) {
            TakenState found = otherNode().find(state.hash(), state.userId(), state.bindingHash());
            assertEquals(Status.OPEN, found.status());
            assertEquals(state, found.state());
            assertNull(found.spent());
        }
        assertTaken(state);
        assertEquals(
                Status.UNKNOWN, store().find(freshHash(), freshUser(), null).status());
    }

    @Test
    @DisplayName("rule 2: finding a state shows it as taking it would, open, spent or late")
    void findsAsTake() {
        StoredState spent = saved(freshUser(), MANY);
        StoredState late = saved(freshUser(), MANY);
        assertTaken(spent);
        assertEquals(Status.ALREADY_USED, find(spent).status());
        assertEquals(spent, find(spent).state());
        assertEquals(CODE_HASH, spent(find(spent)).codeHash());
        advance(LIFETIME.plus(MINUTE));
        assertEquals(Status.EXPIRED, find(late).status());
        assertEquals(late, find(late).state());
    }

    @Test
    @DisplayName("rule 5: a spent state keeps the hash of the first code and the time at which it was spent")
    void codeHash() {
        StoredState state = saved(freshUser(), MANY);
        advance(MINUTE);
        Instant from = store().now();
        TakenState taken = take(store(), state);
        SpentState spent = spent(taken);
        assertEquals(Status.TAKEN, taken.status());
        assertEquals(CODE_HASH, spent.codeHash());
        TokenStoreRules.assertBetween(from, store().now(), spent.spentAt(), "spentAt");
        assertNull(spent.outcome());
        advance(MINUTE);
        TakenState again = otherNode().take(state.hash(), state.userId(), state.bindingHash(), freshHash());
        assertEquals(Status.ALREADY_USED, again.status());
        assertEquals(state, again.state());
        assertEquals(spent, again.spent(), "another code changes nothing");
        assertEquals(spent, find(state).spent());
    }

    @Test
    @DisplayName("rule 5: the outcome of a spent state is noted once, on whatever node")
    void outcome() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        SpentState before = spent(find(state));
        advance(MINUTE);
        assertTrue(otherNode().recordOutcome(state.hash(), OUTCOME));
        assertFalse(store().recordOutcome(state.hash(), "OTHER"));
        assertFalse(store().recordOutcome(state.hash(), OUTCOME));
        assertEquals(new SpentState(before.codeHash(), before.spentAt(), OUTCOME), spent(find(state)));
        assertEquals(OUTCOME, spent(take(otherNode(), state)).outcome());
    }

    @Test
    @DisplayName("rule 5: a state that is open, late or unknown has no outcome")
    void noOutcome() {
        StoredState state = saved(freshUser(), MANY);
        assertFalse(store().recordOutcome(state.hash(), OUTCOME), "it is open");
        find(state);
        store().take(state.hash(), freshUser(), state.bindingHash(), CODE_HASH);
        store().take(state.hash(), state.userId(), freshHash(), CODE_HASH);
        assertFalse(store().recordOutcome(state.hash(), OUTCOME), "it is still open");
        assertFalse(store().recordOutcome(freshHash(), OUTCOME), "it is unknown");
        advance(LIFETIME.plus(MINUTE));
        assertFalse(store().recordOutcome(state.hash(), OUTCOME), "it is late");
        assertEquals(Status.EXPIRED, take(state));
        assertFalse(store().recordOutcome(state.hash(), OUTCOME), "it is late and was never spent");
        assertEquals(Status.EXPIRED, take(state));
    }

    @Test
    @DisplayName("rule 5: code and outcome stay until the lifetime is over, through purges and newer states")
    void outcomeStays() {
        String userId = freshUser();
        StoredState state = saved(userId, 1);
        assertTaken(state);
        assertTrue(store().recordOutcome(state.hash(), OUTCOME));
        SpentState spent = spent(find(state));
        saved(userId, 1);
        saved(userId, 1);
        advance(LIFETIME.minus(MINUTE));
        purgeAll();
        TakenState again = take(store(), state);
        assertEquals(Status.ALREADY_USED, again.status());
        assertEquals(spent, again.spent());
        advance(MINUTE.multipliedBy(2));
        purgeAll();
        assertEquals(Status.UNKNOWN, take(state));
    }

    @Test
    @DisplayName("rule 3: a state that is taken late is reported as expired each time, without its outcome")
    void lateAgain() {
        StoredState state = saved(freshUser(), MANY);
        advance(LIFETIME.plus(MINUTE));
        for (int i = 0; i < 3; i++) {
            TakenState taken = take(node(i), state);
            assertEquals(Status.EXPIRED, taken.status());
            assertEquals(state, taken.state());
            assertNull(taken.spent());
            assertEquals(Status.EXPIRED, find(state).status());
            advance(MINUTE);
        }
    }
}
