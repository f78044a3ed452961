package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code findDue} with App Keys, marks and requested checks: rules 1 and 4. */
abstract class DueAttentionRules extends TokenStoreRules {

    private static final Duration DAY = Duration.ofDays(1);

    /** Each test has an app of its own, and so sees no row of another. */
    private final String app = fresh("app");

    DueAttentionRules(TokenStoreContract contract) {
        super(contract);
    }

    private StoredAuthorization connected(String appKey, Instant end) {
        String userId = fresh("user");
        assertEquals(
                ConnectOutcome.CONNECTED,
                store().connect(authorization(userId, appKey, shop(fresh("shop")), tokens("due", end), 1)));
        return row(userId);
    }

    private StoredAuthorization ending(Duration in) {
        return connected(app, storeTime().plus(in));
    }

    private List<DueAuthorization> due(Duration within, String... appKeys) {
        return otherNode().findDue(within, List.of(appKeys), null, 1_000);
    }

    private List<DueAuthorization> due() {
        return due(DAY, app);
    }

    private static List<String> ids(List<DueAuthorization> due) {
        return due.stream().map(found -> found.authorization().id()).toList();
    }

    private void assertDue(StoredAuthorization... rows) {
        assertEquals(List.of(rows).stream().map(StoredAuthorization::id).toList(), ids(due()));
    }

    @Test
    @DisplayName("rule 1: only authorizations of the given apps are due")
    void apps() {
        StoredAuthorization own = ending(MINUTE);
        String second = fresh("app");
        StoredAuthorization other = connected(second, storeTime().plus(MINUTE.multipliedBy(2)));
        assertEquals(List.of(own.id()), ids(due(DAY, app)));
        assertEquals(List.of(other.id()), ids(due(DAY, second)));
        assertEquals(List.of(own.id(), other.id()), ids(due(DAY, app, second)));
        assertEquals(List.of(own.id(), other.id()), ids(due(DAY, fresh("app"), second, app)));
        assertEquals(List.of(), ids(due(DAY, fresh("app"))));
        List<String> withoutApps = ids(due(DAY));
        assertTrue(
                !withoutApps.contains(own.id()) && !withoutApps.contains(other.id()),
                "without an app none of these is due");
    }

    @Test
    @DisplayName("rule 10: an authorization whose tokens became those of another app is due for that app")
    void appOfTheTokens() {
        StoredAuthorization row = ending(MINUTE);
        String second = fresh("app");
        assertTrue(store().saveTokens(row.id(), 1, second, row.tokens(), false));
        assertEquals(List.of(), ids(due(DAY, app)));
        assertEquals(List.of(row.id()), ids(due(DAY, second)));
    }

    @Test
    @DisplayName("rule 4: a due authorization says since when it is due, and its position continues after it")
    void position() {
        StoredAuthorization row = ending(Duration.ofHours(1));
        DueAuthorization found = due().get(0);
        assertEquals(row.tokens().accessTokenExpiresAt(), found.dueAt());
        assertEquals(new DuePosition(found.dueAt(), row.id()), found.position());
        assertEquals(withoutStoreTime(row), withoutStoreTime(found.authorization()), "as find shows it");
        assertEquals(List.of(), store().findDue(DAY, List.of(app), found.position(), 10));
    }

    @Test
    @DisplayName("rule 4: under a soft mark a row is due from its next try, under one of the shop as without a mark")
    void marks() {
        StoredAuthorization soft = marked(ending(MINUTE), SOFT);
        StoredAuthorization hard = marked(ending(MINUTE), HARD);
        StoredAuthorization ofShop = marked(ending(MINUTE), SHOP);
        assertDue(ofShop);
        advance(NEXT_TRY.minus(MINUTE.multipliedBy(2)));
        assertDue(ofShop);
        advance(MINUTE.multipliedBy(3));
        assertDue(ofShop, soft);
        DueAuthorization found = due().get(1);
        assertEquals(soft.refresh().nextTryAt(), found.dueAt(), "the next try");
        assertUnchanged(hard);
    }

    @Test
    @DisplayName("rule 4: a requested check makes a row due, however late its access token ends")
    void requested() {
        StoredAuthorization row = ending(DAY.multipliedBy(20));
        assertDue();
        Instant requested = requestCheck(row);
        assertDue(row);
        assertEquals(requested, due().get(0).dueAt(), "from the request on");
        assertTrue(store().finishCheck(row.id(), requested, null));
        assertDue();
    }

    @Test
    @DisplayName("rule 4: a requested check is due under a lease and in a cool-down, too")
    void requestedUnderLease() {
        StoredAuthorization leased = ending(DAY.multipliedBy(20));
        requestCheck(leased);
        takeOver(leased, "owner");
        assertDue(leased);
        assertTrue(fail(leased, "owner"));
        assertDue(leased);
    }

    @Test
    @DisplayName("rule 4: a requested check is due under a soft mark and one of the shop, and not under a hard one")
    void requestedUnderMark() {
        StoredAuthorization soft = marked(ending(MINUTE), SOFT);
        requestCheck(soft);
        assertDue(soft);
        advance(MINUTE);
        StoredAuthorization ofShop = marked(ending(DAY.multipliedBy(20)), SHOP);
        requestCheck(ofShop);
        assertDue(soft, ofShop);
        marked(soft, HARD);
        assertDue(ofShop);
    }

    @Test
    @DisplayName("rule 4: a check that was begun is not due before its pause is over")
    void begun() {
        StoredAuthorization row = ending(DAY.multipliedBy(20));
        Instant requested = requestCheck(row);
        assertTrue(store().beginCheck(row.id(), requested, LEASE));
        assertDue();
        advance(LEASE.minus(MINUTE));
        assertDue();
        advance(MINUTE.multipliedBy(2));
        assertDue(row);
        assertTrue(store().beginCheck(row.id(), requested, LEASE));
        requestCheck(row);
        assertDue(row);
    }

    @Test
    @DisplayName("rule 1: ends, next tries and requests are one order, in pages of every size, ties included")
    void order() {
        List<String> expected = new ArrayList<>();
        StoredAuthorization soft = marked(ending(MINUTE), SOFT);
        StoredAuthorization flagged = ending(DAY.multipliedBy(20));
        Instant base = storeTime();
        StoredAuthorization early = connected(app, base.minus(MINUTE));
        StoredAuthorization middle = connected(app, base.plus(MINUTE.multipliedBy(30)));
        StoredAuthorization late = connected(app, base.plus(NEXT_TRY.multipliedBy(3)));
        List<String> ties = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ties.add(connected(app, base.plus(NEXT_TRY.multipliedBy(4))).id());
        }
        requestCheck(flagged);
        advance(NEXT_TRY.plus(MINUTE));
        for (StoredAuthorization row : List.of(early, flagged, middle, soft, late)) {
            expected.add(row.id());
        }
        List<String> all = ids(due());
        assertEquals(expected, all.subList(0, 5), "the first to be due comes first");
        assertEquals(
                List.copyOf(ties).stream().sorted().toList(),
                all.subList(5, 9).stream().sorted().toList());
        for (int limit : new int[] {1, 2, 3, 9}) {
            assertEquals(all, readInPages(limit), () -> "in pages of " + limit);
        }
    }

    private List<String> readInPages(int limit) {
        List<String> found = new ArrayList<>();
        DuePosition after = null;
        List<DueAuthorization> page;
        do {
            page = store().findDue(DAY, List.of(app), after, limit);
            assertTrue(page.size() <= limit, "a page is not longer than asked for");
            found.addAll(ids(page));
            after = page.isEmpty() ? after : page.get(page.size() - 1).position();
        } while (!page.isEmpty() && found.size() < 50);
        return found;
    }

    @Test
    @DisplayName("rule 1: paging continues after a row that is no longer due, or due later")
    void stable() {
        List<StoredAuthorization> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StoredAuthorization row = ending(DAY.multipliedBy(20));
            requestCheck(row);
            advance(MINUTE);
            rows.add(row);
        }
        List<String> found = new ArrayList<>();
        DuePosition after = null;
        List<DueAuthorization> page = store().findDue(DAY, List.of(app), after, 1);
        while (!page.isEmpty() && found.size() < 50) {
            DueAuthorization first = page.get(0);
            found.add(first.authorization().id());
            assertTrue(store().finishCheck(first.authorization().id(), first.dueAt(), null));
            after = first.position();
            page = store().findDue(DAY, List.of(app), after, 1);
        }
        assertEquals(rows.stream().map(StoredAuthorization::id).toList(), found);
    }
}
