package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 8: the wrong user and the wrong browser leave a state as it is. */
abstract class StateBindingRules extends StateStoreRules {

    StateBindingRules(StateStoreContract contract) {
        super(contract);
    }

    private static String binding(StoredState state) {
        String hash = state.bindingHash();
        assertNotNull(hash);
        return hash;
    }

    /** Both verbs say the same, on both nodes. */
    private void assertRefused(Status expected, StoredState state, String userId, @Nullable String bindingHash) {
        assertRefused(expected, store().find(state.hash(), userId, bindingHash));
        assertRefused(expected, store().take(state.hash(), userId, bindingHash, CODE_HASH));
        assertRefused(expected, otherNode().take(state.hash(), userId, bindingHash, CODE_HASH));
        assertRefused(expected, otherNode().find(state.hash(), userId, bindingHash));
    }

    private static void assertRefused(Status expected, TakenState found) {
        assertEquals(expected, found.status());
        assertNull(found.spent(), "the outcome of the spent state is not returned");
    }

    @Test
    @DisplayName("rule 8: a state that another user brings stays as it is, and its user still takes it")
    void otherUser() {
        StoredState state = saved(freshUser(), MANY);
        assertRefused(Status.OTHER_USER, state, freshUser(), state.bindingHash());
        assertEquals(Status.OPEN, find(state).status());
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 8: a state from another browser, or from one that brings nothing, stays as it is")
    void otherBrowser() {
        StoredState state = saved(freshUser(), MANY);
        String bound = binding(state);
        String lastDigit = bound.endsWith("0") ? "1" : "0";
        for (String other : Arrays.asList(freshHash(), null, bound.substring(0, 63) + lastDigit)) {
            assertRefused(Status.OTHER_BROWSER, state, state.userId(), other);
        }
        assertEquals(Status.OPEN, find(state).status());
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 8: another user in another browser is refused, too")
    void bothWrong() {
        StoredState state = saved(freshUser(), MANY);
        TakenState taken = store().take(state.hash(), freshUser(), freshHash(), CODE_HASH);
        assertTrue(
                taken.status() == Status.OTHER_USER || taken.status() == Status.OTHER_BROWSER,
                () -> "either refusal will do, but not " + taken.status());
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 8: a state that is bound to no browser is taken from any")
    void unbound() {
        for (String binding : Arrays.asList(null, freshHash())) {
            StoredState state =
                    StoredState.builder(freshHash(), freshUser(), APP_KEY).build();
            store().save(state, LIFETIME, MANY);
            assertEquals(
                    Status.OPEN,
                    store().find(state.hash(), state.userId(), binding).status());
            TakenState taken = store().take(state.hash(), state.userId(), binding, CODE_HASH);
            assertEquals(Status.TAKEN, taken.status());
            assertEquals(state, taken.state());
        }
    }

    @Test
    @DisplayName("rule 8: a wrong user or browser is reported for a spent state, too, without its code and outcome")
    void spentStates() {
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        assertTrue(store().recordOutcome(state.hash(), "CONNECTED"));
        assertRefused(Status.OTHER_USER, state, freshUser(), state.bindingHash());
        assertRefused(Status.OTHER_BROWSER, state, state.userId(), freshHash());
        assertRefused(Status.OTHER_BROWSER, state, state.userId(), null);
        assertEquals(Status.ALREADY_USED, take(state));
    }

    @Test
    @DisplayName("rule 8: a wrong user or browser is reported for an expired state, too")
    void lateStates() {
        StoredState state = saved(freshUser(), MANY);
        advance(LIFETIME.plus(MINUTE));
        assertRefused(Status.OTHER_USER, state, freshUser(), state.bindingHash());
        assertRefused(Status.OTHER_BROWSER, state, state.userId(), freshHash());
        assertEquals(Status.EXPIRED, take(state));
    }

    @Test
    @DisplayName("rule 8: user ids are compared exactly")
    void usersExactly() {
        List<String> users = OwnershipRules.lookalikes(freshUser());
        for (String holder : users.subList(0, SpellingRules.HOLDERS)) {
            StoredState state = saved(holder, MANY);
            for (String other : users) {
                if (!other.equals(holder)) {
                    assertEquals(
                            Status.OTHER_USER,
                            store().take(state.hash(), other, state.bindingHash(), CODE_HASH)
                                    .status(),
                            () -> SpellingRules.text(holder, other));
                }
            }
            assertTaken(state);
        }
    }

    @Test
    @DisplayName("rule 8: hashes are compared exactly")
    void hashesExactly() {
        String hash = "ab" + freshHash().substring(2);
        StoredState state = StoredState.builder(hash, freshUser(), APP_KEY)
                .bindingHash(hash)
                .build();
        store().save(state, LIFETIME, MANY);
        String upper = hash.replace("ab", "AB");
        assertEquals(
                Status.UNKNOWN,
                store().take(upper, state.userId(), hash, CODE_HASH).status());
        assertEquals(Status.UNKNOWN, store().find(upper, state.userId(), hash).status());
        assertEquals(
                Status.OTHER_BROWSER,
                store().take(hash, state.userId(), upper, CODE_HASH).status());
        assertTaken(state);
    }
}
