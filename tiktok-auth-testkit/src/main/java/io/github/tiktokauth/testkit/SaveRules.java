package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 6 and 7: a save is a compare-and-set on id and generation, and on nothing else. */
abstract class SaveRules extends TokenStoreRules {

    SaveRules(TokenStoreContract contract) {
        super(contract);
    }

    private void assertSaved(StoredAuthorization before) {
        assertTrue(save(before, "second"), "the save is not refused");
        StoredAuthorization after = row(before.userId());
        assertEquals(tokens("second"), after.tokens());
        assertEquals(RefreshState.CLEAR, after.refresh(), "lease, cool-down, failures and mark are cleared");
        assertEquals(before.generation() + 1, after.generation());
    }

    private void assertRefused(StoredAuthorization before, String id, long generation) {
        assertFalse(store().saveTokens(id, generation, APP_KEY, tokens("refused"), false), "the save is refused");
        assertUnchanged(before);
    }

    @Test
    @DisplayName("rule 6: a save by the owner of the lease replaces all token values, and nothing else")
    void saves() {
        StoredAuthorization before = leased("owner");
        advance(MINUTE);
        assertSaved(before);

        StoredAuthorization after = row(before.userId());
        assertEquals(before.id(), after.id());
        assertEquals(before.shop(), after.shop(), "shop facts stay");
        assertEquals(before.createdAt(), after.createdAt());
        assertTrue(after.tokensObtainedAt().isAfter(before.tokensObtainedAt()), "tokensObtainedAt is of this write");
        assertTrue(after.updatedAt().isAfter(before.updatedAt()), "updatedAt is of this write");
    }

    @Test
    @DisplayName("rule 6: a save is not refused when nobody ever took a lease")
    void withoutLease() {
        assertSaved(connected());
    }

    @Test
    @DisplayName("rule 6: a save is not refused when the lease ran out")
    void afterTheLease() {
        StoredAuthorization row = leased("owner");
        advance(LEASE.plus(MINUTE));
        assertSaved(row);
    }

    @Test
    @DisplayName("rule 6: a save is not refused when another node took the lease over, and ends that lease")
    void leaseTakenOver() {
        StoredAuthorization row = leased("owner");
        advance(LEASE.plus(MINUTE));
        assertTrue(lease(row, "successor"));
        assertSaved(row);
        assertFalse(fail(row, "successor"), "the successor's lease is over");
        assertFalse(mark(row, "successor"), "the successor's refusal is about a token already replaced");
        assertFalse(save(row, "third"), "the successor's save is of an old generation");
        assertEquals(tokens("second"), row(row.userId()).tokens());
    }

    @Test
    @DisplayName("rule 6: a save is not refused by the re-authorization mark, and clears it")
    void marksDoNotRefuse() {
        assertSaved(marked());
    }

    @Test
    @DisplayName("rule 6: a save is not refused when another node took the lease over and marked")
    void markedBySuccessor() {
        StoredAuthorization row = leased("owner");
        advance(LEASE.plus(MINUTE));
        assertTrue(lease(row, "successor"));
        assertTrue(mark(row, "successor"));
        assertSaved(row);
    }

    @Test
    @DisplayName("rule 6: a save is not refused in a cool-down, and ends it")
    void coolDownDoesNotRefuse() {
        StoredAuthorization row = cooling();
        assertSaved(row);
        assertTrue(lease(row(row.userId()), "next"), "the cool-down is over");
    }

    @Test
    @DisplayName("rule 6: a save is not refused after new ciphertexts were written")
    void reencryptDoesNotRefuse() {
        StoredAuthorization row = leased("owner");
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertSaved(row);
    }

    @Test
    @DisplayName("rule 7: a save of an older generation is refused and changes nothing")
    void olderGeneration() {
        StoredAuthorization row = connected();
        assertTrue(save(row, "second"));
        StoredAuthorization now = row(row.userId());
        assertRefused(now, row.id(), row.generation());
        assertRefused(now, row.id(), 0);
    }

    @Test
    @DisplayName("rule 7: a save of a generation still to come is refused and changes nothing")
    void futureGeneration() {
        StoredAuthorization row = leased("owner");
        assertRefused(row, row.id(), row.generation() + 1);
        assertRefused(row, row.id(), Long.MAX_VALUE);
    }

    @Test
    @DisplayName("rule 7: a save with another id is refused and changes nothing")
    void otherId() {
        StoredAuthorization row = connected();
        assertRefused(row, "00000000-0000-0000-0000-000000000000", row.generation());
        assertRefused(row, row.userId().substring(0, 30), row.generation());
    }

    @Test
    @DisplayName("rule 7: a save is refused after a renewal, which holds the newer tokens")
    void afterRenewal() {
        StoredAuthorization row = leased("owner");
        connect(row.userId(), row.shop().shopId());
        assertRefused(row(row.userId()), row.id(), row.generation());
    }

    @Test
    @DisplayName("rule 7: a save is refused after a disconnect, which wins")
    void afterDisconnect() {
        StoredAuthorization row = leased("owner");
        assertTrue(store().disconnect(row.userId()));
        assertFalse(save(row, "late"));
        assertTrue(store().find(row.userId()).isEmpty(), "the connection does not come back");
    }

    @Test
    @DisplayName("rule 7: a save for one user leaves every other user alone")
    void bystander() {
        StoredAuthorization bystander = leased("owner");
        assertSaved(connected());
        assertUnchanged(bystander);
    }
}
