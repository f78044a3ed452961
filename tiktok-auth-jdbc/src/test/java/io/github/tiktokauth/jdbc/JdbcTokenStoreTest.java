package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static io.github.tiktokauth.jdbc.Samples.failure;
import static io.github.tiktokauth.jdbc.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcTokenStoreTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TokenStore store;

    @BeforeEach
    void store() {
        store = stores.tokenStore();
    }

    private StoredAuthorization connected() {
        assertThat(store.connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        return store.find("u1").orElseThrow();
    }

    @Test
    void whatWasConnectedIsReadBack() {
        StoredAuthorization row = connected();

        assertThat(row.userId()).isEqualTo("u1");
        assertThat(row.shop()).isEqualTo(Samples.shop("s1"));
        assertThat(row.tokens()).isEqualTo(tokens("first"));
        assertThat(row.appKey()).isEqualTo(Samples.APP);
        assertThat(row.authorizedShops()).isEqualTo(1);
        assertThat(row.generation()).isEqualTo(1);
        assertThat(row.refresh()).isEqualTo(RefreshState.CLEAR);
        assertThat(row.id()).hasSize(36);
        assertThat(row.createdAt()).isEqualTo(row.updatedAt()).isEqualTo(row.tokensObtainedAt());
        assertThat(Duration.between(row.createdAt(), row.storeTime())).isBetween(Duration.ZERO, MINUTE);
        assertThat(Duration.between(row.storeTime(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        assertThat(store.find("u2")).isEmpty();
    }

    @Test
    void theSameUserAndShopRenew() {
        StoredAuthorization before = connected();
        store.acquireLease(before.id(), 1, "node-1", MINUTE, false, false);

        assertThat(store.connect(Samples.authorization("u1", "s1", tokens("second"))))
                .isEqualTo(ConnectOutcome.RENEWED);

        StoredAuthorization after = store.find("u1").orElseThrow();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.tokens()).isEqualTo(tokens("second"));
        assertThat(after.refresh()).isEqualTo(RefreshState.CLEAR);
    }

    @Test
    void conflictsChangeNothing() {
        StoredAuthorization before = connected();

        assertThat(store.connect(authorization("u2", "s1"))).isEqualTo(ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
        assertThat(store.connect(authorization("u1", "s2"))).isEqualTo(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP);

        assertThat(store.find("u1").orElseThrow().tokens()).isEqualTo(before.tokens());
        assertThat(store.find("u2")).isEmpty();
        assertThat(database.ask("SELECT COUNT(*) FROM tiktok_shop_auth")).containsExactly("1");
    }

    @Test
    void oneLeaseAtATime() {
        String id = connected().id();

        assertThat(store.acquireLease(id, 1, "node-1", MINUTE, false, false)).isTrue();
        assertThat(store.acquireLease(id, 1, "node-2", MINUTE, false, false)).isFalse();
        assertThat(store.acquireLease(id, 1, "node-2", MINUTE, true, false)).isFalse();
        StoredAuthorization row = store.find("u1").orElseThrow();
        assertThat(row.refresh().leaseOwner()).isEqualTo("node-1");
        assertThat(Duration.between(row.storeTime(), row.refresh().leaseUntil()))
                .isBetween(Duration.ofSeconds(30), MINUTE);

        advance(MINUTE);
        assertThat(store.acquireLease(id, 1, "node-2", MINUTE, false, false)).isTrue();
    }

    @Test
    void aLeaseWantsTheGenerationThatWasRead() {
        String id = connected().id();
        assertThat(store.acquireLease(id, 2, "node-1", MINUTE, false, false)).isFalse();
        assertThat(store.acquireLease("other", 1, "node-1", MINUTE, false, false))
                .isFalse();
    }

    @Test
    void savingWantsIdAndGenerationOnly() {
        String id = connected().id();
        store.acquireLease(id, 1, "node-1", MINUTE, false, false);
        store.requireReauthorization(id, 1, "node-1", Reauthorization.hard("refused"), failure("36004005"));

        assertThat(store.saveTokens(id, 2, Samples.APP, tokens("late"), false)).isFalse();
        assertThat(store.saveTokens(id, 1, Samples.APP, tokens("second"), false))
                .isTrue();
        assertThat(store.saveTokens(id, 1, Samples.APP, tokens("third"), false)).isFalse();

        StoredAuthorization row = store.find("u1").orElseThrow();
        assertThat(row.tokens()).isEqualTo(tokens("second"));
        assertThat(row.generation()).isEqualTo(2);
        assertThat(row.refresh()).isEqualTo(RefreshState.CLEAR);
        assertThat(row.shop()).isEqualTo(Samples.shop("s1"));
    }

    @Test
    void aFailureGivesTheLeaseBackAndCoolsDown() {
        String id = connected().id();
        store.acquireLease(id, 1, "node-1", MINUTE, false, false);

        assertThat(store.recordFailure(id, 1, "node-2", MINUTE, failure("x"))).isFalse();
        assertThat(store.recordFailure(id, 1, "node-1", MINUTE, RefreshFailure.of("timeout", null, true)))
                .isTrue();
        assertThat(store.recordFailure(id, 1, "node-1", MINUTE, failure("x"))).isFalse();

        RefreshState state = store.find("u1").orElseThrow().refresh();
        assertThat(state.leaseOwner()).isNull();
        assertThat(state.leaseUntil()).isNull();
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.lastCode()).isEqualTo("timeout");
        assertThat(state.lastRequestId()).isNull();
        assertThat(state.outcomeUnknown()).isTrue();
        assertThat(store.acquireLease(id, 1, "node-2", MINUTE, false, false)).isFalse();
        assertThat(store.acquireLease(id, 1, "node-2", MINUTE, true, false)).isTrue();
        assertThat(store.recordFailure(id, 1, "node-2", MINUTE, failure("y"))).isTrue();
        assertThat(store.find("u1").orElseThrow().refresh().outcomeUnknown()).isTrue();
        advance(MINUTE);
        assertThat(store.acquireLease(id, 1, "node-3", MINUTE, false, false)).isTrue();
    }

    @Test
    void aMarkedAuthorizationIsLeasedToNobody() {
        String id = connected().id();
        store.acquireLease(id, 1, "node-1", MINUTE, false, false);

        assertThat(store.requireReauthorization(id, 1, "node-2", Reauthorization.hard("refused"), failure("36004005")))
                .isFalse();
        assertThat(store.requireReauthorization(id, 1, "node-1", Reauthorization.hard("refused"), failure("36004005")))
                .isTrue();

        StoredAuthorization row = store.find("u1").orElseThrow();
        assertThat(row.refresh().reauthorizationReason()).isEqualTo("refused");
        assertThat(row.refresh().lastCode()).isEqualTo("36004005");
        assertThat(row.generation()).isEqualTo(1);
        assertThat(row.tokens()).isEqualTo(tokens("first"));
        assertThat(store.acquireLease(id, 1, "node-1", MINUTE, true, false)).isFalse();
    }

    @Test
    void reencryptionKeepsTheGeneration() {
        String id = connected().id();
        assertThat(store.reencrypt(id, 2, "a", "r")).isFalse();
        assertThat(store.reencrypt(id, 1, "a", "r")).isTrue();
        StoredAuthorization row = store.find("u1").orElseThrow();
        assertThat(row.tokens().accessToken()).isEqualTo("a");
        assertThat(row.tokens().refreshToken()).isEqualTo("r");
        assertThat(row.generation()).isEqualTo(1);
    }

    @Test
    void disconnectKeepsHistoryWithoutTokensAndClaims() {
        StoredAuthorization row = connected();
        store.acquireLease(row.id(), 1, "node-1", MINUTE, false, false);

        assertThat(store.disconnect("u1")).isTrue();
        assertThat(store.disconnect("u1")).isFalse();

        assertThat(store.find("u1")).isEmpty();
        assertThat(store.saveTokens(row.id(), 1, Samples.APP, tokens("late"), false))
                .isFalse();
        assertThat(store.saveTokens(row.id(), 2, Samples.APP, tokens("late"), false))
                .isFalse();
        assertThat(store.acquireLease(row.id(), 2, "node-2", MINUTE, true, false))
                .isFalse();
        assertThat(database.ask(
                        "SELECT COUNT(*) FROM tiktok_shop_auth WHERE is_active = FALSE AND deleted_at IS NOT NULL"
                                + " AND access_token IS NULL AND refresh_token IS NULL AND user_id IS NULL AND shop_id IS NULL"
                                + " AND former_user_id = 'u1' AND former_shop_id = 's1' AND shop_name = 'Shop s1'"
                                + " AND generation = 2 AND lease_owner IS NULL"))
                .containsExactly("1");
    }

    @Test
    void afterADisconnectBothConnectAnew() {
        String first = connected().id();
        store.disconnect("u1");
        assertThat(store.connect(authorization("u2", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(store.connect(authorization("u1", "s2"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(store.find("u1").orElseThrow().id()).isNotEqualTo(first);
        store.disconnect("u1");
        assertThat(store.connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
        assertThat(database.ask("SELECT COUNT(*) FROM tiktok_shop_auth WHERE former_user_id = 'u1'"))
                .containsExactly("2");
    }

    @Test
    void eraseRemovesHistoryToo() {
        connected();
        store.disconnect("u1");
        store.connect(authorization("u1", "s2"));
        store.connect(authorization("u2", "s1"));
        stores.stateStore().save(Samples.state("h1", "u1"), MINUTE, 5);

        assertThat(stores.erase("u1")).isEqualTo(3);

        assertThat(database.ask("SELECT user_id FROM tiktok_shop_auth")).containsExactly("u2");
        assertThat(database.ask("SELECT hash FROM tiktok_shop_auth_state")).isEmpty();
        assertThat(store.erase("u2")).isEqualTo(1);
        assertThat(store.erase("u2")).isZero();
    }

    @Test
    void pagesWalkOverAllActiveOnes() {
        for (int i = 0; i < 7; i++) {
            store.connect(authorization("u" + i, "s" + i));
        }
        store.disconnect("u3");

        List<String> ids = new ArrayList<>();
        List<StoredAuthorization> page = store.page("", 4);
        assertThat(page).hasSize(4);
        page.forEach(row -> ids.add(row.id()));
        page = store.page(ids.get(3), 4);
        assertThat(page).hasSize(2);
        page.forEach(row -> ids.add(row.id()));

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void dueOnesComeInTheOrderOfTheirEnd() {
        Instant now = Instant.now();
        for (int i = 0; i < 8; i++) {
            // Two of each end, so that the id decides between them.
            Instant end = now.plus(Duration.ofHours(i / 2)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            store.connect(Samples.authorization("u" + i, "s" + i, tokens("first", end)));
        }
        StoredAuthorization leased = store.find("u0").orElseThrow();
        store.acquireLease(leased.id(), 1, "node-1", MINUTE, false, false);
        StoredAuthorization cooling = store.find("u2").orElseThrow();
        store.acquireLease(cooling.id(), 1, "node-1", MINUTE, false, false);
        store.recordFailure(cooling.id(), 1, "node-1", MINUTE, failure("x"));
        StoredAuthorization marked = store.find("u4").orElseThrow();
        store.acquireLease(marked.id(), 1, "node-1", MINUTE, false, false);
        store.requireReauthorization(marked.id(), 1, "node-1", Reauthorization.hard("refused"), failure("x"));

        Duration within = Duration.ofMinutes(150);
        assertThat(walk(within)).containsExactly("u1", "u3", "u5");
        advance(MINUTE.multipliedBy(2));
        assertThat(walk(within)).containsExactlyInAnyOrder("u0", "u1", "u2", "u3", "u5");
        assertThat(walk(Duration.ofDays(1))).hasSize(7);
    }

    private List<String> walk(Duration within) {
        List<DueAuthorization> all = new ArrayList<>();
        DuePosition position = null;
        List<DueAuthorization> page;
        do {
            page = store.findDue(within, List.of("another", Samples.APP), position, 2);
            all.addAll(page);
            if (!page.isEmpty()) {
                position = page.get(page.size() - 1).position();
            }
        } while (page.size() == 2);
        assertThat(all).isSortedAccordingTo(Comparator.comparing(DueAuthorization::dueAt));
        return all.stream().map(due -> due.authorization().userId()).toList();
    }

    private Optional<String> dueAt(String userId) {
        return Optional.ofNullable(database.ask("SELECT due_at FROM tiktok_shop_auth WHERE user_id = '" + userId + "'")
                .get(0));
    }

    private Instant lease(String id, long generation) {
        assertThat(store.acquireLease(id, generation, "node-1", MINUTE, true, true))
                .isTrue();
        return store.now();
    }

    @Test
    void theDatabaseItselfKeepsFromWhenARowIsDue() {
        String id = connected().id();
        assertThat(due()).containsExactly(Samples.ACCESS_END);

        Instant before = lease(id, 1);
        store.requireReauthorization(id, 1, "node-1", Reauthorization.soft("why", MINUTE), failure("x"));
        assertThat(due()).isEmpty();
        advance(MINUTE);
        assertThat(due())
                .singleElement()
                .satisfies(at -> assertThat(at)
                        .isEqualTo(row().refresh().nextTryAt())
                        .isBetween(before.plus(MINUTE), before.plus(MINUTE.multipliedBy(2))));

        assertThat(store.requestCheck(id)).isTrue();
        assertThat(due()).containsExactly(row().refresh().nextTryAt());
        advance(MINUTE);
        assertThat(store.saveTokens(id, 1, Samples.APP, tokens("second"), false))
                .isTrue();
        assertThat(due()).containsExactly(row().checkRequestedAt());

        lease(id, 2);
        store.requireReauthorization(id, 2, "node-1", Reauthorization.hard("why"), failure("x"));
        assertThat(due()).isEmpty();
        assertThat(dueAt("u1")).isEmpty();
        assertThat(store.finishCheck(id, row().checkRequestedAt(), null)).isTrue();
        assertThat(row().refresh().reauthorizationReason()).isEqualTo("why");
        assertThat(dueAt("u1")).isEmpty();

        assertThat(store.saveTokens(id, 2, Samples.APP, tokens("third"), false)).isTrue();
        assertThat(due()).containsExactly(Samples.ACCESS_END);
        store.disconnect("u1");
        assertThat(database.ask("SELECT due_at FROM tiktok_shop_auth")).containsOnlyNulls();
    }

    private StoredAuthorization row() {
        return store.find("u1").orElseThrow();
    }

    private List<Instant> due() {
        return store.findDue(Duration.ofDays(36_500), List.of(Samples.APP), null, 10).stream()
                .map(DueAuthorization::dueAt)
                .toList();
    }

    @Test
    void aRequestInTheSameMillisecondAsTheOneBeforeIsLaterAndDueAtOnce() {
        String id = connected().id();
        Instant last = Instant.EPOCH;
        for (int i = 0; i < 20; i++) {
            assertThat(store.requestCheck(id)).isTrue();
            assertThat(row().checkRequestedAt()).isAfter(last);
            last = row().checkRequestedAt();
        }
        assertThat(store.findDue(Duration.ofDays(-1), List.of(Samples.APP), null, 10))
                .hasSize(1);
        assertThat(store.beginCheck(id, last.plusNanos(1), MINUTE)).isFalse();
        assertThat(store.beginCheck(id, Instant.MAX, MINUTE)).isFalse();
        assertThat(store.beginCheck(id, last, MINUTE)).isTrue();
        assertThat(store.beginCheck(id, last, MINUTE)).isFalse();
        assertThat(store.findDue(Duration.ZERO, List.of(Samples.APP), null, 10)).isEmpty();
        assertThat(store.finishCheck(id, last.minusMillis(1), "gone")).isFalse();
        assertThat(store.finishCheck(id, last, "gone")).isTrue();
        assertThat(row().refresh().reauthorizationType()).isEqualTo(Reauthorization.Type.SHOP);
        assertThat(row().refresh().reauthorizationReason()).isEqualTo("gone");
        assertThat(row().checkRequestedAt()).isNull();
    }

    @Test
    void onlyRowsOfTheseAppsOrOfNoneAreDue() {
        connected();
        assertThat(store.findDue(Duration.ofDays(36_500), List.of(), null, 10)).isEmpty();
        assertThat(store.findDue(Duration.ofDays(36_500), List.of("another"), null, 10))
                .isEmpty();
        database.run("UPDATE tiktok_shop_auth SET app_key = NULL");
        assertThat(store.findDue(Duration.ofDays(36_500), List.of(), null, 10)).hasSize(1);
        assertThat(row().appKey()).isNull();
    }
}
