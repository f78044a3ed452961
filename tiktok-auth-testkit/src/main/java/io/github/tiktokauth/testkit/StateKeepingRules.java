package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cap, {@code purge}, {@code erase} and what is remembered once: rules 1, 3, 4, 5 and 7. */
abstract class StateKeepingRules extends StateStoreRules {

    StateKeepingRules(StateStoreContract contract) {
        super(contract);
    }

    private List<StoredState> saved(String userId, int count, int keepPerUser) {
        List<StoredState> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            states.add(saved(userId, keepPerUser));
        }
        return states;
    }

    @Test
    @DisplayName("rule 4: as many open states as the cap allows can all be used")
    void upToTheCap() {
        saved(freshUser(), 3, 3).forEach(this::assertTaken);
    }

    @Test
    @DisplayName("rule 4: above the cap the oldest are removed, and the newest can all be used")
    void aboveTheCap() {
        List<StoredState> states = saved(freshUser(), 6, 3);
        for (StoredState old : states.subList(0, 3)) {
            assertEquals(Status.UNKNOWN, take(old));
        }
        states.subList(3, 6).forEach(this::assertTaken);
    }

    @Test
    @DisplayName("rule 4: a cap of one leaves the newest")
    void capOfOne() {
        List<StoredState> states = saved(freshUser(), 3, 1);
        assertEquals(Status.UNKNOWN, take(states.get(0)));
        assertEquals(Status.UNKNOWN, take(states.get(1)));
        assertTaken(states.get(2));
    }

    @Test
    @DisplayName("rule 4: a smaller cap than before removes all above it at once")
    void smallerCap() {
        String userId = freshUser();
        List<StoredState> states = saved(userId, 5, 5);
        StoredState newest = saved(userId, 2);
        states.subList(0, 4).forEach(this::assertNotTaken);
        assertTaken(states.get(4));
        assertTaken(newest);
    }

    @Test
    @DisplayName("rule 4: spent states do not count")
    void spentDoNotCount() {
        String userId = freshUser();
        StoredState oldest = saved(userId, 2);
        for (int i = 0; i < 4; i++) {
            assertTaken(saved(userId, 2));
        }
        assertTaken(oldest);
    }

    @Test
    @DisplayName("rule 4: the states of other users do not count, and users are compared exactly")
    void otherUsers() {
        List<StoredState> states = new ArrayList<>();
        for (String userId : OwnershipRules.lookalikes(freshUser())) {
            states.add(saved(userId, 1));
        }
        states.forEach(this::assertTaken);
    }

    @Test
    @DisplayName("rule 3: purge removes what has run out, spent or not, never more at once than asked for")
    void purges() {
        purgeAll();
        List<StoredState> states = saved(freshUser(), 5, MANY);
        assertTaken(states.get(0));
        advance(LIFETIME.plus(MINUTE));
        assertEquals(2, otherNode().purge(2));
        assertEquals(2, store().purge(2));
        assertEquals(1, store().purge(2));
        assertEquals(0, store().purge(2));
        for (StoredState state : states) {
            assertEquals(Status.UNKNOWN, take(state));
        }
    }

    @Test
    @DisplayName("rule 3: purge leaves what still runs, open or spent")
    void purgeSpares() {
        String userId = freshUser();
        StoredState open = saved(userId, MANY);
        StoredState spent = saved(userId, MANY);
        assertTaken(spent);
        StoredState shorter = state(userId);
        store().save(shorter, MINUTE, MANY);
        advance(MINUTE.multipliedBy(2));
        assertTrue(purgeAll() >= 1, "the short one is removed");
        assertEquals(Status.UNKNOWN, take(shorter));
        assertEquals(Status.ALREADY_USED, take(spent));
        assertTaken(open);
    }

    @Test
    @DisplayName("rule 1: erase removes every state of a user, and returns how many")
    void erases() {
        String userId = freshUser();
        List<StoredState> states = saved(userId, 3, MANY);
        StoredState spent = saved(userId, MANY);
        assertTaken(spent);
        StoredState over = state(userId);
        store().save(over, MINUTE, MANY);
        advance(MINUTE.plus(Duration.ofSeconds(30)));

        int removed = otherNode().erase(userId);
        assertTrue(removed >= 3, () -> "at least the open ones, not " + removed);
        states.forEach(state -> assertEquals(Status.UNKNOWN, take(state)));
        assertEquals(Status.UNKNOWN, take(spent), "also that there ever was a spent one");
        assertEquals(Status.UNKNOWN, take(over));
        assertEquals(0, store().erase(userId), "nothing is left");
        assertEquals(0, store().erase(freshUser()), "nothing there was");
    }

    @Test
    @DisplayName("rule 1: erase compares user ids exactly, and the user may start anew")
    void erasesExactly() {
        List<String> users = OwnershipRules.lookalikes(freshUser());
        List<StoredState> states =
                users.stream().map(userId -> saved(userId, MANY)).toList();
        assertEquals(1, store().erase(users.get(0)));
        assertEquals(Status.UNKNOWN, take(states.get(0)));
        states.subList(1, states.size()).forEach(this::assertTaken);
        assertTaken(saved(users.get(0), MANY));
    }

    @Test
    @DisplayName("rule 1: erase for a user of another spelling, who has no state, removes none")
    void erasesNobodyElses() {
        List<String> users = OwnershipRules.lookalikes(freshUser());
        for (String holder : users.subList(0, SpellingRules.HOLDERS)) {
            StoredState state = saved(holder, MANY);
            users.stream()
                    .filter(other -> !other.equals(holder))
                    .forEach(other -> assertEquals(0, store().erase(other), () -> SpellingRules.text(holder, other)));
            assertTaken(state);
            assertEquals(1, store().erase(holder));
        }
    }

    @Test
    @DisplayName("rule 7: what was seen is remembered on every node until its time is over")
    void remembersOnce() {
        String hash = state(freshUser()).hash();
        assertTrue(store().rememberOnce(hash, LIFETIME));
        assertFalse(otherNode().rememberOnce(hash, LIFETIME));
        assertFalse(store().rememberOnce(hash, LIFETIME));
        advance(LIFETIME.plus(MINUTE));
        assertTrue(otherNode().rememberOnce(hash, LIFETIME));
        assertFalse(store().rememberOnce(hash, LIFETIME));
    }

    @Test
    @DisplayName("rule 7: what was forgotten is new again, and an open state is not forgotten so")
    void forgets() {
        String hash = state(freshUser()).hash();
        assertTrue(store().rememberOnce(hash, LIFETIME));
        otherNode().forget(hash);
        assertTrue(store().rememberOnce(hash, LIFETIME));
        StoredState open = saved(freshUser(), MANY);
        store().forget(open.hash());
        assertTaken(open);
        store().forget(state(freshUser()).hash());
    }

    @Test
    @DisplayName("rule 7: what was seen is no state, and is purged like one")
    void rememberedIsNoState() {
        purgeAll();
        String hash = state(freshUser()).hash();
        assertTrue(store().rememberOnce(hash, LIFETIME));
        assertEquals(
                Status.UNKNOWN, store().take(hash, freshUser(), null, CODE_HASH).status(), "it cannot be taken");
        assertEquals(Status.UNKNOWN, store().find(hash, freshUser(), null).status(), "nor found");
        assertFalse(store().recordOutcome(hash, "CONNECTED"), "and has no outcome");
        assertFalse(store().rememberOnce(hash, LIFETIME), "it is still remembered");
        assertEquals(0, purgeAll());
        advance(LIFETIME.plus(MINUTE));
        assertEquals(1, purgeAll());
    }
}
