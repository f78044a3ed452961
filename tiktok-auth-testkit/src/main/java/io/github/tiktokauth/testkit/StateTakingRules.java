package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code take}: rules 1, 2, 3 and 5. */
abstract class StateTakingRules extends StateStoreRules {

    StateTakingRules(StateStoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("rule 1: a state that one node saved is taken on another, and comes back whole")
    void takenElsewhere() {
        StoredState state = saved(freshUser(), MANY);
        TakenState taken = take(otherNode(), state);
        assertEquals(Status.TAKEN, taken.status());
        assertEquals(state, taken.state());
    }

    @Test
    @DisplayName("rule 2: a state is taken once, on whatever node")
    void once() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        assertEquals(Status.ALREADY_USED, take(state));
        assertEquals(Status.ALREADY_USED, take(otherNode(), state).status());
    }

    @Test
    @DisplayName("rule 5: a spent state is remembered until it would have run out, and never taken again")
    void remembered() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        advance(LIFETIME.minus(MINUTE));
        purgeAll();
        assertEquals(Status.ALREADY_USED, take(state), "purging does not make it forget sooner");
        advance(MINUTE.multipliedBy(2));
        assertNotTaken(state);
        purgeAll();
        assertNotTaken(state);
    }

    @Test
    @DisplayName("rule 5: a spent state is remembered although its user starts others above the cap")
    void rememberedAboveTheCap() {
        String userId = freshUser();
        StoredState spent = saved(userId, 1);
        assertTaken(spent);
        saved(userId, 1);
        saved(userId, 1);
        assertEquals(Status.ALREADY_USED, take(spent));
    }

    @Test
    @DisplayName("rule 2: a state that was never made is unknown, and comes with nothing")
    void unknown() {
        TakenState taken = store().take(freshHash(), freshUser(), null, CODE_HASH);
        assertEquals(Status.UNKNOWN, taken.status());
        assertNull(taken.state());
        assertNull(taken.spent());
    }

    @Test
    @DisplayName("rule 3: a state may be taken until shortly before its end")
    void beforeItsEnd() {
        StoredState state = saved(freshUser(), MANY);
        advance(LIFETIME.minus(MINUTE));
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 3: a state that has expired is reported as such, and is spent")
    void expired() {
        StoredState state = saved(freshUser(), MANY);
        advance(LIFETIME.plus(MINUTE));
        assertEquals(Status.EXPIRED, take(state));
        assertNotTaken(state);
    }

    @Test
    @DisplayName("rule 3: each state has a lifetime of its own")
    void lifetimes() {
        String userId = freshUser();
        StoredState shorter = state(userId);
        StoredState longer = state(userId);
        store().save(shorter, Duration.ofMinutes(5), MANY);
        store().save(longer, Duration.ofHours(5), MANY);
        advance(Duration.ofHours(4));
        assertEquals(Status.EXPIRED, take(shorter));
        assertTaken(longer);
    }

    @Test
    @DisplayName("rule 2: taking one state leaves the others of the user alone")
    void independent() {
        String userId = freshUser();
        StoredState one = saved(userId, MANY);
        StoredState two = saved(userId, MANY);
        StoredState three = saved(userId, MANY);
        assertTaken(two);
        assertTaken(one);
        assertTaken(three);
    }

    @Test
    @DisplayName("rule 2: a hash that was saved before is refused, and its state is not taken a second time")
    void savedTwice() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        StoreException refusal = assertThrows(StoreException.class, () -> store().save(state, LIFETIME, MANY));
        assertEquals(StoreException.Kind.BAD_VALUE, refusal.kind(), "saving it again is refused");
        assertEquals(Status.ALREADY_USED, take(state));
        assertEquals(CODE_HASH, spent(find(state)).codeHash());
    }
}
