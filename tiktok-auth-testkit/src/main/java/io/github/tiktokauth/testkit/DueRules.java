package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code findDue}: rules 1 and 4. */
abstract class DueRules extends TokenStoreRules {

    private static final Duration DAY = Duration.ofDays(1);

    DueRules(TokenStoreContract contract) {
        super(contract);
    }

    /** Reads all due rows page by page, and keeps those of these connections. */
    private List<String> readAll(
            Duration within, int limit, List<String> ids, Consumer<StoredAuthorization> afterEach) {
        List<String> found = new ArrayList<>();
        DuePosition after = null;
        while (true) {
            List<DueAuthorization> page = store().findDue(within, List.of(APP_KEY), after, limit);
            assertTrue(page.size() <= limit, "a page is not longer than asked for");
            Instant end = after == null ? Instant.MIN : after.dueAt();
            String last = after == null ? "" : after.id();
            for (DueAuthorization due : page) {
                StoredAuthorization row = due.authorization();
                assertNotEquals(last, row.id(), "a page starts behind the last row of the page before");
                assertTrue(!due.dueAt().isBefore(end), "in the order of the moments they are due from");
                end = due.dueAt();
                if (ids.contains(row.id())) {
                    found.add(row.id());
                    afterEach.accept(row);
                }
            }
            if (page.size() < limit) {
                return found;
            }
            after = page.get(page.size() - 1).position();
        }
    }

    private boolean isDue(StoredAuthorization row, Duration within) {
        return readAll(within, 50, List.of(row.id()), each -> {}).size() == 1;
    }

    @Test
    @DisplayName("rule 4: due is what ends within the time given, on the storage's clock, and what has ended")
    void within() {
        StoredAuthorization row = connectedUntil(storeTime().plus(DAY));
        assertFalse(isDue(row, Duration.ofHours(23)), "it ends later");
        assertTrue(isDue(row, Duration.ofHours(25)), "it ends sooner");
        advance(Duration.ofHours(12));
        assertFalse(isDue(row, Duration.ofHours(11)));
        assertTrue(isDue(row, Duration.ofHours(13)), "time went on");
        advance(DAY);
        assertTrue(isDue(row, Duration.ZERO), "it has ended");
    }

    @Test
    @DisplayName("rule 9: an end of the refresh token that is not known neither makes a row due nor keeps it out")
    void unknownEnds() {
        StoredTokens unknown =
                new StoredTokens("v1.k.a", "v1.k.r", storeTime().plus(DAY), null, "open", "seller.authorization.info");
        String userId = fresh("user");
        store().connect(authorization(userId, shop(fresh("shop")), unknown));
        StoredAuthorization row = row(userId);
        assertFalse(isDue(row, Duration.ofHours(23)), "its access token ends later");
        assertTrue(isDue(row, Duration.ofHours(25)), "its access token ends sooner");
        readAll(Duration.ofHours(25), 50, List.of(row.id()), this::assertUnchanged);
    }

    @Test
    @DisplayName("rule 4: a look far ahead shows ends in the next century")
    void farAhead() {
        StoredAuthorization row = connectedUntil(Instant.parse("2125-09-05T12:39:51Z"));
        assertTrue(isDue(row, Duration.ofDays(200 * 366L)));
        assertFalse(isDue(row, DAY));
    }

    @Test
    @DisplayName(
            "rule 1: due rows come in the order of their ends and each once, in pages of every size, ties included")
    void ordered() {
        Instant end = storeTime().plus(DAY);
        List<String> ids = new ArrayList<>();
        for (int millis : new int[] {5, 3, 3, 0, 3, 1, 4, 3}) {
            ids.add(connectedUntil(end.plusMillis(millis)).id());
        }
        List<String> inOne = readAll(DAY.multipliedBy(2), 10_000, ids, row -> {});
        assertEquals(new HashSet<>(ids), new HashSet<>(inOne));
        assertEquals(ids.size(), inOne.size());
        assertEquals(List.of(ids.get(3), ids.get(5)), inOne.subList(0, 2), "the first to end comes first");
        assertEquals(List.of(ids.get(6), ids.get(0)), inOne.subList(6, 8), "the last to end comes last");
        for (int limit : new int[] {1, 2, 3}) {
            assertEquals(inOne, readAll(DAY.multipliedBy(2), limit, ids, row -> {}), "in pages of " + limit);
        }
    }

    @Test
    @DisplayName("rule 1: a due row is shown as find shows it")
    void sameAsFind() {
        StoredAuthorization row = connectedUntil(storeTime().plus(DAY));
        assertEquals(List.of(row.id()), readAll(DAY.multipliedBy(2), 50, List.of(row.id()), this::assertUnchanged));
    }

    @Test
    @DisplayName("rule 4: a row under a running lease is not due; after the lease it is")
    void leasedRows() {
        StoredAuthorization row = connectedUntil(storeTime().plus(DAY));
        assertTrue(lease(row, "owner"));
        assertFalse(isDue(row, DAY.multipliedBy(2)));
        advance(LEASE.plus(MINUTE));
        assertTrue(isDue(row, DAY.multipliedBy(2)));
    }

    @Test
    @DisplayName("rule 4: a row in a cool-down is not due; after the cool-down it is")
    void coolingRows() {
        StoredAuthorization row = connectedUntil(storeTime().plus(DAY));
        assertTrue(lease(row, "owner"));
        assertTrue(fail(row, "owner"));
        assertFalse(isDue(row, DAY.multipliedBy(2)));
        advance(COOL_DOWN.plus(MINUTE));
        assertTrue(isDue(row, DAY.multipliedBy(2)));
    }

    @Test
    @DisplayName("rule 4: a row that is marked for re-authorization is never due, until it is renewed")
    void markedRows() {
        StoredAuthorization row = connectedUntil(storeTime().plus(DAY));
        assertTrue(lease(row, "owner"));
        assertTrue(mark(row, "owner"));
        advance(DAY.multipliedBy(3));
        assertFalse(isDue(row, DAY.multipliedBy(2)));
        store().connect(authorization(row.userId(), row.shop().shopId(), "renewed"));
        assertTrue(isDue(row, Duration.ofDays(20 * 366L)));
    }

    @Test
    @DisplayName("rule 3: what has ended is not due")
    void endedRows() {
        StoredAuthorization one = connectedUntil(storeTime().plus(DAY));
        StoredAuthorization two = connectedUntil(storeTime().plus(DAY));
        store().disconnect(one.userId());
        store().erase(two.userId());
        assertEquals(List.of(), readAll(DAY.multipliedBy(2), 50, List.of(one.id(), two.id()), row -> {}));
    }

    @Test
    @DisplayName("rule 1: paging is stable under writes: refreshed and ended rows make it skip and repeat none")
    void stable() {
        Instant end = storeTime().plus(DAY);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(connectedUntil(end.plusMillis(i / 3)).id());
        }
        Set<String> seen = new HashSet<>();
        List<String> found = readAll(DAY.multipliedBy(2), 1, ids, row -> {
            assertTrue(seen.add(row.id()), "no row twice");
            if (seen.size() % 3 == 0) {
                assertTrue(store().disconnect(row.userId()));
            } else {
                assertTrue(save(row, "refreshed"), "its end moves far away");
            }
        });
        assertEquals(new HashSet<>(ids), new HashSet<>(found));
    }
}
