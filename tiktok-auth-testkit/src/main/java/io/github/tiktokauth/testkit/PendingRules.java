package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Authorizations that wait for the choice of a shop: rules 1, 3, 8 and 9. */
abstract class PendingRules extends StateStoreRules {

    PendingRules(StateStoreContract contract) {
        super(contract);
    }

    private PendingAuthorization savedPending(String userId) {
        PendingAuthorization pending = pending(userId);
        store().savePending(pending, LIFETIME);
        return pending;
    }

    private void assertThere(PendingAuthorization pending) {
        assertEquals(Optional.of(pending), store().findPending(pending.hash()));
    }

    private void assertGone(PendingAuthorization pending) {
        assertEquals(Optional.empty(), store().findPending(pending.hash()));
        assertFalse(store().removePending(pending.hash()));
    }

    @Test
    @DisplayName("rule 1: a pending authorization is found whole on every node, and stays")
    void finds() {
        PendingAuthorization pending = savedPending(freshUser());
        for (int i = 0; i < 4; i++) {
            assertEquals(Optional.of(pending), node(i).findPending(pending.hash()));
        }
        PendingAuthorization unbound =
                new PendingAuthorization(freshHash(), freshUser(), APP_KEY, null, "v1.k.payload", store().now());
        otherNode().savePending(unbound, LIFETIME);
        assertThere(unbound);
        assertEquals(Optional.empty(), store().findPending(freshHash()));
    }

    @Test
    @DisplayName("rule 9: a pending authorization is removed once, on whatever node")
    void removes() {
        PendingAuthorization pending = savedPending(freshUser());
        PendingAuthorization other = savedPending(pending.userId());
        assertTrue(otherNode().removePending(pending.hash()));
        assertGone(pending);
        assertFalse(otherNode().removePending(pending.hash()));
        assertThere(other);
        assertFalse(store().removePending(freshHash()), "there was none");
    }

    @Test
    @DisplayName("rule 3: a pending authorization that is older than its lifetime is neither found nor removed")
    void ends() {
        PendingAuthorization removed = savedPending(freshUser());
        PendingAuthorization found = savedPending(freshUser());
        PendingAuthorization longer = pending(freshUser());
        store().savePending(longer, LIFETIME.multipliedBy(5));
        advance(LIFETIME.minus(MINUTE));
        assertThere(removed);
        advance(MINUTE.multipliedBy(2));
        assertFalse(otherNode().removePending(removed.hash()), "too late");
        assertGone(found);
        assertThere(longer);
    }

    @Test
    @DisplayName("rule 9: a hash that is there already is refused, and the first authorization stays")
    void savedTwice() {
        PendingAuthorization first = savedPending(freshUser());
        PendingAuthorization second =
                new PendingAuthorization(first.hash(), freshUser(), APP_KEY, freshHash(), "v1.k.other", store().now());
        for (PendingAuthorization again : List.of(second, first)) {
            StoreException refusal =
                    assertThrows(StoreException.class, () -> otherNode().savePending(again, LIFETIME));
            assertEquals(StoreException.Kind.BAD_VALUE, refusal.kind());
        }
        assertThere(first);
    }

    @Test
    @DisplayName("rule 1: a user may wait for several choices; all are removed together, and counted")
    void removesOfUser() {
        String userId = freshUser();
        List<PendingAuthorization> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(savedPending(userId));
        }
        PendingAuthorization bystander = savedPending(freshUser());
        StoredState state = saved(userId, MANY);
        all.forEach(this::assertThere);
        assertEquals(3, otherNode().removePendingOfUser(userId));
        all.forEach(this::assertGone);
        assertEquals(0, store().removePendingOfUser(userId));
        assertThere(bystander);
        assertTaken(state);
    }

    @Test
    @DisplayName(
            "rule 8: pending authorizations of users who look alike are distinguished, and hashes are compared exactly")
    void exactly() {
        List<String> users = OwnershipRules.lookalikes(freshUser());
        List<PendingAuthorization> all = users.stream().map(this::savedPending).toList();
        assertEquals(1, store().removePendingOfUser(users.get(0)));
        assertEquals(1, store().erase(users.get(1)));
        all.subList(0, 2).forEach(this::assertGone);
        all.subList(2, all.size()).forEach(this::assertThere);

        String hash = "ab" + freshHash().substring(2);
        PendingAuthorization pending =
                new PendingAuthorization(hash, freshUser(), APP_KEY, null, "v1.k.payload", store().now());
        store().savePending(pending, LIFETIME);
        assertEquals(Optional.empty(), store().findPending(hash.replace("ab", "AB")));
        assertFalse(store().removePending(hash.replace("ab", "AB")));
        assertThere(pending);
    }

    @Test
    @DisplayName("rule 1: erase removes states and pending authorizations of a user, and counts both")
    void erases() {
        String userId = freshUser();
        StoredState state = saved(userId, MANY);
        PendingAuthorization one = savedPending(userId);
        PendingAuthorization two = savedPending(userId);
        PendingAuthorization bystander = savedPending(freshUser());
        assertEquals(3, otherNode().erase(userId));
        assertEquals(Status.UNKNOWN, take(state));
        assertGone(one);
        assertGone(two);
        assertThere(bystander);
        assertEquals(0, store().erase(userId));
    }

    @Test
    @DisplayName("rule 3: purge removes late states and pending authorizations, together never more than asked for")
    void purges() {
        purgeAll();
        String userId = freshUser();
        List<PendingAuthorization> late = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            late.add(savedPending(userId));
            saved(userId, MANY);
        }
        PendingAuthorization running = pending(userId);
        store().savePending(running, LIFETIME.multipliedBy(5));
        assertEquals(0, store().purge(MANY), "nothing is late yet");
        advance(LIFETIME.plus(MINUTE));
        assertEquals(2, otherNode().purge(2));
        assertEquals(2, store().purge(2));
        assertEquals(2, store().purge(2));
        assertEquals(0, store().purge(2));
        assertThere(running);
        late.forEach(pending -> store().savePending(pending, LIFETIME));
        late.forEach(this::assertThere);
    }

    @Test
    @DisplayName("rule 8: a state and a pending authorization with one hash do not meet")
    void statesAreOthers() {
        StoredState state = saved(freshUser(), MANY);
        PendingAuthorization pending =
                new PendingAuthorization(state.hash(), state.userId(), APP_KEY, null, "v1.k.payload", store().now());
        store().savePending(pending, LIFETIME);
        assertTaken(state);
        assertThere(pending);
        store().forget(pending.hash());
        assertThere(pending);
        assertTrue(store().removePending(pending.hash()));
        assertEquals(Status.ALREADY_USED, take(state));
    }
}
