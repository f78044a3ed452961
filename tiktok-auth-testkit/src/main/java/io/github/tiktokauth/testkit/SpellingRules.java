package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 3: whoever holds nothing is not taken for somebody whose id looks alike, by no verb and in no direction. */
abstract class SpellingRules extends TokenStoreRules {

    /** How many of those who look alike are tried as the holder: in lower, mixed and upper case, and with a blank at the end. */
    static final int HOLDERS = 4;

    SpellingRules(TokenStoreContract contract) {
        super(contract);
    }

    static String text(String holder, String other) {
        return "'" + holder + "' is not '" + other + "'";
    }

    /** Each holder with all who look like it; one holder at a time has a connection. */
    private static void forPairs(String unique, BiConsumer<String, List<String>> test) {
        List<String> all = OwnershipRules.lookalikes(unique);
        for (String holder : all.subList(0, HOLDERS)) {
            test.accept(
                    holder, all.stream().filter(other -> !other.equals(holder)).toList());
        }
    }

    /** A new connection of this user. */
    private StoredAuthorization held(String userId, String shopId) {
        assertEquals(ConnectOutcome.CONNECTED, connect(userId, shopId));
        return row(userId);
    }

    @Test
    @DisplayName("rule 3: a user of another spelling has no authorization to find, to end or to erase")
    void nothingOfTheirs() {
        forPairs(fresh("u"), (holder, others) -> {
            StoredAuthorization row = held(holder, fresh("shop"));
            for (String other : others) {
                assertEquals(Optional.empty(), store().find(other), () -> text(holder, other));
                assertFalse(store().disconnect(other), () -> text(holder, other));
                assertEquals(0, store().erase(other), () -> text(holder, other));
            }
            assertUnchanged(row);
            store().erase(holder);
        });
    }

    @Test
    @DisplayName("rule 3: a user of another spelling has no history to erase")
    void noHistoryOfTheirs() {
        forPairs(fresh("u"), (holder, others) -> {
            held(holder, fresh("shop"));
            assertTrue(store().disconnect(holder));
            for (String other : others) {
                assertEquals(0, store().erase(other), () -> text(holder, other));
            }
            store().erase(holder);
        });
    }

    @Test
    @DisplayName(
            "rule 3: a user of another spelling gets a conflict over the shop, not a renewal, and nothing is changed")
    void noRenewalForThem() {
        forPairs(fresh("u"), (holder, others) -> {
            StoredAuthorization row = held(holder, fresh("shop"));
            for (String other : others) {
                assertEquals(
                        ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER,
                        store().connect(authorization(other, row.shop().shopId(), "second")),
                        () -> text(holder, other));
            }
            assertUnchanged(row);
            store().erase(holder);
        });
    }

    @Test
    @DisplayName("rule 3: a shop of another spelling is another shop: no renewal, no holder, and nothing is changed")
    void anotherShop() {
        forPairs(fresh("s"), (holder, others) -> {
            StoredAuthorization row = held(fresh("user"), holder);
            for (String other : others) {
                assertEquals(
                        ConnectOutcome.USER_HOLDS_ANOTHER_SHOP,
                        store().connect(authorization(row.userId(), other, "second")),
                        () -> text(holder, other));
                assertEquals(Optional.empty(), store().findByShop(other), () -> text(holder, other));
            }
            assertUnchanged(row);
            store().erase(row.userId());
        });
    }
}
