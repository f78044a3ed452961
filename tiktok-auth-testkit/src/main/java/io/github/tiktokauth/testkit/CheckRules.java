package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code requestCheck}, {@code beginCheck} and {@code finishCheck}: rules 4, 5, 6 and 7. */
abstract class CheckRules extends TokenStoreRules {

    private static final String REASON_OF_CHECK = "NOT_COVERED";

    CheckRules(TokenStoreContract contract) {
        super(contract);
    }

    private boolean begin(StoredAuthorization row, Instant requestedAt) {
        return store().beginCheck(row.id(), requestedAt, LEASE);
    }

    private void assertRequested(Instant expected, StoredAuthorization row) {
        assertEquals(expected, row(row.userId()).checkRequestedAt());
    }

    @Test
    @DisplayName("rule 4: the request of a check is noted with its time, and changes nothing else")
    void requests() {
        StoredAuthorization before = leased("owner");
        assertNull(before.checkRequestedAt());
        assertNull(before.checkNotBefore());
        assertTrue(otherNode().requestCheck(before.id()));
        StoredAuthorization after = row(before.userId());
        Instant at = after.checkRequestedAt();
        assertNotNull(at);
        assertBetween(before.storeTime(), after.storeTime(), at, "checkRequestedAt");
        assertEquals(
                withoutStoreTime(before),
                withoutStoreTime(after.toBuilder()
                        .checkRequestedAt(null)
                        .updatedAt(before.updatedAt())
                        .build()));
        assertTrue(save(before, "second"), "a refresh in flight continues");
    }

    @Test
    @DisplayName("rule 7: no check is requested of what is not there")
    void requestsNothing() {
        assertFalse(store().requestCheck(UNKNOWN_ID));
        StoredAuthorization row = connected();
        assertTrue(store().disconnect(row.userId()));
        assertFalse(store().requestCheck(row.id()));
        connect(row.userId(), row.shop().shopId());
        assertFalse(store().requestCheck(row.id()), "the old id");
        assertNull(row(row.userId()).checkRequestedAt());
    }

    @Test
    @DisplayName("rule 4: each request is later than the one before, also within one millisecond")
    void strictlyLater() {
        StoredAuthorization row = connected();
        Instant last = requestCheck(row);
        for (int i = 0; i < 5; i++) {
            Instant next = requestCheck(row);
            assertTrue(next.isAfter(last), "later than the request before");
            last = next;
        }
    }

    @Test
    @DisplayName("rule 7: one node begins a check; another may when the pause is over, and the request stays")
    void begins() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        Instant from = row(row.userId()).storeTime();
        assertTrue(begin(row, requested));
        StoredAuthorization begun = row(row.userId());
        Instant notBefore = begun.checkNotBefore();
        assertNotNull(notBefore);
        assertBetween(from.plus(LEASE), begun.storeTime().plus(LEASE), notBefore, "checkNotBefore");
        assertRequested(requested, row);
        assertEquals(row.generation(), begun.generation());
        assertEquals(row.tokens(), begun.tokens());
        assertFalse(otherNode().beginCheck(row.id(), requested, LEASE), "the pause runs");
        advance(LEASE.minus(MINUTE.multipliedBy(2)));
        assertFalse(begin(row, requested), "shortly before its end");
        assertUnchanged(begun);
        advance(MINUTE.multipliedBy(3));
        assertTrue(otherNode().beginCheck(row.id(), requested, LEASE));
        assertFalse(begin(row, requested), "the pause runs again");
    }

    @Test
    @DisplayName("rule 7: a check that was not requested, or was requested otherwise, does not begin or end")
    void unrequested() {
        StoredAuthorization row = connected();
        assertFalse(begin(row, row.storeTime()));
        assertFalse(store().finishCheck(row.id(), row.storeTime(), null));
        assertFalse(store().finishCheck(row.id(), row.storeTime(), REASON_OF_CHECK));
        assertUnchanged(row);
        Instant requested = requestCheck(row);
        StoredAuthorization flagged = row(row.userId());
        for (Instant other : List.of(requested.minusMillis(1), requested.plusMillis(1))) {
            assertFalse(begin(row, other));
            assertFalse(store().finishCheck(row.id(), other, REASON_OF_CHECK));
        }
        assertFalse(store().beginCheck(UNKNOWN_ID, requested, LEASE));
        assertFalse(store().finishCheck(UNKNOWN_ID, requested, null));
        assertUnchanged(flagged);
    }

    @Test
    @DisplayName("rule 7: the end of a check clears the request, once")
    void finishes() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        assertTrue(begin(row, requested));
        assertTrue(otherNode().finishCheck(row.id(), requested, null));
        StoredAuthorization after = row(row.userId());
        assertNull(after.checkRequestedAt());
        assertNull(after.checkNotBefore());
        assertEquals(row.refresh(), after.refresh());
        assertEquals(row.generation(), after.generation());
        assertEquals(row.tokens(), after.tokens());
        assertFalse(store().finishCheck(row.id(), requested, REASON_OF_CHECK), "it has ended");
        assertFalse(begin(row, requested), "it has ended");
        assertUnchanged(after);
    }

    @Test
    @DisplayName("rule 7: the end of a check sets the mark of the shop, replaces it, and removes it")
    void marksTheShop() {
        StoredAuthorization row = leased("owner");
        for (String uncovered : List.of(REASON_OF_CHECK, "OTHER_REASON")) {
            assertTrue(store().finishCheck(row.id(), requestCheck(row), uncovered));
            assertEquals(
                    row.refresh().toBuilder()
                            .reauthorization(Reauthorization.Type.SHOP, uncovered, null)
                            .build(),
                    row(row.userId()).refresh(),
                    "nothing but the mark");
            advance(MINUTE);
        }
        assertTrue(store().finishCheck(row.id(), requestCheck(row), null));
        assertEquals(row.refresh(), row(row.userId()).refresh(), "no mark is left");
        assertNull(row(row.userId()).checkRequestedAt());
    }

    @Test
    @DisplayName("rule 7: the end of a check leaves a hard or soft mark as it is")
    void keepsOtherMarks() {
        for (Reauthorization mark : List.of(HARD, SOFT)) {
            StoredAuthorization row = marked(connected(), mark);
            assertTrue(store().finishCheck(row.id(), requestCheck(row), REASON_OF_CHECK));
            assertEquals(row.refresh(), row(row.userId()).refresh());
            assertNull(row(row.userId()).checkRequestedAt(), "but the request has ended");
            advance(MINUTE);
            assertTrue(store().finishCheck(row.id(), requestCheck(row), null));
            assertEquals(row.refresh(), row(row.userId()).refresh());
        }
    }

    @Test
    @DisplayName("rule 7: a later request may begin at once, and is not ended by the check of the one before")
    void laterRequest() {
        StoredAuthorization row = connected();
        Instant first = requestCheck(row);
        assertTrue(begin(row, first));
        Instant second = requestCheck(row);
        assertNull(row(row.userId()).checkNotBefore(), "it may begin at once");
        assertFalse(store().finishCheck(row.id(), first, REASON_OF_CHECK));
        assertRequested(second, row);
        assertNull(row(row.userId()).refresh().reauthorizationType());
        assertFalse(begin(row, first));
        assertTrue(begin(row, second));
        assertTrue(store().finishCheck(row.id(), second, null));
    }

    @Test
    @DisplayName("rule 7: a renewal or a disconnect ends the check that was under way")
    void renewalAndDisconnect() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        assertTrue(begin(row, requested));
        assertTrue(connect(row.userId(), row.shop().shopId()) != null);
        StoredAuthorization renewed = row(row.userId());
        assertNull(renewed.checkRequestedAt(), "a renewal clears the request");
        assertNull(renewed.checkNotBefore());
        assertFalse(begin(row, requested));
        assertFalse(store().finishCheck(row.id(), requested, REASON_OF_CHECK));
        assertUnchanged(renewed);

        advance(MINUTE);
        requested = requestCheck(row);
        assertTrue(store().disconnect(row.userId()));
        assertFalse(begin(row, requested));
        assertFalse(store().finishCheck(row.id(), requested, REASON_OF_CHECK));
        connect(row.userId(), row.shop().shopId());
        StoredAuthorization anew = row(row.userId());
        assertNull(anew.checkRequestedAt(), "a new connection has no request");
        assertFalse(begin(row, requested));
        assertUnchanged(anew);
    }

    @Test
    @DisplayName("rule 6: saved tokens, failures, marks, ciphertexts and facts of the shop leave a request alone")
    void kept() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        assertTrue(begin(row, requested));
        Instant notBefore = row(row.userId()).checkNotBefore();
        failOnce(row, FAILURE);
        marked(row, HARD);
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertTrue(store().saveShop(row.id(), row.generation(), row.shop()));
        assertTrue(save(row, "second"));
        assertRequested(requested, row);
        assertEquals(notBefore, row(row.userId()).checkNotBefore());
        assertTrue(store().finishCheck(row.id(), requested, null), "the check under way can end");
    }
}
