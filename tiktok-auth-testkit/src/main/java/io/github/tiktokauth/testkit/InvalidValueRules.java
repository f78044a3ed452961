package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Rule 11. How long a value may be is the store's own affair; but what it takes must be read back exactly, and what it refuses
 * must leave no trace, neither in the data nor in the exception.
 */
abstract class InvalidValueRules extends TokenStoreRules {

    private static final Instant END = Instant.parse("2031-01-02T03:04:05Z");

    InvalidValueRules(TokenStoreContract contract) {
        super(contract);
    }

    static List<String> invalidValues(String mark) {
        return List.of(
                mark + "x".repeat(129),
                mark + "店".repeat(300),
                mark + "x".repeat(70_000),
                mark + "x".repeat(1_100_000),
                mark + "\u0000",
                mark + "\uD800",
                mark + "\uDC00x");
    }

    static void assertDiscreet(StoreException refusal, String mark) {
        assertEquals(StoreException.Kind.BAD_VALUE, refusal.kind());
        StringWriter printed = new StringWriter();
        refusal.printStackTrace(new PrintWriter(printed));
        assertFalse(printed.toString().contains(mark), "the exception must not hold the value that was refused");
    }

    private void assertStoredOrRefused(String mark, NewAuthorization given) {
        ConnectOutcome outcome;
        try {
            outcome = store().connect(given);
        } catch (StoreException refusal) {
            assertDiscreet(refusal, mark);
            assertTrue(isAbsent(mark, given.userId()), "a refused user has no authorization");
            assertShopIsFree(mark, given.shop());
            return;
        }
        assertEquals(ConnectOutcome.CONNECTED, outcome);
        StoredAuthorization row = row(given.userId());
        assertEquals(given.userId(), row.userId(), "stored exactly, or refused");
        assertEquals(given.appKey(), row.appKey(), "stored exactly, or refused");
        assertEquals(given.shop(), row.shop(), "stored exactly, or refused");
        assertEquals(given.tokens(), row.tokens(), "stored exactly, or refused");
    }

    private boolean isAbsent(String mark, String userId) {
        try {
            return store().find(userId).isEmpty();
        } catch (StoreException refusal) {
            assertDiscreet(refusal, mark);
            return true;
        }
    }

    private void assertShopIsFree(String mark, StoredShop shop) {
        if (!shop.shopId().contains(mark)) {
            assertEquals(ConnectOutcome.CONNECTED, connect(fresh("user"), shop.shopId()), "a refused shop is free");
        }
    }

    private void assertForEach(BiFunction<String, NewAuthorization, NewAuthorization> change) {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (String invalid : invalidValues(mark)) {
            NewAuthorization good = authorization(fresh("user"), fresh("shop"), "first");
            assertStoredOrRefused(mark, change.apply(invalid, good));
        }
    }

    @Test
    @DisplayName("rule 11: a user id is stored exactly or refused")
    void userId() {
        assertForEach((invalid, good) -> authorization(invalid, good.shop(), good.tokens()));
    }

    @Test
    @DisplayName("rule 11: an App Key is stored exactly or refused")
    void appKey() {
        assertForEach((invalid, good) -> authorization(good.userId(), invalid, good.shop(), good.tokens(), 1));
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (String invalid : invalidValues(mark)) {
            StoredAuthorization row = leased("owner");
            try {
                assertTrue(store().saveTokens(row.id(), row.generation(), invalid, tokens("second"), false));
                assertEquals(invalid, row(row.userId()).appKey());
            } catch (StoreException refusal) {
                assertDiscreet(refusal, mark);
                assertUnchanged(row);
            }
        }
    }

    @Test
    @DisplayName("rule 11: a shop id is stored exactly or refused")
    void shopId() {
        assertForEach((invalid, good) -> authorization(good.userId(), shop(invalid), good.tokens()));
    }

    @Test
    @DisplayName("rule 11: a shop's name, region and cipher are stored exactly or refused")
    void shopFacts() {
        assertForEach((invalid, good) -> with(good, new StoredShop(good.shop().shopId(), invalid, "GB", "c", false)));
        assertForEach((invalid, good) -> with(good, new StoredShop(good.shop().shopId(), "name", invalid, "c", false)));
        assertForEach(
                (invalid, good) -> with(good, new StoredShop(good.shop().shopId(), "name", "GB", invalid, false)));
    }

    private static NewAuthorization with(NewAuthorization good, StoredShop shop) {
        return authorization(good.userId(), shop, good.tokens());
    }

    @Test
    @DisplayName("rule 11: open id and scope are stored exactly or refused")
    void tokenFacts() {
        assertForEach((invalid, good) -> with(good, new StoredTokens("v1.a", "v1.r", END, END, invalid, "scope")));
        assertForEach((invalid, good) -> with(good, new StoredTokens("v1.a", "v1.r", END, END, "open", invalid)));
    }

    @Test
    @DisplayName("rule 11: ends before 1970 and after 9999 are stored exactly or refused")
    void ends() {
        for (Instant end :
                List.of(Instant.EPOCH.minusMillis(1), Instant.parse("+10000-01-01T00:00:00Z"), Instant.MAX)) {
            Instant whole = end.truncatedTo(ChronoUnit.MILLIS);
            NewAuthorization good = authorization(fresh("user"), fresh("shop"), "first");
            assertStoredOrRefused("no mark", with(good, new StoredTokens("v1.a", "v1.r", whole, END, null, null)));
            good = authorization(fresh("user"), fresh("shop"), "first");
            assertStoredOrRefused("no mark", with(good, new StoredTokens("v1.a", "v1.r", END, whole, null, null)));
        }
    }

    private static NewAuthorization with(NewAuthorization good, StoredTokens tokens) {
        return authorization(good.userId(), good.shop(), tokens);
    }

    @Test
    @DisplayName("rule 11: ciphertexts of any length are stored exactly or refused")
    void ciphertexts() {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (int length : new int[] {17_000, 70_000, 200_000, 1_100_000}) {
            String text = mark + "x".repeat(length);
            NewAuthorization good = authorization(fresh("user"), fresh("shop"), "first");
            assertStoredOrRefused(mark, with(good, new StoredTokens(text, "v1.r", END, END, null, null)));
            good = authorization(fresh("user"), fresh("shop"), "first");
            assertStoredOrRefused(mark, with(good, new StoredTokens("v1.a", text, END, END, null, null)));
        }
    }

    @Test
    @DisplayName("rule 11: saved tokens are stored exactly, or refused and the old ones stay")
    void savedTokens() {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (String invalid : invalidValues(mark)) {
            assertSavedOrRefused(mark, new StoredTokens("v1.a", "v1.r", END, END, invalid, "scope"));
            assertSavedOrRefused(mark, new StoredTokens("v1.a", "v1.r", END, END, "open", invalid));
        }
        assertSavedOrRefused(mark, new StoredTokens(mark + "x".repeat(200_000), "v1.r", END, END, null, null));
        assertSavedOrRefused(mark, new StoredTokens("v1.a", mark + "x".repeat(200_000), END, END, null, null));
    }

    private void assertSavedOrRefused(String mark, StoredTokens tokens) {
        StoredAuthorization row = leased("owner");
        try {
            assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, tokens, false));
        } catch (StoreException refusal) {
            assertDiscreet(refusal, mark);
            assertUnchanged(row);
            return;
        }
        assertEquals(tokens, row(row.userId()).tokens(), "stored exactly, or refused");
    }

    @Test
    @DisplayName("rule 11: disconnect and erase of a user id that does not fit find nothing, or refuse it")
    void disconnectsNobodyByAnInvalidUserId() {
        String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        for (String invalid : invalidValues(mark)) {
            try {
                assertFalse(store().disconnect(invalid));
            } catch (StoreException refusal) {
                assertDiscreet(refusal, mark);
            }
            try {
                assertEquals(0, store().erase(invalid));
            } catch (StoreException refusal) {
                assertDiscreet(refusal, mark);
            }
        }
    }
}
