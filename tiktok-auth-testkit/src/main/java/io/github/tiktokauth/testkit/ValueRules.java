package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule 9, exact values of every kind, and {@code reencrypt}. */
abstract class ValueRules extends TokenStoreRules {

    private static final Instant END = Instant.parse("2031-01-02T03:04:05.678Z");

    ValueRules(TokenStoreContract contract) {
        super(contract);
    }

    /** Every printable character of ASCII, over and over; a query builder may take some of them for its own. */
    private static String ciphertext(String mark, int length) {
        StringBuilder text = new StringBuilder(mark);
        for (int i = 0; text.length() < length; i++) {
            text.append((char) (' ' + 1 + i % 94));
        }
        return text.append(":end").toString();
    }

    private StoredAuthorization assertReadBack(StoredShop shop, StoredTokens tokens) {
        String userId = fresh("user");
        assertEquals(ConnectOutcome.CONNECTED, store().connect(authorization(userId, shop, tokens)));
        StoredAuthorization row = row(userId);
        assertEquals(shop, row.shop());
        assertEquals(tokens, row.tokens());
        return row;
    }

    private static StoredTokens ending(Instant accessToken, @Nullable Instant refreshToken) {
        return new StoredTokens("v1.k.a", "v1.k.r", accessToken, refreshToken, null, null);
    }

    @Test
    @DisplayName("rule 9: ciphertexts of more than 8,000 characters are neither read nor shortened")
    void longTokens() {
        StoredTokens first = new StoredTokens(ciphertext("a1", 8_500), ciphertext("r1", 9_000), END, END, null, null);
        StoredAuthorization row = assertReadBack(shop(fresh("shop")), first);
        StoredTokens second = new StoredTokens(ciphertext("a2", 9_000), ciphertext("r2", 8_500), END, END, null, null);
        assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, second, false));
        row = row(row.userId());
        assertEquals(second, row.tokens());
        String access = ciphertext("a3", 8_600);
        String refresh = ciphertext("r3", 8_600);
        assertTrue(store().reencrypt(row.id(), row.generation(), access, refresh));
        assertEquals(access, row(row.userId()).tokens().accessToken());
        assertEquals(refresh, row(row.userId()).tokens().refreshToken());
    }

    @Test
    @DisplayName("rule 4: ends beyond 2038, 2106 and the next century are kept")
    void farEnds() {
        for (String end : List.of(
                "2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z", "2125-09-05T12:39:51Z", "2199-12-31T23:59:59.999Z")) {
            Instant instant = Instant.parse(end);
            StoredAuthorization row = assertReadBack(shop(fresh("shop")), ending(instant, instant));
            StoredTokens later = ending(instant.plusMillis(1), instant.plusMillis(2));
            assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, later, false));
            assertEquals(later, row(row.userId()).tokens());
        }
    }

    @Test
    @DisplayName("rule 4: instants are kept to the millisecond, also where zones skip or repeat an hour")
    void milliseconds() {
        for (String end : List.of(
                "2027-03-28T01:30:00.001Z",
                "2027-03-28T02:30:00.999Z",
                "2027-10-31T00:30:00.123Z",
                "2027-10-31T01:30:00.123Z",
                "2028-02-29T23:59:59.999Z",
                "2030-01-01T00:00:00Z",
                "1999-12-31T23:59:59.500Z")) {
            assertReadBack(shop(fresh("shop")), ending(Instant.parse(end), Instant.parse(end)));
        }
    }

    @Test
    @DisplayName("rule 9: what is optional may be null, at first and in a later write")
    void nulls() {
        String shopId = fresh("shop");
        StoredShop bare = new StoredShop(shopId, null, null, null, false);
        StoredAuthorization row = assertReadBack(bare, ending(END, END));
        assertEquals(RefreshState.CLEAR, row.refresh());

        assertTrue(save(row, "second"));
        assertEquals(tokens("second"), row(row.userId()).tokens());
        assertTrue(store().saveTokens(row.id(), row.generation() + 1, APP_KEY, ending(END, END), false));
        assertEquals(ending(END, END), row(row.userId()).tokens(), "a null replaces a value");

        NewAuthorization full = authorization(row.userId(), shopId, "third");
        assertEquals(ConnectOutcome.RENEWED, store().connect(full));
        assertEquals(shop(shopId), row(row.userId()).shop());
        NewAuthorization again = authorization(row.userId(), bare, ending(END, END));
        assertEquals(ConnectOutcome.RENEWED, store().connect(again));
        assertEquals(bare, row(row.userId()).shop(), "a null replaces a value");
    }

    @Test
    @DisplayName(
            "rule 9: an end of the refresh token that is not known stays unknown, at first and in every later write")
    void unknownEnds() {
        StoredTokens unknown = ending(END, null);
        StoredAuthorization row = assertReadBack(shop(fresh("shop")), unknown);
        assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
        assertNull(row(row.userId()).tokens().refreshTokenExpiresAt(), "after other ciphertexts");
        assertTrue(store().saveTokens(row.id(), row.generation(), APP_KEY, unknown, false));
        assertEquals(unknown, row(row.userId()).tokens(), "after a save");
        assertTrue(store().saveTokens(row.id(), row.generation() + 1, APP_KEY, ending(END, END), false));
        assertEquals(END, row(row.userId()).tokens().refreshTokenExpiresAt(), "a known end replaces an unknown one");
        assertTrue(store().saveTokens(row.id(), row.generation() + 2, APP_KEY, unknown, false));
        assertEquals(unknown, row(row.userId()).tokens(), "an unknown end replaces a known one");
        assertTrue(save(row(row.userId()), "known"));
        NewAuthorization renewal = authorization(row.userId(), row.shop(), unknown);
        assertEquals(ConnectOutcome.RENEWED, store().connect(renewal));
        assertEquals(unknown, row(row.userId()).tokens(), "after a renewal");
        StoredAuthorization renewed = row(row.userId());
        assertTrue(lease(renewed, "owner"), "it ends nothing");
        assertTrue(fail(renewed, "owner"));
        assertEquals(unknown, row(row.userId()).tokens(), "after a failure");
    }

    @Test
    @DisplayName("rule 9: texts of any script and with any sign are read back as they are")
    void texts() {
        for (String text : List.of(
                "Größe – ✓",
                "李雷的店",
                "магазин",
                "متجر",
                "shop 😀",
                "a\u0308 and ä",
                "it's \"quoted\" \\ % _ ? :name {x} $1;--",
                " blanks around ",
                "two\nlines\tand a tab")) {
            assertReadBack(
                    new StoredShop(fresh("shop"), text, text, text, false),
                    new StoredTokens("v1.k.a", "v1.k.r", END, END, text, text));
        }
    }

    @Test
    @DisplayName("rule 9: user and open ids of 128, names of 255, shop ids of 64 and scopes of 4,000 characters fit")
    void fullLength() {
        String user = fresh("李");
        String userId = user + "雷".repeat(128 - user.length());
        connect(userId, fresh("shop"));
        assertEquals(userId, row(userId).userId());

        String id = fresh("shop");
        StoredShop shop =
                new StoredShop(id + "9".repeat(64 - id.length()), "店".repeat(255), "GB", "c".repeat(255), false);
        assertReadBack(
                shop,
                new StoredTokens("v1.k.a", "v1.k.r", END, END, "o".repeat(128), "scope.of.9 ".repeat(363) + "scopes."));
    }

    @Test
    @DisplayName("rule 9: failure codes of 64 and request ids of 128 characters fit")
    void fullLengthFailures() {
        StoredAuthorization row = leased("owner");
        RefreshFailure failure = RefreshFailure.of("c".repeat(64), "r".repeat(128), true);
        assertTrue(store().recordFailure(row.id(), row.generation(), "owner", COOL_DOWN, failure));
        RefreshState state = row(row.userId()).refresh();
        assertEquals(failure.code(), state.lastCode());
        assertEquals(failure.requestId(), state.lastRequestId());
    }

    @Test
    @DisplayName("rule 9: other ciphertexts of the same tokens replace the two, and nothing else")
    void reencrypts() {
        StoredAuthorization before = leased("owner");
        advance(MINUTE);
        assertTrue(otherNode().reencrypt(before.id(), before.generation(), "v1.k2.a", "v1.k2.r"));
        StoredAuthorization after = row(before.userId());
        StoredTokens old = before.tokens();
        assertEquals(
                new StoredTokens(
                        "v1.k2.a",
                        "v1.k2.r",
                        old.accessTokenExpiresAt(),
                        old.refreshTokenExpiresAt(),
                        old.openId(),
                        old.scope()),
                after.tokens());
        assertEquals(before.tokensObtainedAt(), after.tokensObtainedAt(), "the tokens are as old as before");
        assertEquals(before.refresh(), after.refresh(), "the lease stays");
        assertEquals(before.generation(), after.generation());
        assertEquals(before.shop(), after.shop());
        assertEquals(before.createdAt(), after.createdAt());
        assertTrue(fail(before, "owner"), "a refresh in flight continues");
    }

    @Test
    @DisplayName("rule 7: ciphertexts of another generation or id are refused and change nothing")
    void reencryptRefused() {
        StoredAuthorization row = connected();
        assertFalse(store().reencrypt(row.id(), row.generation() + 1, "x", "y"));
        assertFalse(store().reencrypt(row.id(), row.generation() - 1, "x", "y"));
        assertFalse(store().reencrypt("00000000-0000-0000-0000-000000000000", row.generation(), "x", "y"));
        assertUnchanged(row);
        assertTrue(save(row, "second"));
        assertFalse(store().reencrypt(row.id(), row.generation(), "x", "y"), "the tokens were replaced meanwhile");
        assertEquals(tokens("second"), row(row.userId()).tokens());
    }

    @Test
    @DisplayName("rule 9: marked and cooling rows are given other ciphertexts too")
    void reencryptsInEveryCondition() {
        for (StoredAuthorization row : List.of(marked(), cooling())) {
            assertTrue(store().reencrypt(row.id(), row.generation(), "v1.k2.a", "v1.k2.r"));
            assertEquals(row.refresh(), row(row.userId()).refresh(), "mark and cool-down stay");
        }
    }

    @Test
    @DisplayName("rule 9: the name that ciphertexts are bound to is constant and the same on every node")
    void name() {
        assertFalse(store().name().isBlank(), "there is a name");
        assertEquals(store().name(), store().name());
        assertEquals(store().name(), otherNode().name());
    }
}
