package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static io.github.tiktokauth.jdbc.Samples.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.TakenState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Four nodes with a pool each, all at once: the database decides, and only one wins. */
@Tag("slow")
class ShopRaceTest extends StoresTest {

    private static final int NODES = 4;
    private static final int PER_NODE = 4;
    private static final int ROUNDS = 5;

    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<JdbcStores> nodes = new ArrayList<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(NODES * PER_NODE);

    @BeforeEach
    void openNodes() {
        for (int i = 0; i < NODES; i++) {
            HikariDataSource connections = database.pool(PER_NODE);
            pools.add(connections);
            nodes.add(node(connections));
        }
    }

    @AfterEach
    void closeNodes() {
        executor.shutdown();
        pools.forEach(HikariDataSource::close);
    }

    @FunctionalInterface
    private interface Move<T> {
        T by(JdbcStores node, int number);
    }

    private <T> List<T> all(Move<T> move) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(NODES * PER_NODE);
        List<Future<T>> results = new ArrayList<>();
        for (int i = 0; i < NODES * PER_NODE; i++) {
            int number = i;
            results.add(executor.submit(() -> {
                start.await();
                return move.by(nodes.get(number % NODES), number);
            }));
        }
        List<T> outcomes = new ArrayList<>();
        for (Future<T> result : results) {
            outcomes.add(result.get());
        }
        return outcomes;
    }

    @Test
    void ofManyUsersOneGetsTheShop() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String shop = "s" + round;
            String users = "u" + round + "-";
            List<ConnectOutcome> outcomes =
                    all((node, number) -> node.tokenStore().connect(authorization(users + number, shop)));
            assertThat(Collections.frequency(outcomes, ConnectOutcome.CONNECTED))
                    .isEqualTo(1);
            assertThat(Collections.frequency(outcomes, ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER))
                    .isEqualTo(outcomes.size() - 1);
        }
        assertThat(database.ask("SELECT COUNT(*) FROM tiktok_shop_auth")).containsExactly(String.valueOf(ROUNDS));
    }

    @Test
    void ofManyShopsAUserGetsOne() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "u" + round;
            String shops = "s" + round + "-";
            List<ConnectOutcome> outcomes =
                    all((node, number) -> node.tokenStore().connect(authorization(user, shops + number)));
            assertThat(Collections.frequency(outcomes, ConnectOutcome.CONNECTED))
                    .isEqualTo(1);
            assertThat(Collections.frequency(outcomes, ConnectOutcome.USER_HOLDS_ANOTHER_SHOP))
                    .isEqualTo(outcomes.size() - 1);
        }
    }

    @Test
    void theSameUserAndShopAtOnceAreOneConnectionAndRenewals() throws Exception {
        List<ConnectOutcome> outcomes = all((node, number) -> node.tokenStore().connect(authorization("u1", "s1")));
        assertThat(Collections.frequency(outcomes, ConnectOutcome.CONNECTED)).isEqualTo(1);
        assertThat(Collections.frequency(outcomes, ConnectOutcome.RENEWED)).isEqualTo(outcomes.size() - 1);
        assertThat(stores.tokenStore().find("u1").orElseThrow().generation()).isEqualTo(outcomes.size());
    }

    @Test
    void connectsAndDisconnectsInAnyOrderLeaveAtMostOneHolder() throws Exception {
        all((node, number) -> {
            for (int i = 0; i < 10; i++) {
                String user = "u" + (number + i) % 3;
                if (i % 3 == 2) {
                    node.tokenStore().disconnect(user);
                } else {
                    node.tokenStore().connect(authorization(user, "s" + (number * i) % 2));
                }
            }
            return number;
        });
        assertThat(database.ask("SELECT user_id FROM tiktok_shop_auth WHERE is_active = TRUE"))
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(2);
        assertThat(database.ask(
                        "SELECT COUNT(*) FROM tiktok_shop_auth WHERE (is_active = TRUE) <> (user_id IS NOT NULL)"
                                + " OR (is_active = TRUE) <> (access_token IS NOT NULL)"))
                .containsExactly("0");
    }

    @Test
    void oneNodeGetsTheLease() throws Exception {
        stores.tokenStore().connect(authorization("u1", "s1"));
        String id = stores.tokenStore().find("u1").orElseThrow().id();
        List<Boolean> outcomes = all((node, number) ->
                node.tokenStore().acquireLease(id, 1, "owner-" + number, Duration.ofMinutes(1), false, false));
        assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
        outcomes = all((node, number) ->
                node.tokenStore().saveTokens(id, 1, Samples.APP, Samples.tokens("by-" + number), false));
        assertThat(Collections.frequency(outcomes, true)).isEqualTo(1);
    }

    @Test
    void oneNodeGetsTheStateAndTheCapHolds() throws Exception {
        Duration lifetime = Duration.ofMinutes(10);
        all((node, number) -> {
            node.stateStore().save(state("h" + number, "u1"), lifetime, 5);
            return number;
        });
        List<String> left = database.ask("SELECT hash FROM tiktok_shop_auth_state");
        // At most: each node spares the state it has just saved, so two that trim at once may leave one less than the
        // cap.
        assertThat(left).hasSizeBetween(1, 5);
        String hash = left.get(0);
        List<TakenState.Status> outcomes = all(
                (node, number) -> Samples.take(node.stateStore(), hash, "u1").status());
        assertThat(Collections.frequency(outcomes, TakenState.Status.TAKEN)).isEqualTo(1);
        assertThat(Collections.frequency(outcomes, TakenState.Status.ALREADY_USED))
                .isEqualTo(outcomes.size() - 1);
        advance(lifetime);
        List<Integer> purged = all((node, number) -> node.stateStore().purge(2));
        // Those who purge at once may all choose the same oldest, so a rest may stay; each state is counted by one.
        int rest = nodes.get(0).stateStore().purge(100);
        assertThat(purged.stream().mapToInt(Integer::intValue).sum() + rest).isEqualTo(5);
    }
}
