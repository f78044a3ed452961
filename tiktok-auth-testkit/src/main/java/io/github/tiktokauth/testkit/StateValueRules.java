package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Exact values, and rule 6. */
abstract class StateValueRules extends StateStoreRules {

    StateValueRules(StateStoreContract contract) {
        super(contract);
    }

    private void assertReadBack(StoredState state) {
        store().save(state, LIFETIME, MANY);
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 1: what is optional may be null")
    void nulls() {
        assertReadBack(new StoredState(freshHash(), freshUser(), null, null, null));
    }

    @Test
    @DisplayName("rule 1: encrypted host values of several thousand characters are neither read nor shortened")
    void longHostState() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 7_000; i++) {
            text.append((char) (' ' + 1 + i % 94));
        }
        assertReadBack(new StoredState(
                freshHash(), freshUser(), freshHash(), text.append(":end").toString(), null));
    }

    @Test
    @DisplayName("rule 1: scopes of 1,000 characters and users of any script are read back as they are")
    void texts() {
        for (String text : List.of("s".repeat(1_000), "李雷 😀 – it's \"a\" \\ % _ ? :name {x}", " blanks around ")) {
            assertReadBack(new StoredState(freshHash(), freshUser(), null, null, text));
        }
        for (String userId : OwnershipRules.lookalikes(freshUser())) {
            assertReadBack(new StoredState(freshHash(), userId, null, null, null));
        }
    }

    @Test
    @DisplayName("rule 6: a user id that may not fit is stored exactly, or refused without a trace")
    void invalidValues() {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (String userId :
                List.of(mark + "x".repeat(129), mark + "x".repeat(70_000), mark + "\u0000", mark + "\uD800")) {
            assertStoredOrRefused(mark, new StoredState(freshHash(), userId, null, null, null));
        }
        assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), null, null, mark + "x".repeat(70_000)));
        assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), null, mark + "x".repeat(200_000), null));
    }

    private void assertStoredOrRefused(String mark, StoredState state) {
        try {
            store().save(state, LIFETIME, MANY);
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
            assertEquals(Outcome.UNKNOWN, take(state));
            return;
        }
        assertTaken(state);
    }

    @Test
    @DisplayName("rule 1: the name that ciphertexts are bound to is constant and the same on every node")
    void name() {
        assertFalse(store().name().isBlank(), "there is a name");
        assertEquals(store().name(), store().name());
        assertEquals(store().name(), otherNode().name());
    }
}
