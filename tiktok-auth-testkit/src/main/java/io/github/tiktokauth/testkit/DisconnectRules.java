package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code disconnect} and {@code erase}: rules 1, 3 and 5. */
abstract class DisconnectRules extends TokenStoreRules {

    DisconnectRules(TokenStoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("rule 1: disconnect ends the authorization, and returns whether there was one")
    void disconnects() {
        StoredAuthorization row = connected();
        assertTrue(store().disconnect(row.userId()));
        assertEquals(Optional.empty(), store().find(row.userId()));
        assertEquals(Optional.empty(), otherNode().find(row.userId()));
        assertFalse(otherNode().disconnect(row.userId()), "there is none any more");
        assertFalse(store().disconnect(fresh("user")), "there never was one");
    }

    @Test
    @DisplayName("rule 3: disconnect gives up the claim on the user")
    void releasesTheUser() {
        StoredAuthorization row = connected();
        assertTrue(store().disconnect(row.userId()));
        String otherShop = fresh("shop");
        assertEquals(ConnectOutcome.CONNECTED, connect(row.userId(), otherShop));
        assertEquals(otherShop, row(row.userId()).shop().shopId());
    }

    @Test
    @DisplayName("rule 3: disconnect gives up the claim on the shop")
    void releasesTheShop() {
        StoredAuthorization row = connected();
        assertTrue(store().disconnect(row.userId()));
        String otherUser = fresh("user");
        assertEquals(ConnectOutcome.CONNECTED, connect(otherUser, row.shop().shopId()));
        assertEquals(
                ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER,
                connect(row.userId(), row.shop().shopId()));
    }

    @Test
    @DisplayName(
            "rule 5: connecting the same shop after a disconnect is a new connection with a new id, and clear of the old")
    void reconnects() {
        StoredAuthorization old = marked();
        advance(MINUTE);
        assertTrue(store().disconnect(old.userId()));
        assertEquals(ConnectOutcome.CONNECTED, connect(old.userId(), old.shop().shopId()));

        StoredAuthorization row = row(old.userId());
        assertNotEquals(old.id(), row.id());
        assertTrue(row.createdAt().isAfter(old.createdAt()), "createdAt is of the new connection");
        assertEquals(RefreshState.CLEAR, row.refresh());
    }

    @Test
    @DisplayName("rule 3: disconnect works under a lease, in a cool-down and when marked, again and again")
    void disconnectsInEveryCondition() {
        for (StoredAuthorization row : List.of(leased("owner"), cooling(), marked())) {
            for (int i = 0; i < 3; i++) {
                assertTrue(store().disconnect(row.userId()));
                assertEquals(
                        ConnectOutcome.CONNECTED,
                        connect(row.userId(), row.shop().shopId()));
            }
        }
    }

    @Test
    @DisplayName("rule 3: disconnect and erase compare user ids exactly")
    void endsExactlyOne() {
        List<String> users = OwnershipRules.lookalikes(fresh("u"));
        users.forEach(userId -> connect(userId, fresh("shop")));
        assertTrue(store().disconnect(users.get(0)));
        assertTrue(store().erase(users.get(1)) >= 1);
        assertEquals(Optional.empty(), store().find(users.get(0)));
        assertEquals(Optional.empty(), store().find(users.get(1)));
        for (String userId : users.subList(2, users.size())) {
            assertTrue(store().find(userId).isPresent(), () -> "another user: " + userId);
        }
    }

    @Test
    @DisplayName("rule 1: erase removes everything about a user, history included, and returns how much")
    void erases() {
        StoredAuthorization row = connected();
        StoredAuthorization bystander = connected();
        assertTrue(store().disconnect(row.userId()));
        connect(row.userId(), fresh("shop"));

        assertTrue(otherNode().erase(row.userId()) >= 1, "at least the active entry");
        assertEquals(Optional.empty(), store().find(row.userId()));
        assertEquals(0, store().erase(row.userId()), "nothing is left");
        assertEquals(0, store().erase(fresh("user")), "nothing there was");
        assertUnchanged(bystander);
    }

    @Test
    @DisplayName("rule 3: erase gives up the claims on user and shop")
    void eraseReleases() {
        StoredAuthorization row = connected();
        assertTrue(store().erase(row.userId()) >= 1);
        assertEquals(ConnectOutcome.CONNECTED, connect(fresh("user"), row.shop().shopId()));
        assertEquals(ConnectOutcome.CONNECTED, connect(row.userId(), fresh("shop")));
        assertNotEquals(row.id(), row(row.userId()).id());
    }

    @Test
    @DisplayName("rule 1: erase of a user who has disconnected leaves nothing behind")
    void erasesHistory() {
        StoredAuthorization row = connected();
        assertTrue(store().disconnect(row.userId()));
        int removed = store().erase(row.userId());
        assertTrue(removed >= 0, "a store need not keep history");
        assertEquals(0, store().erase(row.userId()));
    }
}
