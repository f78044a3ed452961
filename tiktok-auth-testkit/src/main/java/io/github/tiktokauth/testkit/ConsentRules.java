package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 10, the time and the extent of the consent, and {@code saveShop}. */
abstract class ConsentRules extends TokenStoreRules {

    private static final String OTHER_APP = "testkit-other-app";

    ConsentRules(TokenStoreContract contract) {
        super(contract);
    }

    private void assertAppKey(String expected, StoredAuthorization row, String after) {
        assertEquals(expected, row(row.userId()).appKey(), () -> "the App Key after " + after);
    }

    @Test
    @DisplayName("rule 10: connecting, renewing and saving tokens write the App Key, also that of another app")
    void appKeyIsWritten() {
        StoredAuthorization row = connected();
        assertEquals(APP_KEY, row.appKey());
        assertEquals(APP_KEY, otherNode().find(row.userId()).orElseThrow().appKey());
        assertTrue(store().saveTokens(row.id(), row.generation(), OTHER_APP, tokens("second"), false));
        assertAppKey(OTHER_APP, row, "a save");
        assertEquals(ConnectOutcome.RENEWED, connect(row.userId(), row.shop().shopId()));
        assertAppKey(APP_KEY, row, "a renewal");
    }

    @Test
    @DisplayName("rule 10: no other verb writes the App Key")
    void appKeyIsKept() {
        StoredAuthorization row = connected();
        assertTrue(store().saveTokens(row.id(), row.generation(), OTHER_APP, tokens("second"), false));
        row = row(row.userId());
        takeOver(row, "owner");
        assertAppKey(OTHER_APP, row, "a lease");
        assertTrue(fail(row, "owner"));
        assertAppKey(OTHER_APP, row, "a failure");
        marked(row, SOFT);
        assertAppKey(OTHER_APP, row, "a mark");
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertAppKey(OTHER_APP, row, "other ciphertexts");
        assertTrue(store().saveShop(row.id(), row.generation(), row.shop()));
        assertAppKey(OTHER_APP, row, "facts of the shop");
        Instant requested = requestCheck(row);
        assertAppKey(OTHER_APP, row, "the request of a check");
        assertTrue(store().beginCheck(row.id(), requested, MINUTE));
        assertAppKey(OTHER_APP, row, "the begin of a check");
        assertTrue(store().finishCheck(row.id(), requested, "NOT_COVERED"));
        assertAppKey(OTHER_APP, row, "the end of a check");
    }

    @Test
    @DisplayName("rule 10: a refused connect or save leaves the App Key alone")
    void appKeyIsKeptByRefusals() {
        StoredAuthorization row = connected();
        assertFalse(store().saveTokens(row.id(), row.generation() + 1, OTHER_APP, tokens("late"), false));
        store().connect(authorization(row.userId(), OTHER_APP, shop(fresh("shop")), tokens("x"), 1));
        store().connect(authorization(fresh("user"), OTHER_APP, row.shop(), tokens("x"), 1));
        assertUnchanged(row);
    }

    @Test
    @DisplayName("rule 4: authorizedAt is the time of the last consent; saved tokens and other writes leave it alone")
    void authorizedAt() {
        StoredAuthorization first = connected();
        assertBetween(first.createdAt(), first.storeTime(), first.authorizedAt(), "authorizedAt");
        advance(MINUTE);
        assertTrue(save(first, "second"));
        takeOver(row(first.userId()), "owner");
        assertTrue(fail(row(first.userId()), "owner"));
        assertEquals(first.authorizedAt(), row(first.userId()).authorizedAt(), "a refresh is no consent");
        Instant before = row(first.userId()).storeTime();
        connect(first.userId(), first.shop().shopId());
        StoredAuthorization renewed = row(first.userId());
        assertBetween(before, renewed.storeTime(), renewed.authorizedAt(), "authorizedAt of the renewal");
        assertEquals(first.createdAt(), renewed.createdAt());
    }

    @Test
    @DisplayName("rule 1: how many shops were authorized is kept as it was given, and replaced by a renewal only")
    void authorizedShops() {
        String userId = fresh("user");
        StoredShop shop = shop(fresh("shop"));
        for (Integer shops : new Integer[] {7, null, 0, Integer.MAX_VALUE}) {
            store().connect(authorization(userId, APP_KEY, shop, tokens("first"), shops));
            assertEquals(shops, row(userId).authorizedShops());
            assertTrue(save(row(userId), "second"));
            assertEquals(shops, row(userId).authorizedShops(), "a save leaves it alone");
        }
    }

    @Test
    @DisplayName("rule 9: that a shop has no cipher is kept, and distinguished from a cipher that is not known")
    void withoutCipher() {
        StoredShop without =
                StoredShop.builder(fresh("shop")).withoutCipher(true).build();
        String userId = fresh("user");
        assertEquals(ConnectOutcome.CONNECTED, store().connect(authorization(userId, without, tokens("first"))));
        assertEquals(without, row(userId).shop());
        StoredShop unknown = without.toBuilder().withoutCipher(false).build();
        assertEquals(ConnectOutcome.RENEWED, store().connect(authorization(userId, unknown, tokens("second"))));
        assertEquals(unknown, row(userId).shop());
        StoredAuthorization row = row(userId);
        for (StoredShop shop :
                new StoredShop[] {without, unknown.toBuilder().cipher("c").build(), without}) {
            assertTrue(store().saveShop(row.id(), row.generation(), shop));
            assertEquals(shop, row(userId).shop());
        }
        assertTrue(save(row, "third"));
        assertEquals(without, row(userId).shop(), "a save leaves it alone");
    }

    @Test
    @DisplayName("rule 5: other facts of the shop replace the old ones and nothing else; a refresh in flight continues")
    void savesShop() {
        StoredAuthorization before = leased("owner");
        requestCheck(before);
        before = row(before.userId());
        advance(MINUTE);
        StoredShop shop = new StoredShop(before.shop().shopId(), "Another name", "FR", "another cipher", false);
        assertTrue(otherNode().saveShop(before.id(), before.generation(), shop));
        StoredAuthorization after = row(before.userId());
        assertEquals(shop, after.shop());
        assertTrue(after.updatedAt().isAfter(before.updatedAt()), "updatedAt is of this write");
        assertEquals(
                withoutStoreTime(before),
                withoutStoreTime(after.toBuilder()
                        .shop(before.shop())
                        .updatedAt(before.updatedAt())
                        .build()),
                "nothing else is changed");
        StoredShop bare = StoredShop.builder(shop.shopId()).build();
        assertTrue(store().saveShop(before.id(), before.generation(), bare));
        assertNull(row(before.userId()).shop().cipher(), "a null replaces a value");
        assertEquals(bare, row(before.userId()).shop());
        assertTrue(save(before, "second"), "the refresh in flight is not refused");
        assertEquals(bare, row(before.userId()).shop());
    }

    @Test
    @DisplayName("rule 7: facts for another id, generation or shop are refused and change nothing")
    void savesNoOtherShop() {
        StoredAuthorization row = connected();
        StoredAuthorization other = connected();
        assertFalse(store().saveShop(row.id(), row.generation() + 1, row.shop()));
        assertFalse(store().saveShop(row.id(), row.generation() - 1, row.shop()));
        assertFalse(store().saveShop(UNKNOWN_ID, row.generation(), row.shop()));
        assertFalse(store().saveShop(row.id(), row.generation(), shop(fresh("shop"))), "a shop that nobody holds");
        assertFalse(store().saveShop(row.id(), row.generation(), other.shop()), "the shop of another");
        assertUnchanged(row);
        assertUnchanged(other);
        advance(Duration.ofSeconds(1));
        assertTrue(store().disconnect(row.userId()));
        assertFalse(store().saveShop(row.id(), row.generation(), row.shop()), "the connection has ended");
        assertFalse(store().saveShop(row.id(), row.generation() + 1, row.shop()), "and stays so");
        assertTrue(store().find(row.userId()).isEmpty());
    }

    @Test
    @DisplayName("rule 3: the shop id is compared exactly before its facts are replaced")
    void savesNoShopOfAnotherSpelling() {
        String userId = fresh("user");
        var lookalikes = OwnershipRules.lookalikes(fresh("shop"));
        assertEquals(ConnectOutcome.CONNECTED, connect(userId, lookalikes.get(0)));
        StoredAuthorization row = row(userId);
        for (String other : lookalikes.subList(1, lookalikes.size())) {
            assertFalse(store().saveShop(row.id(), row.generation(), shop(other)), () -> "another shop: " + other);
        }
        assertUnchanged(row);
    }
}
