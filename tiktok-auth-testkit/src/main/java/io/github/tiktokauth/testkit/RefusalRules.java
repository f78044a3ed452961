package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Refusals since the last token write, and the last forced refresh: rules 4, 6 and 7. */
abstract class RefusalRules extends TokenStoreRules {

    private static final RefreshFailure FORCED = REFUSAL.withForced(true);

    RefusalRules(TokenStoreContract contract) {
        super(contract);
    }

    /** A row whose last forced refresh brought new tokens. */
    private StoredAuthorization forced() {
        StoredAuthorization row = connected();
        assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, tokens("forced"), true));
        return row(row.userId());
    }

    private void assertForced(String outcome, Instant from, StoredAuthorization row) {
        ForcedRefresh last = row(row.userId()).refresh().forcedRefresh();
        assertNotNull(last, "the forced refresh is remembered");
        assertEquals(outcome, last.outcome());
        assertBetween(from, row(row.userId()).storeTime(), last.at(), "the end of the forced refresh");
    }

    private void assertNotForced(StoredAuthorization row) {
        assertNull(row(row.userId()).refresh().forcedRefresh());
    }

    @Test
    @DisplayName("rule 4: refusals are counted, the first one with its time; other failures are not")
    void counted() {
        StoredAuthorization row = connected();
        assertEquals(0, failOnce(row, FAILURE).refusals());
        assertNull(row(row.userId()).refresh().firstRefusedAt());
        advance(MINUTE);
        Instant before = row(row.userId()).storeTime();
        RefreshState first = failOnce(row, REFUSAL);
        Instant after = row(row.userId()).storeTime();
        assertEquals(1, first.refusals());
        Instant at = first.firstRefusedAt();
        assertNotNull(at);
        assertBetween(before, after, at, "firstRefusedAt");
        advance(MINUTE);
        RefreshState second = failOnce(row, REFUSAL);
        assertEquals(2, second.refusals());
        assertEquals(at, second.firstRefusedAt(), "the time of the first");
        RefreshState outage = failOnce(row, FAILURE);
        assertEquals(2, outage.refusals(), "a failure that is no refusal does not count");
        assertEquals(at, outage.firstRefusedAt());
        assertEquals(4, outage.failures(), "as a failure all count");
        takeOver(row, "owner");
        assertTrue(store().requireReauthorization(row.id(), row.generation(), "owner", SOFT, REFUSAL));
        RefreshState marked = row(row.userId()).refresh();
        assertEquals(3, marked.refusals(), "one that leads to a mark counts, too");
        assertEquals(at, marked.firstRefusedAt());
    }

    @Test
    @DisplayName("rule 4: a refusal that leads to a mark may be the first")
    void firstWithAMark() {
        StoredAuthorization row = leased("owner");
        assertTrue(store().requireReauthorization(row.id(), row.generation(), "owner", HARD, REFUSAL));
        StoredAuthorization after = row(row.userId());
        assertEquals(1, after.refresh().refusals());
        Instant at = after.refresh().firstRefusedAt();
        assertNotNull(at);
        assertBetween(row.storeTime(), after.storeTime(), at, "firstRefusedAt");
    }

    @Test
    @DisplayName("rule 6: saved tokens and a renewal clear the refusals, and the next one is the first again")
    void cleared() {
        StoredAuthorization row = connected();
        failOnce(row, REFUSAL);
        assertTrue(save(row, "second"));
        assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
        advance(MINUTE);
        row = row(row.userId());
        Instant at = failOnce(row, REFUSAL).firstRefusedAt();
        assertNotNull(at);
        assertFalse(at.isBefore(row.storeTime()), "the first since the save");
        connect(row.userId(), row.shop().shopId());
        assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
    }

    @Test
    @DisplayName("rule 5: a lease, other ciphertexts and facts of the shop leave the refusals alone")
    void kept() {
        StoredAuthorization row = connected();
        RefreshState refused = failOnce(row, REFUSAL);
        takeOver(row, "owner");
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertTrue(store().saveShop(row.id(), row.generation(), row.shop()));
        RefreshState after = row(row.userId()).refresh();
        assertEquals(1, after.refusals());
        assertEquals(refused.firstRefusedAt(), after.firstRefusedAt());
    }

    @Test
    @DisplayName("rule 4: a forced refresh that brought tokens is remembered with its time")
    void rememberedBySave() {
        StoredAuthorization before = leased("owner");
        advance(MINUTE);
        Instant from = row(before.userId()).storeTime();
        assertTrue(store().saveTokens(before.id(), before.generation(), APP_KEY, tokens("forced"), true));
        assertForced(ForcedRefresh.REFRESHED, from, before);
        ForcedRefresh last = row(before.userId()).refresh().forcedRefresh();
        assertEquals(
                RefreshState.builder().forcedRefresh(last).build(),
                row(before.userId()).refresh(),
                "the rest is cleared");
    }

    @Test
    @DisplayName("rule 4: a forced refresh that was refused is remembered with the code, noted or marked")
    void rememberedByRefusal() {
        StoredAuthorization noted = leased("owner");
        assertTrue(store().recordFailure(noted.id(), noted.generation(), "owner", COOL_DOWN, FORCED));
        assertForced(FORCED.code(), noted.storeTime(), noted);
        StoredAuthorization marked = leased("owner");
        assertTrue(store().requireReauthorization(marked.id(), marked.generation(), "owner", HARD, FORCED));
        assertForced(FORCED.code(), marked.storeTime(), marked);
        StoredAuthorization again = leased("owner");
        RefreshFailure uncounted = FAILURE.withForced(true);
        assertTrue(store().requireReauthorization(again.id(), again.generation(), "owner", HARD, uncounted));
        assertForced(uncounted.code(), again.storeTime(), again);
    }

    @Test
    @DisplayName("rule 4: a later forced refresh replaces an earlier one")
    void replaced() {
        StoredAuthorization row = forced();
        advance(MINUTE);
        Instant from = row(row.userId()).storeTime();
        failOnce(row, FORCED);
        assertForced(FORCED.code(), from, row);
        advance(MINUTE);
        from = row(row.userId()).storeTime();
        assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, tokens("again"), true));
        assertForced(ForcedRefresh.REFRESHED, from, row);
    }

    @Test
    @DisplayName("rule 6: other saved tokens and a renewal clear the last forced refresh")
    void forgotten() {
        StoredAuthorization row = forced();
        assertTrue(save(row, "ordinary"));
        assertNotForced(row);
        row = forced();
        connect(row.userId(), row.shop().shopId());
        assertNotForced(row);
        row = connected();
        failOnce(row, FORCED);
        assertTrue(save(row, "ordinary"));
        assertNotForced(row);
    }

    @Test
    @DisplayName(
            "rule 5: an outage, a refusal nobody asked for, a lease and a mark leave the last forced refresh alone")
    void untouched() {
        StoredAuthorization row = forced();
        ForcedRefresh last = row.refresh().forcedRefresh();
        assertNotNull(last);
        advance(MINUTE);
        assertEquals(last, failOnce(row, FAILURE).forcedRefresh(), "an outage");
        RefreshFailure outage = RefreshFailure.of("NO_ANSWER", null, true).withForced(true);
        assertEquals(last, failOnce(row, outage).forcedRefresh(), "an outage of a forced refresh");
        assertEquals(last, failOnce(row, REFUSAL).forcedRefresh(), "a refusal nobody asked for");
        assertEquals(last, marked(row, SOFT).refresh().forcedRefresh(), "a mark nobody asked for");
        takeOver(row, "owner");
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertEquals(last, row(row.userId()).refresh().forcedRefresh());
    }

    @Test
    @DisplayName("rule 7: a forced refresh that is refused because the row moved on is not remembered")
    void movedOn() {
        StoredAuthorization row = leased("owner");
        assertFalse(store().saveTokens(row.id(), row.generation() + 1, APP_KEY, tokens("late"), true));
        assertFalse(store().recordFailure(row.id(), row.generation(), "other", COOL_DOWN, FORCED));
        assertFalse(store().requireReauthorization(row.id(), row.generation(), "other", HARD, FORCED));
        assertUnchanged(row);
    }
}
