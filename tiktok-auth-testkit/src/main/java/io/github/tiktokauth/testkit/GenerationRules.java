package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.StoredAuthorization;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 5. */
abstract class GenerationRules extends TokenStoreRules {

    GenerationRules(TokenStoreContract contract) {
        super(contract);
    }

    private void assertGeneration(long expected, StoredAuthorization row) {
        assertEquals(expected, row(row.userId()).generation());
    }

    @Test
    @DisplayName("rule 5: the generation starts at 1")
    void starts() {
        assertEquals(1, connected().generation());
    }

    @Test
    @DisplayName("rule 5: each save of tokens raises the generation by one")
    void saving() {
        StoredAuthorization row = connected();
        for (int i = 0; i < 3; i++) {
            assertTrue(save(row(row.userId()), "save-" + i));
            assertGeneration(2 + i, row);
        }
    }

    @Test
    @DisplayName("rule 5: each renewal raises the generation by one")
    void renewing() {
        StoredAuthorization row = connected();
        for (int i = 0; i < 3; i++) {
            connect(row.userId(), row.shop().shopId());
            assertGeneration(2 + i, row);
        }
        assertTrue(save(row(row.userId()), "after renewals"));
        assertGeneration(5, row);
    }

    @Test
    @DisplayName("rule 5: leases leave the generation alone")
    void leasing() {
        StoredAuthorization row = leased("owner");
        assertFalse(lease(row, "other"));
        advance(LEASE.plus(MINUTE));
        assertTrue(lease(row, "other"));
        assertGeneration(1, row);
    }

    @Test
    @DisplayName("rule 5: failures leave the generation alone")
    void failing() {
        assertGeneration(1, cooling());
    }

    @Test
    @DisplayName("rule 5: the re-authorization mark leaves the generation alone")
    void marking() {
        assertGeneration(1, marked());
    }

    @Test
    @DisplayName("rule 5: new ciphertexts of the same tokens leave the generation alone")
    void reencrypting() {
        StoredAuthorization row = connected();
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertGeneration(1, row);
    }

    @Test
    @DisplayName("rule 5: what is refused leaves the generation alone")
    void refused() {
        StoredAuthorization row = connected();
        connect(row.userId(), fresh("shop"));
        connect(fresh("user"), row.shop().shopId());
        assertFalse(store().saveTokens(row.id(), 2, APP_KEY, tokens("refused"), false));
        assertFalse(fail(row, "nobody"));
        assertGeneration(1, row);
    }

    @Test
    @DisplayName("rule 5: every new connection has an id never used before, and starts at 1 again")
    void newIds() {
        Set<String> ids = new HashSet<>();
        String userId = fresh("user");
        String shopId = fresh("shop");
        for (int i = 0; i < 5; i++) {
            connect(userId, shopId);
            StoredAuthorization row = row(userId);
            assertEquals(1, row.generation());
            assertTrue(ids.add(row.id()), "an id of its own");
            assertTrue(save(row, "save-" + i));
            assertTrue(i % 2 == 0 ? store().disconnect(userId) : store().erase(userId) > 0);
        }
    }

    @Test
    @DisplayName("rule 5: after a disconnect nothing can be done with the old id, by the old or the next generation")
    void oldIdIsDead() {
        StoredAuthorization old = leased("owner");
        assertTrue(store().disconnect(old.userId()));
        assertDead(old.id());
        connect(old.userId(), old.shop().shopId());
        StoredAuthorization row = row(old.userId());
        assertDead(old.id());
        assertUnchanged(row);
    }

    private void assertDead(String id) {
        for (long generation = 0; generation < 4; generation++) {
            assertFalse(store().saveTokens(id, generation, APP_KEY, tokens("late"), false), "a late save");
            assertFalse(store().acquireLease(id, generation, "late", LEASE, true, false), "a late lease");
            assertFalse(store().recordFailure(id, generation, "owner", COOL_DOWN, FAILURE), "a late failure");
            assertFalse(store().requireReauthorization(id, generation, "owner", HARD, FAILURE), "a late mark");
            assertFalse(store().reencrypt(id, generation, "late", "late"), "late ciphertexts");
        }
    }
}
