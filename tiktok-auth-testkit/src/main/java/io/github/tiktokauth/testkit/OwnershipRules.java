package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 3, and what {@code connect} and {@code find} say; also rule 1 as far as one thread can see it. */
abstract class OwnershipRules extends TokenStoreRules {

    OwnershipRules(TokenStoreContract contract) {
        super(contract);
    }

    /** Ids that careless collations take for one; each is another user or shop. */
    static List<String> lookalikes(String unique) {
        return List.of(
                unique + "-ann",
                unique + "-Ann",
                unique + "-ANN",
                unique + "-ann ",
                " " + unique + "-ann",
                unique + "-ann\t",
                unique + "-änn",
                unique + "-a\u0308nn",
                unique + "-an\u200bn",
                unique + "-straße",
                unique + "-strasse",
                unique + "-李雷",
                unique + "-анна",
                unique + "-😀",
                unique + "-😁",
                unique + "-a_n",
                unique + "-a%");
    }

    @Test
    @DisplayName("rule 3: a user who never connected has no authorization")
    void unknownUser() {
        assertEquals(Optional.empty(), store().find(fresh("user")));
    }

    @Test
    @DisplayName("rule 1: what was connected is read back whole, on every node")
    void connects() {
        String userId = fresh("user");
        String shopId = fresh("shop");
        assertEquals(ConnectOutcome.CONNECTED, store().connect(authorization(userId, shopId, "first")));

        StoredAuthorization row = otherNode().find(userId).orElseThrow();
        assertEquals(userId, row.userId());
        assertEquals(shop(shopId), row.shop());
        assertEquals(tokens("first"), row.tokens());
        assertEquals(RefreshState.CLEAR, row.refresh());
        assertFalse(row.id().isEmpty(), "there is an id");
        assertTrue(row.id().length() <= 36, "an id has at most 36 characters");
        Instant now = row.storeTime();
        assertBetween(now.minus(MINUTE), now, row.createdAt(), "createdAt");
        assertBetween(row.createdAt(), now, row.updatedAt(), "updatedAt");
        assertBetween(row.createdAt(), now, row.tokensObtainedAt(), "tokensObtainedAt");
    }

    @Test
    @DisplayName("rule 1: every node sees each write at once")
    void visible() {
        StoredAuthorization row = connected();
        assertTrue(otherNode().acquireLease(row.id(), row.generation(), "other", LEASE, false, false));
        assertEquals("other", row(row.userId()).refresh().leaseOwner());
        assertTrue(otherNode().saveTokens(row.id(), row.generation(), APP_KEY, tokens("second"), false));
        assertEquals(tokens("second"), row(row.userId()).tokens());
        assertTrue(otherNode().disconnect(row.userId()));
        assertEquals(Optional.empty(), store().find(row.userId()));
        assertEquals(ConnectOutcome.CONNECTED, connect(row.userId(), row.shop().shopId()));
        assertNotEquals(Optional.empty(), otherNode().find(row.userId()));
    }

    @Test
    @DisplayName("rule 3: the same user and shop again is a renewal: new tokens and facts, the same id and createdAt")
    void renews() {
        StoredAuthorization first = connected();
        advance(MINUTE);
        StoredShop shop = new StoredShop(first.shop().shopId(), "Another name", "FR", "another cipher", false);
        ConnectOutcome outcome = store().connect(authorization(first.userId(), shop, tokens("second")));
        assertEquals(ConnectOutcome.RENEWED, outcome);

        StoredAuthorization renewed = row(first.userId());
        assertEquals(first.id(), renewed.id());
        assertEquals(first.createdAt(), renewed.createdAt());
        assertEquals(shop, renewed.shop());
        assertEquals(tokens("second"), renewed.tokens());
        assertTrue(renewed.tokensObtainedAt().isAfter(first.tokensObtainedAt()), "the tokens are newer");
        assertTrue(renewed.updatedAt().isAfter(first.updatedAt()), "the row was changed");
    }

    @Test
    @DisplayName("rule 3: a renewal clears lease, cool-down and failures")
    void renewalClearsFailures() {
        StoredAuthorization row = cooling();
        assertTrue(store().acquireLease(row.id(), row.generation(), "late", LEASE, true, false));
        assertEquals(ConnectOutcome.RENEWED, connect(row.userId(), row.shop().shopId()));
        assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
    }

    @Test
    @DisplayName("rule 3: a renewal clears the re-authorization mark")
    void renewalClearsTheMark() {
        StoredAuthorization row = marked();
        assertEquals(ConnectOutcome.RENEWED, connect(row.userId(), row.shop().shopId()));
        assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
    }

    @Test
    @DisplayName("rule 3: a user who holds a shop gets no other, and nothing is changed")
    void oneShopPerUser() {
        StoredAuthorization row = leased("owner");
        String otherShop = fresh("shop");
        assertEquals(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP, connect(row.userId(), otherShop));
        assertUnchanged(row);
        assertEquals(ConnectOutcome.CONNECTED, connect(fresh("user"), otherShop), "the refused shop is still free");
    }

    @Test
    @DisplayName("rule 3: a shop that a user holds goes to no other, and nothing is changed")
    void oneUserPerShop() {
        StoredAuthorization row = leased("owner");
        String otherUser = fresh("user");
        assertEquals(
                ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER,
                connect(otherUser, row.shop().shopId()));
        assertUnchanged(row);
        assertEquals(Optional.empty(), store().find(otherUser));
        assertEquals(ConnectOutcome.CONNECTED, connect(otherUser, fresh("shop")), "the refused user is still free");
    }

    @Test
    @DisplayName("rule 3: a user with a shop who asks for the shop of another gets a conflict, and nothing is changed")
    void conflictOnBothSides() {
        StoredAuthorization one = connected();
        StoredAuthorization two = connected();
        ConnectOutcome outcome = connect(one.userId(), two.shop().shopId());
        assertTrue(
                outcome == ConnectOutcome.USER_HOLDS_ANOTHER_SHOP
                        || outcome == ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER,
                () -> "either conflict will do, but not " + outcome);
        assertUnchanged(one);
        assertUnchanged(two);
    }

    @Test
    @DisplayName("rule 3: user ids are compared exactly")
    void userIdsAreExact() {
        List<String> users = lookalikes(fresh("u"));
        for (String userId : users) {
            assertEquals(Optional.empty(), store().find(userId), () -> "not connected yet: " + userId);
            assertEquals(
                    ConnectOutcome.CONNECTED, connect(userId, fresh("shop")), () -> "a user of its own: " + userId);
        }
        for (String userId : users) {
            assertEquals(userId, row(userId).userId());
        }
        assertEquals(
                users.size(),
                users.stream().map(userId -> row(userId).id()).distinct().count());
    }

    @Test
    @DisplayName("rule 3: shop ids are compared exactly")
    void shopIdsAreExact() {
        for (String shopId : lookalikes(fresh("s"))) {
            String userId = fresh("user");
            assertEquals(ConnectOutcome.CONNECTED, connect(userId, shopId), () -> "a shop of its own: " + shopId);
            assertEquals(shopId, row(userId).shop().shopId());
        }
    }

    @Test
    @DisplayName("rule 3: a shop leads to the one who holds it, and to nobody after that")
    void findsByShop() {
        String userId = fresh("user");
        List<String> shops = lookalikes(fresh("shop"));
        store().connect(authorization(userId, shops.get(0), "first"));
        assertEquals(userId, otherNode().findByShop(shops.get(0)).orElseThrow().userId());
        StoredAuthorization found = store().findByShop(shops.get(0)).orElseThrow();
        assertEquals(withoutStoreTime(row(userId)), withoutStoreTime(found), "as find shows it");
        for (String other : shops.subList(1, shops.size())) {
            assertEquals(Optional.empty(), store().findByShop(other));
        }
        store().disconnect(userId);
        assertEquals(Optional.empty(), otherNode().findByShop(shops.get(0)));
    }
}
