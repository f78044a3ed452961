package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code acquireLease}: rules 4 and 7. */
abstract class LeaseRules extends TokenStoreRules {

    LeaseRules(TokenStoreContract contract) {
        super(contract);
    }

    private boolean leaseInSpite(StoredAuthorization row, String owner) {
        return store().acquireLease(row.id(), row.generation(), owner, LEASE, true, false);
    }

    @Test
    @DisplayName("rule 4: storeTime is of the clock that moves")
    void clock() {
        StoredAuthorization row = connected();
        Instant before = row.storeTime();
        for (Duration by : new Duration[] {Duration.ofSeconds(1), MINUTE, Duration.ofDays(3)}) {
            Instant expected = row(row.userId()).storeTime().plus(by);
            advance(by);
            assertBetween(expected, expected.plus(MINUTE), row(row.userId()).storeTime(), "storeTime");
            Instant other = otherNode()
                    .find(row.userId())
                    .map(StoredAuthorization::storeTime)
                    .orElseThrow();
            assertBetween(expected, expected.plus(MINUTE), other, "storeTime of the other node");
        }
        assertTrue(row(row.userId()).storeTime().isAfter(before.plus(Duration.ofDays(3))));
        assertUnchanged(row);
    }

    @Test
    @DisplayName("rule 4: now is of the same clock, on every node")
    void now() {
        for (Duration by : new Duration[] {Duration.ZERO, MINUTE, Duration.ofDays(3)}) {
            advance(by.plusMillis(1));
            Instant earliest = storeTime();
            Instant now = store().now();
            Instant other = otherNode().now();
            Instant latest = storeTime();
            assertBetween(earliest, latest, now, "now");
            assertBetween(earliest, latest, other, "now on the other node");
        }
    }

    @Test
    @DisplayName("rule 4: a free lease is given, and ends that long after now on the storage's clock")
    void free() {
        StoredAuthorization before = connected();
        assertTrue(lease(before, "owner"));
        StoredAuthorization row = row(before.userId());
        assertEquals("owner", row.refresh().leaseOwner());
        Instant until = row.refresh().leaseUntil();
        assertNotNull(until);
        assertBetween(before.storeTime().plus(LEASE), row.storeTime().plus(LEASE), until, "leaseUntil");
        assertEquals(before.tokens(), row.tokens(), "tokens stay");
        assertEquals(before.tokensObtainedAt(), row.tokensObtainedAt());
    }

    @Test
    @DisplayName("rule 7: a running lease is not given to another, on any node")
    void running() {
        StoredAuthorization row = leased("owner");
        assertFalse(lease(row, "other"));
        assertFalse(leaseInSpite(row, "other"), "ignoreCoolDown does not pass over a lease");
        assertFalse(otherNode().acquireLease(row.id(), row.generation(), "other", LEASE, true, false));
        advance(LEASE.minus(MINUTE.multipliedBy(2)));
        assertFalse(lease(row, "other"), "it still runs shortly before its end");
        assertUnchanged(row);
    }

    @Test
    @DisplayName("rule 4: a lease that has ended is given to the next, on any node")
    void ended() {
        StoredAuthorization row = leased("owner");
        advance(LEASE.plus(MINUTE));
        assertTrue(otherNode().acquireLease(row.id(), row.generation(), "next", LEASE, false, false));
        StoredAuthorization after = row(row.userId());
        assertEquals("next", after.refresh().leaseOwner());
        Instant until = after.refresh().leaseUntil();
        assertNotNull(until);
        assertBetween(
                after.storeTime().plus(LEASE).minus(MINUTE), after.storeTime().plus(LEASE), until, "leaseUntil");
        assertFalse(lease(row, "third"), "and runs anew");
    }

    @Test
    @DisplayName("rule 4: leases of different lengths end each in its time")
    void lengths() {
        StoredAuthorization shorter = connected();
        StoredAuthorization longer = connected();
        store().acquireLease(shorter.id(), 1, "short", MINUTE.multipliedBy(5), false, false);
        store().acquireLease(longer.id(), 1, "long", Duration.ofHours(5), false, false);
        advance(Duration.ofHours(4));
        assertTrue(lease(shorter, "next"));
        assertFalse(lease(longer, "next"));
    }

    @Test
    @DisplayName("rule 7: no lease for another generation than the stored one")
    void wrongGeneration() {
        StoredAuthorization row = connected();
        assertFalse(store().acquireLease(row.id(), row.generation() - 1, "owner", LEASE, true, false));
        assertFalse(store().acquireLease(row.id(), row.generation() + 1, "owner", LEASE, true, false));
        assertUnchanged(row);
        assertTrue(save(row, "second"));
        assertFalse(lease(row, "late"), "the generation moved on");
        assertTrue(lease(row(row.userId()), "owner"));
    }

    @Test
    @DisplayName("rule 7: no lease for an unknown id")
    void unknownId() {
        assertFalse(store().acquireLease("00000000-0000-0000-0000-000000000000", 1, "owner", LEASE, true, false));
    }

    @Test
    @DisplayName("rule 7: no lease for a row that is marked for re-authorization, whatever the cool-down")
    void marksRefuse() {
        StoredAuthorization row = marked();
        assertFalse(lease(row, "owner"));
        assertFalse(leaseInSpite(row, "owner"));
        advance(Duration.ofDays(30));
        assertFalse(leaseInSpite(row, "owner"), "a mark does not run out");
        StoredAuthorization after = row(row.userId());
        assertNull(after.refresh().leaseOwner());
        assertEquals(withoutStoreTime(row), withoutStoreTime(after));
    }

    @Test
    @DisplayName("rule 4: no lease during a cool-down; after it again")
    void coolDown() {
        StoredAuthorization row = cooling();
        assertFalse(lease(row, "owner"));
        assertFalse(otherNode().acquireLease(row.id(), row.generation(), "owner", LEASE, false, false));
        advance(COOL_DOWN.minus(MINUTE.multipliedBy(2)));
        assertFalse(lease(row, "owner"), "it still runs shortly before its end");
        assertUnchanged(row);
        advance(MINUTE.multipliedBy(3));
        assertTrue(lease(row, "owner"), "it has passed");
    }

    @Test
    @DisplayName("rule 4: ignoreCoolDown ignores a running cool-down, and leaves it in place")
    void ignoringTheCoolDown() {
        StoredAuthorization row = cooling();
        assertTrue(leaseInSpite(row, "manual"));
        RefreshState state = row(row.userId()).refresh();
        assertEquals("manual", state.leaseOwner());
        assertEquals(row.refresh().coolDownUntil(), state.coolDownUntil());
        assertEquals(row.refresh().failures(), state.failures());
        assertEquals(row.refresh().lastCode(), state.lastCode());
        assertEquals(row.refresh().lastRequestId(), state.lastRequestId());
        assertFalse(leaseInSpite(row, "second"), "but not over the lease");
    }

    @Test
    @DisplayName("rule 4: noting a failure gives the lease back at once")
    void givenBack() {
        StoredAuthorization row = cooling();
        assertTrue(leaseInSpite(row, "next"), "long before the first lease would have ended");
    }

    @Test
    @DisplayName("rule 4: who has noted a failure may take the lease again, in spite of the cool-down")
    void takenAgain() {
        StoredAuthorization row = cooling();
        assertTrue(leaseInSpite(row, "failing"));
        RefreshState state = row(row.userId()).refresh();
        assertEquals("failing", state.leaseOwner());
        assertEquals(row.refresh().coolDownUntil(), state.coolDownUntil());
        assertFalse(leaseInSpite(row, "next"));
    }

    @Test
    @DisplayName("rule 4: after a save the lease is free at once")
    void freeAfterSave() {
        StoredAuthorization row = leased("owner");
        assertTrue(save(row, "second"));
        assertTrue(lease(row(row.userId()), "next"));
    }

    @Test
    @DisplayName("rule 4: leases of different users do not meet")
    void independent() {
        StoredAuthorization one = leased("one");
        StoredAuthorization two = leased("two");
        assertUnchanged(one);
        assertUnchanged(two);
    }
}
