package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code recordFailure} and {@code requireReauthorization}: rules 4, 5 and 7. */
abstract class FailureRules extends TokenStoreRules {

    private static final RefreshFailure LOST = RefreshFailure.of("NO_ANSWER", null, true);

    FailureRules(TokenStoreContract contract) {
        super(contract);
    }

    /** Both verbs have the same conditions. */
    private interface Verb {
        boolean on(String id, long generation, String owner);
    }

    private List<Verb> verbs() {
        return List.of(
                (id, generation, owner) -> store().recordFailure(id, generation, owner, COOL_DOWN, FAILURE),
                (id, generation, owner) -> store().requireReauthorization(id, generation, owner, HARD, FAILURE));
    }

    @Test
    @DisplayName("rule 4: a failure is noted with a cool-down on the storage's clock, and gives the lease back")
    void notes() {
        StoredAuthorization before = leased("owner");
        advance(MINUTE);
        Instant earliest = row(before.userId()).storeTime().plus(COOL_DOWN);
        assertTrue(fail(before, "owner"));

        StoredAuthorization after = row(before.userId());
        assertNull(after.refresh().leaseOwner());
        assertNull(after.refresh().leaseUntil());
        assertEquals(1, after.refresh().failures());
        assertEquals("36009002", after.refresh().lastCode());
        assertEquals("request-1", after.refresh().lastRequestId());
        assertFalse(after.refresh().outcomeUnknown());
        assertNull(after.refresh().reauthorizationReason());
        Instant until = after.refresh().coolDownUntil();
        assertNotNull(until);
        assertBetween(earliest, after.storeTime().plus(COOL_DOWN), until, "coolDownUntil");
    }

    @Test
    @DisplayName("rule 5: a failure leaves tokens, facts and generation as they are")
    void keepsTokens() {
        StoredAuthorization before = leased("owner");
        assertTrue(fail(before, "owner"));
        StoredAuthorization after = row(before.userId());
        assertEquals(before.tokens(), after.tokens());
        assertEquals(before.tokensObtainedAt(), after.tokensObtainedAt());
        assertEquals(before.shop(), after.shop());
        assertEquals(before.generation(), after.generation());
    }

    @Test
    @DisplayName("rule 4: failures in a row are counted, the last one is returned")
    void counts() {
        StoredAuthorization row = connected();
        for (int i = 1; i <= 4; i++) {
            RefreshState state = failOnce(row, RefreshFailure.of("code-" + i, i == 4 ? null : "request-" + i, false));
            assertEquals(i, state.failures());
            assertEquals("code-" + i, state.lastCode());
            assertEquals(i == 4 ? null : "request-" + i, state.lastRequestId());
        }
        assertTrue(save(row, "second"));
        assertEquals(RefreshState.CLEAR, row(row.userId()).refresh());
        assertEquals(1, failOnce(row(row.userId()), FAILURE).failures(), "the count starts anew");
    }

    @Test
    @DisplayName("rule 4: a later failure may shorten the cool-down")
    void coolDownIsReplaced() {
        StoredAuthorization row = cooling();
        assertTrue(store().acquireLease(row.id(), row.generation(), "owner", LEASE, true, false));
        assertTrue(store().recordFailure(row.id(), row.generation(), "owner", MINUTE, FAILURE));
        advance(MINUTE.multipliedBy(2));
        assertTrue(lease(row, "next"));
    }

    @Test
    @DisplayName("rule 6: an unknown outcome, once noted, stays until the tokens are replaced")
    void outcomeUnknownStays() {
        StoredAuthorization row = connected();
        assertFalse(failOnce(row, FAILURE).outcomeUnknown());
        assertTrue(failOnce(row, LOST).outcomeUnknown());
        assertTrue(failOnce(row, FAILURE).outcomeUnknown(), "a later failure with an answer does not clear it");
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertTrue(row(row.userId()).refresh().outcomeUnknown(), "other ciphertexts are the same tokens");
        assertTrue(save(row, "second"));
        assertFalse(row(row.userId()).refresh().outcomeUnknown(), "new tokens clear it");
        assertFalse(failOnce(row(row.userId()), FAILURE).outcomeUnknown());
    }

    @Test
    @DisplayName("rule 6: an unknown outcome stays through the re-authorization mark, and ends with a renewal")
    void outcomeUnknownAndMark() {
        StoredAuthorization row = connected();
        failOnce(row, LOST);
        assertTrue(store().acquireLease(row.id(), row.generation(), "owner", LEASE, true, false));
        assertTrue(row(row.userId()).refresh().outcomeUnknown(), "a new lease does not clear it");
        assertTrue(mark(row, "owner"));
        assertTrue(row(row.userId()).refresh().outcomeUnknown());
        connect(row.userId(), row.shop().shopId());
        assertFalse(row(row.userId()).refresh().outcomeUnknown());
    }

    @Test
    @DisplayName("rule 5: the re-authorization mark says why, and leaves tokens, facts and generation as they are")
    void marks() {
        StoredAuthorization before = leased("owner");
        assertTrue(mark(before, "owner"));
        StoredAuthorization after = row(before.userId());
        assertEquals(REASON, after.refresh().reauthorizationReason());
        assertEquals("36009002", after.refresh().lastCode());
        assertEquals("request-1", after.refresh().lastRequestId());
        assertNull(after.refresh().leaseOwner());
        assertNull(after.refresh().leaseUntil());
        assertEquals(before.tokens(), after.tokens());
        assertEquals(before.tokensObtainedAt(), after.tokensObtainedAt());
        assertEquals(before.shop(), after.shop());
        assertEquals(before.generation(), after.generation());
    }

    @Test
    @DisplayName("rule 7: only one call marks, so that listeners hear of it once")
    void marksOnce() {
        StoredAuthorization row = leased("owner");
        assertTrue(mark(row, "owner"));
        assertFalse(mark(row, "owner"));
        assertFalse(otherNode()
                .requireReauthorization(row.id(), row.generation(), "owner", Reauthorization.hard("EXPIRED"), FAILURE));
        assertEquals(REASON, row(row.userId()).refresh().reauthorizationReason());
    }

    @Test
    @DisplayName("rule 7: who does not hold the lease notes and marks nothing")
    void onlyTheOwner() {
        for (Verb verb : verbs()) {
            StoredAuthorization free = connected();
            assertFalse(verb.on(free.id(), free.generation(), "owner"), "there is no lease");
            assertUnchanged(free);
            StoredAuthorization row = leased("owner");
            assertFalse(verb.on(row.id(), row.generation(), "other"), "another holds the lease");
            assertFalse(verb.on(row.id(), row.generation(), "OWNER"), "owners are compared exactly");
            assertUnchanged(row);
        }
    }

    @Test
    @DisplayName("rule 4: a lease that ran out and was taken over by nobody is still its owner's")
    void ranOut() {
        for (Verb verb : verbs()) {
            StoredAuthorization row = leased("owner");
            advance(LEASE.plus(MINUTE));
            assertTrue(verb.on(row.id(), row.generation(), "owner"));
        }
    }

    @Test
    @DisplayName("rule 7: a lease that was taken over is its former owner's no more")
    void takenOver() {
        for (Verb verb : verbs()) {
            StoredAuthorization row = leased("owner");
            advance(LEASE.plus(MINUTE));
            assertTrue(lease(row, "successor"));
            StoredAuthorization now = row(row.userId());
            assertFalse(verb.on(row.id(), row.generation(), "owner"));
            assertUnchanged(now);
            assertTrue(verb.on(row.id(), row.generation(), "successor"));
        }
    }

    @Test
    @DisplayName("rule 7: a lease that was given back is its former owner's no more")
    void givenBack() {
        for (Verb verb : verbs()) {
            StoredAuthorization row = cooling();
            assertFalse(verb.on(row.id(), row.generation(), "failing"));
            assertUnchanged(row);
        }
    }

    @Test
    @DisplayName("rule 7: another generation, or another id, and nothing is noted or marked")
    void wrongRow() {
        for (Verb verb : verbs()) {
            StoredAuthorization row = leased("owner");
            assertFalse(verb.on(row.id(), row.generation() + 1, "owner"));
            assertFalse(verb.on(row.id(), row.generation() - 1, "owner"));
            assertFalse(verb.on("00000000-0000-0000-0000-000000000000", row.generation(), "owner"));
            assertUnchanged(row);
        }
    }

    @Test
    @DisplayName("rule 7: after a save or a renewal the lease is its former owner's no more")
    void afterNewTokens() {
        for (Verb verb : verbs()) {
            StoredAuthorization saved = leased("owner");
            assertTrue(save(saved, "second"));
            StoredAuthorization now = row(saved.userId());
            assertFalse(verb.on(saved.id(), saved.generation(), "owner"), "of the old generation");
            assertFalse(verb.on(saved.id(), now.generation(), "owner"), "the lease ended with the save");
            assertUnchanged(now);

            StoredAuthorization renewed = leased("owner");
            connect(renewed.userId(), renewed.shop().shopId());
            now = row(renewed.userId());
            assertFalse(verb.on(renewed.id(), now.generation(), "owner"), "the lease ended with the renewal");
            assertUnchanged(now);
        }
    }
}
