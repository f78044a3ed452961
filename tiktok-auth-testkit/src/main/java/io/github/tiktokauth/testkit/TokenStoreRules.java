package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;

/** What the rules of token stores share: fresh users, shops and tokens, and short names for common steps. */
abstract class TokenStoreRules {

    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration COOL_DOWN = Duration.ofMinutes(20);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final RefreshFailure FAILURE = new RefreshFailure("36009002", "request-1", false);
    static final String REASON = "REVOKED";

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
        return new StoredShop(shopId, "Shop of " + shopId, "GB", "cipher-" + shopId);
    }

    /** Tokens told apart by a mark, which both of them carry. */
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
        return new NewAuthorization(userId, shop(shopId), tokens(mark));
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
        NewAuthorization given = new NewAuthorization(userId, shop(fresh("shop")), tokens("due", end));
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
        return store().acquireLease(row.id(), row.generation(), owner, LEASE, false);
    }

    /** A new user whose lease an owner holds. */
    StoredAuthorization leased(String owner) {
        StoredAuthorization row = connected();
        assertTrue(lease(row, owner), "a free lease is given");
        return row(row.userId());
    }

    boolean save(StoredAuthorization row, String mark) {
        return store().saveTokens(row.id(), row.generation(), tokens(mark));
    }

    boolean fail(StoredAuthorization row, String owner) {
        return store().recordFailure(row.id(), row.generation(), owner, COOL_DOWN, FAILURE);
    }

    boolean mark(StoredAuthorization row, String owner) {
        return store().requireReauthorization(row.id(), row.generation(), owner, REASON, FAILURE);
    }

    /** A new user who must authorize again. */
    StoredAuthorization marked() {
        StoredAuthorization row = leased("marker");
        assertTrue(mark(row, "marker"), "the owner of the lease may mark");
        return row(row.userId());
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
        return new StoredAuthorization(
                row.id(),
                row.userId(),
                row.shop(),
                row.tokens(),
                row.tokensObtainedAt(),
                row.generation(),
                row.refresh(),
                row.createdAt(),
                row.updatedAt(),
                Instant.EPOCH);
    }

    /** That an instant lies in a span; a clock that runs by itself may have gone on between two calls. */
    static void assertBetween(Instant from, Instant to, Instant actual, String what) {
        assertTrue(
                !actual.isBefore(from) && !actual.isAfter(to),
                () -> what + " should lie from " + from + " to " + to + " but is " + actual);
        assertEquals(actual.truncatedTo(ChronoUnit.MILLIS), actual, what + " has whole milliseconds");
    }
}
