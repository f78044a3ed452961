package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.ValueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 11 at the limits of {@link ValueLimits} and for the verbs on one row; also rule 8. */
abstract class ValueLimitRules extends TokenStoreRules {

    private static final Instant END = Instant.parse("2031-01-02T03:04:05Z");

    ValueLimitRules(TokenStoreContract contract) {
        super(contract);
    }

    /** As long as an id may be, in characters that are two in Java and four bytes in UTF-8. */
    private static String longId(String what) {
        String id = fresh(what);
        return id + "\uD83D\uDE00".repeat(ValueLimits.ID - id.length());
    }

    @Test
    @DisplayName(
            "rule 11: ids, App Keys, owners, codes, request ids and reasons of the greatest length are stored exactly")
    void ids() {
        String userId = longId("user");
        String shopId = longId("shop");
        String appKey = longId("app");
        NewAuthorization given = authorization(userId, appKey, shop(shopId), tokens("first"), 1);
        assertEquals(ConnectOutcome.CONNECTED, store().connect(given));
        StoredAuthorization row = row(userId);
        assertEquals(userId, row.userId());
        assertEquals(appKey, row.appKey());
        assertEquals(shop(shopId), row.shop());
        assertEquals(row.id(), store().findByShop(shopId).orElseThrow().id());
        assertEquals(List.of(row.id()), due(appKey));
        String owner = longId("owner");
        takeOver(row, owner);
        assertEquals(owner, row(userId).refresh().leaseOwner());
        RefreshFailure failure = new RefreshFailure("店".repeat(ValueLimits.CODE), longId("request"), true, true, true);
        String reason = longId("reason");
        assertTrue(store().requireReauthorization(row.id(), 1, owner, Reauthorization.soft(reason, MINUTE), failure));
        RefreshState state = row(userId).refresh();
        assertEquals(failure.code(), state.lastCode());
        assertEquals(failure.requestId(), state.lastRequestId());
        assertEquals(reason, state.reauthorizationReason());
        assertEquals(
                failure.code(),
                state.forcedRefresh() == null ? null : state.forcedRefresh().outcome());
        String other = longId("app");
        assertTrue(store().saveTokens(row.id(), 1, other, tokens("second"), false));
        assertEquals(other, row(userId).appKey());
        String uncovered = longId("reason");
        assertTrue(store().finishCheck(row.id(), requestCheck(row), uncovered));
        assertEquals(uncovered, row(userId).refresh().reauthorizationReason());
    }

    private List<String> due(String appKey) {
        return store().findDue(Duration.ofDays(20 * 366L), List.of(appKey), null, 10).stream()
                .map(found -> found.authorization().id())
                .toList();
    }

    @Test
    @DisplayName("rule 11: ciphertexts, names and other texts of the greatest length are stored exactly")
    void texts() {
        String text = "x".repeat(ValueLimits.TEXT);
        String shopId = fresh("shop");
        String userId = fresh("user");
        connect(userId, shopId);
        StoredAuthorization row = row(userId);
        StoredShop plain = StoredShop.builder(shopId).build();
        for (StoredShop shop : List.of(
                plain.toBuilder().name(text).build(),
                plain.toBuilder().region(text).build(),
                plain.toBuilder().cipher(text).build())) {
            assertTrue(store().saveShop(row.id(), row.generation(), shop));
            assertEquals(shop, row(userId).shop());
        }
        assertTrue(store().saveShop(row.id(), row.generation(), plain));
        for (StoredTokens tokens : List.of(
                new StoredTokens(text, "v1.r", END, END, null, null),
                new StoredTokens("v1.a", text, END, END, null, null),
                new StoredTokens("v1.a", "v1.r", END, END, text, null),
                new StoredTokens("v1.a", "v1.r", END, END, null, text))) {
            assertTrue(store().saveTokens(row.id(), row(userId).generation(), APP_KEY, tokens, false));
            assertEquals(tokens, row(userId).tokens());
        }
    }

    @Test
    @DisplayName("rule 11: the first and the last instant are stored exactly")
    void instants() {
        for (Instant end : List.of(ValueLimits.FIRST, ValueLimits.LAST)) {
            StoredTokens tokens = new StoredTokens("v1.a", "v1.r", end, end, null, null);
            String userId = fresh("user");
            store().connect(authorization(userId, shop(fresh("shop")), tokens));
            assertEquals(tokens, row(userId).tokens());
        }
    }

    private static String mark() {
        return "m" + UUID.randomUUID().toString().substring(0, 8);
    }

    private void assertDoneOrRefused(
            String mark, StoredAuthorization before, BooleanSupplier verb, Consumer<StoredAuthorization> exactly) {
        try {
            assertTrue(verb.getAsBoolean());
        } catch (StoreException refusal) {
            InvalidValueRules.assertDiscreet(refusal, mark);
            assertUnchanged(before);
            return;
        }
        exactly.accept(row(before.userId()));
    }

    @Test
    @DisplayName("rule 11: facts of a shop are replaced exactly, or refused and the old ones stay")
    void savedShops() {
        String mark = mark();
        StoredAuthorization row = connected();
        for (String odd : InvalidValueRules.invalidValues(mark)) {
            for (StoredShop shop : List.of(
                    row.shop().toBuilder().name(odd).build(),
                    row.shop().toBuilder().region(odd).build(),
                    row.shop().toBuilder().cipher(odd).build())) {
                assertDoneOrRefused(
                        mark,
                        row(row.userId()),
                        () -> store().saveShop(row.id(), row.generation(), shop),
                        after -> assertEquals(shop, after.shop()));
            }
        }
    }

    @Test
    @DisplayName(
            "rule 11: owners, codes, request ids and reasons are stored exactly, or refused and nothing is changed")
    void failures() {
        String mark = mark();
        for (String odd : InvalidValueRules.invalidValues(mark)) {
            StoredAuthorization free = connected();
            assertDoneOrRefused(
                    mark,
                    free,
                    () -> store().acquireLease(free.id(), 1, odd, LEASE, false, false),
                    after -> assertEquals(odd, after.refresh().leaseOwner()));
            StoredAuthorization row = leased("owner");
            assertDoneOrRefused(
                    mark,
                    row,
                    () -> store().recordFailure(row.id(), 1, "owner", COOL_DOWN, RefreshFailure.of(odd, null, false)),
                    after -> assertEquals(odd, after.refresh().lastCode()));
            StoredAuthorization failing = leased("next");
            assertDoneOrRefused(
                    mark,
                    failing,
                    () -> store().recordFailure(
                                    failing.id(), 1, "next", COOL_DOWN, RefreshFailure.of("code", odd, false)),
                    after -> assertEquals(odd, after.refresh().lastRequestId()));
            StoredAuthorization marking = leased("owner");
            assertDoneOrRefused(
                    mark,
                    marking,
                    () -> store().requireReauthorization(marking.id(), 1, "owner", Reauthorization.hard(odd), FAILURE),
                    after -> assertEquals(odd, after.refresh().reauthorizationReason()));
            StoredAuthorization checked = connected();
            Instant requested = requestCheck(checked);
            assertDoneOrRefused(
                    mark,
                    row(checked.userId()),
                    () -> store().finishCheck(checked.id(), requested, odd),
                    after -> assertEquals(odd, after.refresh().reauthorizationReason()));
        }
    }

    @Test
    @DisplayName("rule 9: an empty text does not become null, nor null an empty text")
    void empty() {
        StoredAuthorization row = leased("owner");
        RefreshFailure empty = RefreshFailure.of("code", "", false);
        assertDoneOrRefused(
                "no mark",
                row,
                () -> store().recordFailure(row.id(), 1, "owner", COOL_DOWN, empty),
                after -> assertEquals("", after.refresh().lastRequestId(), "an empty text is no null"));
        RefreshFailure none = RefreshFailure.of("code", null, false);
        assertNull(failOnce(row, none).lastRequestId(), "a null is no empty text");
    }

    @Test
    @DisplayName("rule 8: a refusal holds none of the values that were given")
    void discreet() {
        String mark = mark();
        String bad = mark + "\u0000";
        StoredTokens tokens = new StoredTokens(bad, bad, END, END, bad, bad);
        StoredShop shop = new StoredShop(bad, bad, bad, bad, false);
        StoredAuthorization row = leased("owner");
        for (Runnable call : List.<Runnable>of(
                () -> store().connect(authorization(bad, bad, shop, tokens, 1)),
                () -> store().saveTokens(row.id(), 1, bad, tokens, false),
                () -> store().reencrypt(row.id(), 1, bad, bad),
                () -> store().saveShop(row.id(), 1, shop),
                () -> store().recordFailure(row.id(), 1, bad, COOL_DOWN, RefreshFailure.of(bad, bad, false)),
                () -> store().requireReauthorization(row.id(), 1, bad, Reauthorization.hard(bad), FAILURE),
                () -> store().finishCheck(row.id(), END, bad))) {
            try {
                call.run();
            } catch (StoreException refusal) {
                InvalidValueRules.assertDiscreet(refusal, mark);
            }
        }
    }
}
