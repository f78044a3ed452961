package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.StoredAuthorization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code page}: rules 1 and 3. */
abstract class PagingRules extends TokenStoreRules {

    PagingRules(TokenStoreContract contract) {
        super(contract);
    }

    /** Reads everything page by page, and keeps what belongs to these users. */
    private List<StoredAuthorization> readAll(
            int limit, Set<String> users, Consumer<List<StoredAuthorization>> betweenPages) {
        List<StoredAuthorization> found = new ArrayList<>();
        String after = "";
        while (true) {
            List<StoredAuthorization> page = store().page(after, limit);
            assertTrue(page.size() <= limit, "a page is not longer than asked for");
            assertFalse(ids(page).contains(after), "a page starts behind the last row of the page before");
            page.stream().filter(row -> users.contains(row.userId())).forEach(found::add);
            if (page.size() < limit) {
                assertEquals(
                        List.of(),
                        page.isEmpty() ? page : store().page(last(page).id(), limit),
                        "it was the last");
                return found;
            }
            betweenPages.accept(page);
            after = last(page).id();
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static List<String> ids(List<StoredAuthorization> rows) {
        return rows.stream().map(StoredAuthorization::id).toList();
    }

    private Set<String> connectedUsers(int count) {
        Set<String> users = new HashSet<>();
        for (int i = 0; i < count; i++) {
            users.add(connected().userId());
        }
        return users;
    }

    @Test
    @DisplayName("rule 1: pages of every size show each active authorization once, in one order")
    void everyRowOnce() {
        Set<String> users = connectedUsers(7);
        List<StoredAuthorization> inOne = readAll(10_000, users, page -> {});
        assertEquals(users.size(), inOne.size());
        assertEquals(
                users,
                new HashSet<>(inOne.stream().map(StoredAuthorization::userId).toList()));
        for (int limit : new int[] {1, 2, 3, 7}) {
            assertEquals(ids(inOne), ids(readAll(limit, users, page -> {})), "in pages of " + limit);
        }
    }

    @Test
    @DisplayName("rule 1: a page shows what find shows")
    void sameAsFind() {
        Set<String> users = new HashSet<>();
        for (StoredAuthorization row : List.of(connected(), leased("owner"), cooling(), marked())) {
            users.add(row.userId());
        }
        List<StoredAuthorization> found = readAll(3, users, page -> {});
        assertEquals(4, found.size(), "leased, cooling and marked rows are shown too");
        found.forEach(this::assertUnchanged);
    }

    @Test
    @DisplayName("rule 3: what has ended is on no page")
    void activeOnly() {
        Set<String> users = connectedUsers(3);
        List<String> all = List.copyOf(users);
        store().disconnect(all.get(0));
        store().erase(all.get(1));
        List<StoredAuthorization> found = readAll(1, users, page -> {});
        assertEquals(
                List.of(all.get(2)),
                found.stream().map(StoredAuthorization::userId).toList());
    }

    @Test
    @DisplayName("rule 1: paging is stable under writes: who is there all along is shown once")
    void stable() {
        Set<String> users = connectedUsers(8);
        Set<String> gone = new HashSet<>();
        List<StoredAuthorization> found = readAll(1, users, page -> {
            StoredAuthorization shown = page.get(0);
            if (users.contains(shown.userId())) {
                assertTrue(save(shown, "while paging"));
                connected();
                if (gone.size() < 3) {
                    assertTrue(store().disconnect(shown.userId()), "the row that the next page starts after");
                    gone.add(shown.userId());
                }
            }
        });
        assertEquals(users.size(), found.size());
        assertEquals(users.size(), new HashSet<>(ids(found)).size(), "no row twice");
        assertFalse(gone.isEmpty());
    }
}
