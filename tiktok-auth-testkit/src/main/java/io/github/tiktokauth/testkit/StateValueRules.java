package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState.Status;
import io.github.tiktokauth.spi.ValueLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Exact values: rules 1, 6 and 10. */
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
        assertReadBack(new StoredState(freshHash(), freshUser(), APP_KEY, null, null, null));
    }

    @Test
    @DisplayName("rule 1: encrypted host values of several thousand characters are neither read nor shortened")
    void longHostState() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 7_000; i++) {
            text.append((char) (' ' + 1 + i % 94));
        }
        assertReadBack(new StoredState(
                freshHash(),
                freshUser(),
                APP_KEY,
                freshHash(),
                text.append(":end").toString(),
                null));
    }

    @Test
    @DisplayName("rule 1: scopes of 1,000 characters and users of any script are read back as they are")
    void texts() {
        for (String text : List.of("s".repeat(1_000), "李雷 😀 – it's \"a\" \\ % _ ? :name {x}", " blanks around ")) {
            assertReadBack(new StoredState(freshHash(), freshUser(), APP_KEY, null, null, text));
        }
        for (String userId : OwnershipRules.lookalikes(freshUser())) {
            assertReadBack(new StoredState(freshHash(), userId, APP_KEY, null, null, null));
        }
    }

    @Test
    @DisplayName("rule 10: values of the greatest length are stored exactly")
    void greatestLength() {
        String id = freshUser();
        String longId = id + "\uD83D\uDE00".repeat(ValueLimits.ID - id.length());
        String text = "x".repeat(ValueLimits.TEXT);
        assertReadBack(new StoredState(freshHash(), longId, longId, freshHash(), null, text));
        assertReadBack(new StoredState(freshHash(), freshUser(), APP_KEY, null, text, null));
        StoredState state = saved(freshUser(), MANY);
        assertTaken(state);
        String outcome = "o".repeat(ValueLimits.CODE);
        assertTrue(store().recordOutcome(state.hash(), outcome));
        assertEquals(outcome, spent(find(state)).outcome());
        for (Instant at : List.of(ValueLimits.FIRST, ValueLimits.LAST)) {
            PendingAuthorization pending = new PendingAuthorization(freshHash(), longId, longId, freshHash(), text, at);
            store().savePending(pending, LIFETIME);
            assertEquals(Optional.of(pending), store().findPending(pending.hash()));
            assertEquals(1, store().removePendingOfUser(longId));
        }
    }

    private static List<String> invalidIds(String mark) {
        return List.of(mark + "x".repeat(129), mark + "x".repeat(70_000), mark + "\u0000", mark + "\uD800");
    }

    private static String mark() {
        return "m" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    @DisplayName("rule 10: a state whose values may not fit is stored exactly, or refused without a trace")
    void invalidStates() {
        String mark = mark();
        for (String id : invalidIds(mark)) {
            assertStoredOrRefused(mark, new StoredState(freshHash(), id, APP_KEY, null, null, null));
            assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), id, null, null, null));
            assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), APP_KEY, id, null, null));
            assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), APP_KEY, null, id, null));
            assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), APP_KEY, null, null, id));
            assertStoredOrRefused(mark, new StoredState(id, freshUser(), APP_KEY, null, null, null));
        }
        String text = mark + "x".repeat(1_100_000);
        assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), APP_KEY, null, null, text));
        assertStoredOrRefused(mark, new StoredState(freshHash(), freshUser(), APP_KEY, null, text, null));
    }

    private void assertStoredOrRefused(String mark, StoredState state) {
        try {
            store().save(state, LIFETIME, MANY);
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
            assertIsUnknown(mark, state);
            return;
        }
        assertTaken(state);
    }

    private void assertIsUnknown(String mark, StoredState state) {
        try {
            assertEquals(Status.UNKNOWN, take(state));
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
        }
    }

    @Test
    @DisplayName(
            "rule 10: a pending authorization whose values may not fit is stored exactly, or refused without a trace")
    void invalidPending() {
        String mark = mark();
        Instant at = store().now();
        for (String id : invalidIds(mark)) {
            assertStoredOrRefused(mark, new PendingAuthorization(freshHash(), id, APP_KEY, null, "p", at));
            assertStoredOrRefused(mark, new PendingAuthorization(freshHash(), freshUser(), id, null, "p", at));
            assertStoredOrRefused(mark, new PendingAuthorization(freshHash(), freshUser(), APP_KEY, id, "p", at));
            assertStoredOrRefused(mark, new PendingAuthorization(freshHash(), freshUser(), APP_KEY, null, id, at));
            assertStoredOrRefused(mark, new PendingAuthorization(id, freshUser(), APP_KEY, null, "p", at));
        }
        for (Instant odd : List.of(ValueLimits.FIRST.minusMillis(1), ValueLimits.LAST.plusMillis(1))) {
            assertStoredOrRefused(
                    "no mark", new PendingAuthorization(freshHash(), freshUser(), APP_KEY, null, "p", odd));
        }
    }

    private void assertStoredOrRefused(String mark, PendingAuthorization pending) {
        try {
            store().savePending(pending, LIFETIME);
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
            return;
        }
        assertEquals(Optional.of(pending), store().findPending(pending.hash()));
    }

    @Test
    @DisplayName(
            "rule 10: an outcome or the hash of a code that may not fit is stored exactly, or refused and nothing is spent")
    void invalidOutcomes() {
        String mark = mark();
        for (String odd : List.of(mark + "x".repeat(65), mark + "x".repeat(70_000), mark + "\u0000", mark + "\uD800")) {
            StoredState state = saved(freshUser(), MANY);
            try {
                assertEquals(
                        odd,
                        spent(store().take(state.hash(), state.userId(), state.bindingHash(), odd))
                                .codeHash());
            } catch (StoreException refusal) {
                InvalidValueRules.assertDiscreet(refusal, mark);
                assertTaken(state);
            }
            String noted = odd;
            try {
                assertTrue(store().recordOutcome(state.hash(), odd));
            } catch (StoreException refusal) {
                InvalidValueRules.assertDiscreet(refusal, mark);
                noted = null;
            }
            assertEquals(noted, spent(find(state)).outcome());
        }
    }

    @Test
    @DisplayName("rule 6: a refusal holds none of the values that were given")
    void discreet() {
        String mark = mark();
        String bad = mark + "\u0000";
        StoredState state = new StoredState(freshHash(), bad, bad, bad, bad, bad);
        assertRefusalIsDiscreet(mark, () -> store().save(state, LIFETIME, MANY));
        assertRefusalIsDiscreet(
                mark,
                () -> store().savePending(
                                new PendingAuthorization(freshHash(), bad, bad, bad, bad, store().now()), LIFETIME));
        StoredState twice = new StoredState(freshHash(), mark, mark, mark, mark, mark);
        store().save(twice, LIFETIME, MANY);
        assertRefusalIsDiscreet(mark, () -> store().save(twice, LIFETIME, MANY));
    }

    private static void assertRefusalIsDiscreet(String mark, Runnable call) {
        try {
            call.run();
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
        }
    }

    @Test
    @DisplayName("rule 1: the name that ciphertexts are bound to is constant and the same on every node")
    void name() {
        assertFalse(store().name().isBlank(), "there is a name");
        assertEquals(store().name(), store().name());
        assertEquals(store().name(), otherNode().name());
    }
}
