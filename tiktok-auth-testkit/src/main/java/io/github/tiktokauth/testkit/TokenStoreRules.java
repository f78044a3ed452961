package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** What the rules of token stores share: fresh users, shops and tokens, and short names for common steps. */
abstract class TokenStoreRules {

    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration COOL_DOWN = Duration.ofMinutes(20);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final RefreshFailure FAILURE = RefreshFailure.of("36009002", "request-1", false);
    static final RefreshFailure REFUSAL =
            RefreshFailure.of("36009003", "request-2", false).withRefusal(true);
    static final String REASON = "REVOKED";
    static final Reauthorization HARD = Reauthorization.hard(REASON);
    /** Longer than a lease and than a cool-down, so that neither hides it. */
    static final Duration NEXT_TRY = Duration.ofHours(1);

    static final Reauthorization SOFT = Reauthorization.soft("REFUSED", NEXT_TRY);
    static final Reauthorization SHOP = Reauthorization.shop("SHOP_NOT_COVERED");
    static final String APP_KEY = "testkit-app";
    static final String UNKNOWN_ID = "00000000-0000-0000-0000-000000000000";

    private final TokenStoreContract contract;

    TokenStoreRules(TokenStoreContract contract) {
        this.contract = contract;
    }

    TokenStore store() {
        return contract.store();
    }

    TokenStore otherNode() {
        return contract.otherNode();
    }

    /** Half of the threads of a race work on each node. */
    TokenStore node(int number) {
        return number % 2 == 0 ? store() : otherNode();
    }

    void advance(Duration by) {
        contract.advance(by);
    }

    static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    static StoredShop shop(String shopId) {
        return new StoredShop(shopId, "Shop of " + shopId, "GB", "cipher-" + shopId, false);
    }

    /** Tokens with a mark that distinguishes them. */
    static StoredTokens tokens(String mark) {
        return tokens(mark, Instant.parse("2031-01-02T03:04:05.678Z"));
    }

    static StoredTokens tokens(String mark, Instant accessTokenExpiresAt) {
        return new StoredTokens(
                "v1.k.access-" + mark,
                "v1.k.refresh-" + mark,
                accessTokenExpiresAt,
                Instant.parse("2125-09-05T12:39:51Z"),
                "open-" + mark,
                "seller.authorization.info " + mark);
    }

    static NewAuthorization authorization(String userId, String shopId, String mark) {
        return authorization(userId, shop(shopId), tokens(mark));
    }

    static NewAuthorization authorization(String userId, StoredShop shop, StoredTokens tokens) {
        return authorization(userId, APP_KEY, shop, tokens, 3);
    }

    static NewAuthorization authorization(
            String userId, String appKey, StoredShop shop, StoredTokens tokens, @Nullable Integer authorizedShops) {
        return new NewAuthorization(userId, appKey, shop, tokens, authorizedShops);
    }

    ConnectOutcome connect(String userId, String shopId) {
        return store().connect(authorization(userId, shopId, "first"));
    }

    /** A new user with a new shop. */
    StoredAuthorization connected() {
        String userId = fresh("user");
        assertEquals(ConnectOutcome.CONNECTED, connect(userId, fresh("shop")));
        return row(userId);
    }

    /** A new user whose access token ends at a moment. */
    StoredAuthorization connectedUntil(Instant end) {
        String userId = fresh("user");
        NewAuthorization given = authorization(userId, shop(fresh("shop")), tokens("due", end));
        assertEquals(ConnectOutcome.CONNECTED, store().connect(given));
        return row(userId);
    }

    StoredAuthorization row(String userId) {
        return store().find(userId).orElseGet(() -> Assertions.fail("the user has no active authorization"));
    }

    /** What the clock of the storage says. */
    Instant storeTime() {
        StoredAuthorization scratch = connected();
        store().erase(scratch.userId());
        return scratch.storeTime();
    }

    boolean lease(StoredAuthorization row, String owner) {
        return store().acquireLease(row.id(), row.generation(), owner, LEASE, false, false);
    }

    /** A new user whose lease an owner holds. */
    StoredAuthorization leased(String owner) {
        StoredAuthorization row = connected();
        assertTrue(lease(row, owner), "a free lease is given");
        return row(row.userId());
    }

    boolean save(StoredAuthorization row, String mark) {
        return store().saveTokens(row.id(), row.generation(), APP_KEY, tokens(mark), false);
    }

    boolean fail(StoredAuthorization row, String owner) {
        return store().recordFailure(row.id(), row.generation(), owner, COOL_DOWN, FAILURE);
    }

    boolean mark(StoredAuthorization row, String owner) {
        return mark(row, owner, HARD);
    }

    boolean mark(StoredAuthorization row, String owner, Reauthorization mark) {
        return store().requireReauthorization(row.id(), row.generation(), owner, mark, FAILURE);
    }

    /** A new user who must authorize again. */
    StoredAuthorization marked() {
        return marked(connected(), HARD);
    }

    /** The same row with a mark, whatever it had before. */
    StoredAuthorization marked(StoredAuthorization row, Reauthorization mark) {
        takeOver(row, "marker");
        assertTrue(mark(row, "marker", mark), "the owner of the lease may mark");
        return row(row.userId());
    }

    /** Takes the lease in spite of a cool-down and of any mark. */
    void takeOver(StoredAuthorization row, String owner) {
        assertTrue(
                store().acquireLease(row.id(), row.generation(), owner, LEASE, true, true),
                "neither cool-down nor mark matter to this lease");
    }

    /** One more failed attempt, in spite of the cool-down of the last. */
    RefreshState failOnce(StoredAuthorization row, RefreshFailure failure) {
        takeOver(row, "attempt");
        assertTrue(store().recordFailure(row.id(), row.generation(), "attempt", COOL_DOWN, failure));
        return row(row.userId()).refresh();
    }

    /** The moment at which a check was requested just now. */
    Instant requestCheck(StoredAuthorization row) {
        assertTrue(store().requestCheck(row.id()), "there is such a connection");
        Instant at = row(row.userId()).checkRequestedAt();
        Assertions.assertNotNull(at, "a check was requested");
        return at;
    }

    /** A new user in a cool-down. */
    StoredAuthorization cooling() {
        StoredAuthorization row = leased("failing");
        assertTrue(fail(row, "failing"), "the owner of the lease may note a failure");
        return row(row.userId());
    }

    void assertUnchanged(StoredAuthorization before) {
        assertEquals(withoutStoreTime(before), withoutStoreTime(row(before.userId())), "nothing was changed");
    }

    static StoredAuthorization withoutStoreTime(StoredAuthorization row) {
        return row.toBuilder().storeTime(Instant.EPOCH).build();
    }

    /** That an instant lies in a span; a clock that runs by itself may have gone on between two calls. */
    static void assertBetween(Instant from, Instant to, Instant actual, String what) {
        assertTrue(
                !actual.isBefore(from) && !actual.isAfter(to),
                () -> what + " should lie from " + from + " to " + to + " but is " + actual);
        assertEquals(actual.truncatedTo(ChronoUnit.MILLIS), actual, what + " has whole milliseconds");
    }
}
