package io.github.tiktokauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;

/** Rules 1, 3, 6 and 7 under real threads, half of them on each node. Counts decide, not timings. */
abstract class RaceRules extends TokenStoreRules {

    private static final String EACH = " ({currentRepetition})";

    RaceRules(TokenStoreContract contract) {
        super(contract);
    }

    private static void assertOneWinner(List<Boolean> results) {
        assertEquals(1, Race.count(results, true), "exactly one wins");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: of many who want a free lease one gets it" + EACH)
    void lease() {
        StoredAuthorization row = connected();
        List<Boolean> won =
                Race.of(i -> node(i).acquireLease(row.id(), row.generation(), "node-" + i, LEASE, i % 3 == 0, false));
        assertOneWinner(won);
        assertEquals("node-" + won.indexOf(true), row(row.userId()).refresh().leaseOwner());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: of many who want a lease that ended one gets it" + EACH)
    void endedLease() {
        StoredAuthorization row = leased("crashed");
        advance(LEASE.plus(MINUTE));
        List<Boolean> won =
                Race.of(i -> node(i).acquireLease(row.id(), row.generation(), "node-" + i, LEASE, false, false));
        assertOneWinner(won);
        assertEquals("node-" + won.indexOf(true), row(row.userId()).refresh().leaseOwner());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 6: of many saves of one generation one is done, and whole" + EACH)
    void save() {
        StoredAuthorization row = leased("owner");
        List<Boolean> won =
                Race.of(i -> node(i).saveTokens(row.id(), row.generation(), APP_KEY, tokens("node-" + i), false));
        assertOneWinner(won);
        StoredAuthorization after = row(row.userId());
        assertEquals(tokens("node-" + won.indexOf(true)), after.tokens());
        assertEquals(row.generation() + 1, after.generation());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: a reader sees no half of a write" + EACH)
    void wholeReads() {
        StoredAuthorization row = connected();
        assertTrue(save(row, "1"));
        List<Boolean> whole = Race.of(i -> {
            if (i == 0) {
                for (int save = 2; save < 40; save++) {
                    assertTrue(node(i).saveTokens(row.id(), save, APP_KEY, tokens(Integer.toString(save)), false));
                }
                return true;
            }
            for (int read = 0; read < 40; read++) {
                StoredAuthorization seen = node(i).find(row.userId()).orElseThrow();
                StoredTokens expected = tokens(Long.toString(seen.generation() - 1));
                assertEquals(expected, seen.tokens(), "tokens and generation are of one write");
            }
            return true;
        });
        assertEquals(Race.THREADS, Race.count(whole, true));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 3: of many users who want one shop one gets it" + EACH)
    void usersForOneShop() {
        String shopId = fresh("shop");
        String user = fresh("user");
        List<ConnectOutcome> outcomes = Race.of(i -> node(i).connect(authorization(user + i, shopId, "first")));
        assertEquals(1, Race.count(outcomes, ConnectOutcome.CONNECTED));
        assertEquals(Race.THREADS - 1, Race.count(outcomes, ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER));
        for (int i = 0; i < Race.THREADS; i++) {
            boolean winner = outcomes.get(i) == ConnectOutcome.CONNECTED;
            assertEquals(winner, store().find(user + i).isPresent(), "only the winner is connected");
        }
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 3: of many shops that one user wants the user gets one" + EACH)
    void shopsForOneUser() {
        String shop = fresh("shop");
        String userId = fresh("user");
        List<ConnectOutcome> outcomes = Race.of(i -> node(i).connect(authorization(userId, shop + i, "first")));
        assertEquals(1, Race.count(outcomes, ConnectOutcome.CONNECTED));
        assertEquals(Race.THREADS - 1, Race.count(outcomes, ConnectOutcome.USER_HOLDS_ANOTHER_SHOP));
        int winner = outcomes.indexOf(ConnectOutcome.CONNECTED);
        assertEquals(shop + winner, row(userId).shop().shopId());
        for (int i = 0; i < Race.THREADS; i++) {
            ConnectOutcome expected = i == winner ? ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER : ConnectOutcome.CONNECTED;
            assertEquals(expected, connect(fresh("user"), shop + i), "the losers' shops are free");
        }
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 3: the same consent many times is one connection, renewed" + EACH)
    void sameUserAndShop() {
        String shopId = fresh("shop");
        String userId = fresh("user");
        List<ConnectOutcome> outcomes = Race.of(i -> node(i).connect(authorization(userId, shopId, "node-" + i)));
        assertEquals(1, Race.count(outcomes, ConnectOutcome.CONNECTED));
        assertEquals(Race.THREADS - 1, Race.count(outcomes, ConnectOutcome.RENEWED));
        assertEquals(Race.THREADS, row(userId).generation(), "each of them raised the generation");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: of many who end one connection one did it" + EACH)
    void disconnect() {
        StoredAuthorization row = connected();
        assertOneWinner(Race.of(i -> node(i).disconnect(row.userId())));
        assertEquals(Optional.empty(), store().find(row.userId()));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: a disconnect during saves wins" + EACH)
    void disconnectDuringSaves() {
        StoredAuthorization row = leased("owner");
        Race.of(i -> i == 0
                ? node(i).disconnect(row.userId())
                : node(i).saveTokens(row.id(), row.generation(), APP_KEY, tokens("node-" + i), false));
        assertEquals(Optional.empty(), store().find(row.userId()));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: of many notes of one failed attempt one is taken" + EACH)
    void failure() {
        StoredAuthorization row = leased("owner");
        assertOneWinner(Race.of(i -> node(i).recordFailure(row.id(), row.generation(), "owner", COOL_DOWN, FAILURE)));
        assertEquals(1, row(row.userId()).refresh().failures());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: of many marks of one row one is taken" + EACH)
    void marking() {
        StoredAuthorization row = leased("owner");
        assertOneWinner(
                Race.of(i -> node(i).requireReauthorization(row.id(), row.generation(), "owner", HARD, FAILURE)));
    }

    @RepeatedTest(
            value = Race.ROUNDS,
            name = "rule 3: connects and disconnects of many users leave one shop in one hand" + EACH)
    void churn() {
        String shopId = fresh("shop");
        String user = fresh("user");
        Race.of(i -> {
            for (int round = 0; round < 5; round++) {
                if (node(i).connect(authorization(user + i, shopId, "first")) == ConnectOutcome.CONNECTED) {
                    assertTrue(node(i).disconnect(user + i), "who was connected can disconnect");
                }
            }
            return true;
        });
        assertEquals(ConnectOutcome.CONNECTED, connect(fresh("user"), shopId), "nobody holds it in the end");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: of many who begin one requested check one may" + EACH)
    void beginCheck() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        assertOneWinner(Race.of(i -> node(i).beginCheck(row.id(), requested, LEASE)));
        advance(LEASE.plus(MINUTE));
        assertOneWinner(Race.of(i -> node(i).beginCheck(row.id(), requested, LEASE)));
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: of many who end one requested check one did it" + EACH)
    void finishCheck() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        List<Boolean> won = Race.of(i -> node(i).finishCheck(row.id(), requested, "node-" + i));
        assertOneWinner(won);
        assertEquals("node-" + won.indexOf(true), row(row.userId()).refresh().reauthorizationReason());
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 1: of many requests of a check none is lost" + EACH)
    void requestChecks() {
        StoredAuthorization row = connected();
        Instant first = requestCheck(row);
        assertEquals(Race.THREADS, Race.count(Race.of(i -> node(i).requestCheck(row.id())), true));
        Instant last = row(row.userId()).checkRequestedAt();
        assertNotNull(last);
        assertFalse(last.isBefore(first.plusMillis(Race.THREADS)), "each is later than the one before");
    }

    @RepeatedTest(value = Race.ROUNDS, name = "rule 7: a request during the ends of an earlier check stays" + EACH)
    void requestDuringEnds() {
        StoredAuthorization row = connected();
        Instant requested = requestCheck(row);
        advance(MINUTE);
        Race.of(i -> i == 0 ? node(i).requestCheck(row.id()) : node(i).finishCheck(row.id(), requested, null));
        Instant last = row(row.userId()).checkRequestedAt();
        assertNotNull(last, "the later request stays");
        assertTrue(last.isAfter(requested), "and is the later one");
    }
}
