package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The three types of re-authorization marks: rules 4, 6 and 7. */
abstract class MarkRules extends TokenStoreRules {

    private static final List<Reauthorization> ALL = List.of(HARD, SOFT, SHOP);

    MarkRules(TokenStoreContract contract) {
        super(contract);
    }

    private boolean leaseInSpite(StoredAuthorization row, String owner) {
        return store().acquireLease(row.id(), row.generation(), owner, LEASE, false, true);
    }

    private void assertMark(Reauthorization expected, StoredAuthorization row) {
        RefreshState state = row(row.userId()).refresh();
        assertEquals(expected.type(), state.reauthorizationType());
        assertEquals(expected.reason(), state.reauthorizationReason());
        assertEquals(expected.nextTry() == null, state.nextTryAt() == null, "only a soft mark has a next try");
    }

    private void assertNoMark(StoredAuthorization row) {
        RefreshState state = row(row.userId()).refresh();
        assertNull(state.reauthorizationType());
        assertNull(state.reauthorizationReason());
        assertNull(state.nextTryAt());
    }

    @Test
    @DisplayName("rule 4: a mark keeps its type and reason, and a soft one the next try on the storage's clock")
    void kinds() {
        for (Reauthorization mark : ALL) {
            StoredAuthorization before = leased("owner");
            assertTrue(otherNode().requireReauthorization(before.id(), before.generation(), "owner", mark, FAILURE));
            StoredAuthorization after = row(before.userId());
            assertMark(mark, after);
            assertEquals(1, after.refresh().failures(), "the failure is noted");
            assertNull(after.refresh().coolDownUntil(), "there is no cool-down");
        }
        StoredAuthorization before = connected();
        StoredAuthorization after = marked(before, SOFT);
        Instant next = after.refresh().nextTryAt();
        assertNotNull(next);
        assertBetween(before.storeTime().plus(NEXT_TRY), after.storeTime().plus(NEXT_TRY), next, "nextTryAt");
    }

    @Test
    @DisplayName("rule 7: another mark is replaced, type, reason and next try")
    void replaced() {
        for (Reauthorization first : ALL) {
            for (Reauthorization second : ALL) {
                StoredAuthorization row = marked(connected(), first);
                marked(row, second);
                assertMark(second, row);
            }
        }
    }

    @Test
    @DisplayName("rule 7: a hard mark refuses every lease but one that ignores marks")
    void hard() {
        StoredAuthorization row = marked(connected(), HARD);
        advance(Duration.ofDays(30));
        assertFalse(lease(row, "owner"));
        assertUnchanged(row);
        assertTrue(leaseInSpite(row, "forced"));
        assertEquals("forced", row(row.userId()).refresh().leaseOwner());
        assertMark(HARD, row);
    }

    @Test
    @DisplayName("rule 4: a soft mark refuses leases until its next try, and gives them from then on")
    void soft() {
        StoredAuthorization row = marked(connected(), SOFT);
        assertFalse(lease(row, "owner"));
        advance(NEXT_TRY.minus(MINUTE.multipliedBy(2)));
        assertFalse(lease(row, "owner"), "shortly before the next try");
        assertFalse(otherNode().acquireLease(row.id(), row.generation(), "owner", LEASE, true, false));
        assertUnchanged(row);
        advance(MINUTE.multipliedBy(3));
        assertTrue(lease(row, "owner"), "the next try has come");
        assertMark(SOFT, row);
    }

    @Test
    @DisplayName("rule 4: a lease that ignores marks is given before the next try of a soft one, too")
    void softInSpite() {
        StoredAuthorization row = marked(connected(), SOFT);
        assertTrue(leaseInSpite(row, "forced"));
        assertFalse(leaseInSpite(row, "second"), "but not in spite of a running lease");
        assertMark(SOFT, row);
    }

    @Test
    @DisplayName("rule 4: another soft mark moves the next try")
    void nextTryMoves() {
        StoredAuthorization row = marked(connected(), SOFT);
        advance(NEXT_TRY.plus(MINUTE));
        assertTrue(lease(row, "owner"));
        assertTrue(mark(row, "owner", SOFT));
        assertFalse(lease(row, "next"), "the next try is later again");
        advance(NEXT_TRY.plus(MINUTE));
        assertTrue(lease(row, "next"));
    }

    @Test
    @DisplayName("rule 7: a mark of the shop refuses no lease")
    void shop() {
        StoredAuthorization row = marked(connected(), SHOP);
        assertTrue(lease(row, "owner"));
        assertMark(SHOP, row);
    }

    @Test
    @DisplayName("rule 4: ignoring marks does not ignore a cool-down, another lease or another generation")
    void ignoresNothingElse() {
        StoredAuthorization cooling = cooling();
        assertFalse(leaseInSpite(cooling, "forced"), "the cool-down runs");
        assertUnchanged(cooling);
        StoredAuthorization leased = leased("owner");
        assertFalse(leaseInSpite(leased, "forced"), "the lease runs");
        assertUnchanged(leased);
        StoredAuthorization marked = marked(connected(), HARD);
        assertFalse(store().acquireLease(marked.id(), marked.generation() + 1, "forced", LEASE, true, true));
        assertUnchanged(marked);
    }

    @Test
    @DisplayName("rule 6: saved tokens clear a hard and a soft mark, and no mark of the shop")
    void savedTokens() {
        for (Reauthorization mark : List.of(HARD, SOFT)) {
            StoredAuthorization row = marked(connected(), mark);
            assertTrue(save(row, "second"));
            assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
        }
        StoredAuthorization row = marked(connected(), SHOP);
        assertTrue(save(row, "second"));
        assertMark(SHOP, row);
        assertEquals(
                RefreshState.builder()
                        .reauthorization(SHOP.type(), SHOP.reason(), null)
                        .build(),
                row(row.userId()).refresh(),
                "the rest is cleared");
    }

    @Test
    @DisplayName("rule 3: a renewal clears every mark")
    void renewal() {
        for (Reauthorization mark : ALL) {
            StoredAuthorization row = marked(connected(), mark);
            connect(row.userId(), row.shop().shopId());
            assertNoMark(row);
        }
    }

    @Test
    @DisplayName("rule 5: a failure, other ciphertexts and facts of the shop leave a mark alone")
    void kept() {
        for (Reauthorization mark : ALL) {
            StoredAuthorization row = marked(connected(), mark);
            Instant next = row.refresh().nextTryAt();
            failOnce(row, FAILURE);
            assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
            assertTrue(store().saveShop(row.id(), row.generation(), row.shop()));
            assertMark(mark, row);
            assertEquals(next, row(row.userId()).refresh().nextTryAt());
        }
    }
}
