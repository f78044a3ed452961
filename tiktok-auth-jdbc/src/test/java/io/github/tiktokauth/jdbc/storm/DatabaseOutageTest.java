package io.github.tiktokauth.jdbc.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.AuthorizationEvent;
import io.github.tiktokauth.AuthorizationEvent.TokensUnsaved;
import io.github.tiktokauth.CallbackRejectedException;
import io.github.tiktokauth.StorageException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.jdbc.TestDatabase;
import io.github.tiktokauth.jdbc.TestServer;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.Gate;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database goes away before, while and after TikTok answers a refresh. TikTok ends the authorization when a refresh token
 * comes twice, so each test's last look shows that no pair was lost and none was spent again.
 */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
@Tag("slow")
class DatabaseOutageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** For writes that shall fail. */
    private static final Duration IMPATIENT = Duration.ofMillis(300);

    /** For writes that shall succeed in the end, on a slow machine too; lease and call time-out leave no more. */
    private static final Duration PATIENT = Duration.ofSeconds(9);

    @Parameter
    TestServer server;

    private final List<AuthorizationEvent> events = new CopyOnWriteArrayList<>();
    private World world;
    private TcpProxy network;
    private HikariDataSource pool;
    private JdbcStores stores;
    private TikTokAuth auth;

    @BeforeEach
    void start() {
        world = World.on(server, RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION);
        world.connectExpired("u");
        network = new TcpProxy(world.database.url());
        // The text of a write is to be seen on the wire each time.
        String url = network.url() + (server == TestServer.POSTGRESQL ? "&prepareThreshold=0" : "");
        pool = new TestDatabase(server, url, world.database.user(), world.database.password())
                .pool(4, config -> config.setConnectionTimeout(500));
        stores = world.stores(pool);
        auth = node(stores.tokenStore(), IMPATIENT);
    }

    @AfterEach
    void stop() {
        if (network != null) {
            network.restore();
            auth.close();
            pool.close();
            network.close();
        }
        if (world != null) {
            world.close();
        }
    }

    private TikTokAuth node(TokenStore store, Duration writeBudget) {
        return world.node(pool)
                .tokenStore(store)
                .writeBudget(writeBudget)
                .listener(events::add)
                .build();
    }

    private void restore() {
        network.restore();
        // A pool needs a moment after an outage, and may hand out a broken connection once; that is not the question
        // here.
        pool.getHikariPoolMXBean().softEvictConnections();
        await("the pool has connections").atMost(PATIENCE).until(this::hasConnection);
    }

    private boolean hasConnection() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private int requests() {
        return world.tikTok.counters().refreshes();
    }

    private String token() {
        return auth.getValidAccessToken("u").value();
    }

    private String tikToksToken() {
        return world.tikToksTokens("u").accessToken();
    }

    /** A refresh whose answer arrives when there is no database any more. */
    private void refreshIntoTheVoid() {
        Gate gate = new Gate();
        world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.heldAfter(gate));
        CompletableFuture<String> call = Actors.start(this::token);
        gate.awaitArrivals(1);
        network.cut();
        gate.open();

        assertThat(Actors.result(call)).isEqualTo(tikToksToken());
        assertThat(events).containsExactly(new TokensUnsaved("u"));
        assertThat(world.row("u").generation()).isEqualTo(1);
    }

    private void assertNothingLost() {
        assertThat(requests()).isEqualTo(1);
        assertThat(world.tikTok.counters().reusedRefreshTokens()).isZero();
        assertThat(world.row("u").generation()).isEqualTo(2);
        world.assertAlive("u");
    }

    @Test
    void beforeTheReadingNoTokenIsSpent() {
        network.cut();

        assertThatThrownBy(this::token).isInstanceOf(StorageException.class);
        assertThat(requests()).isZero();

        restore();
        assertThat(token()).isEqualTo(tikToksToken());
        assertNothingLost();
    }

    @Test
    void betweenTheReadingAndTheLeaseNoTokenIsSpent() {
        try (TikTokAuth node = node(Hooks.before(stores.tokenStore(), "acquireLease", network::cut), IMPATIENT)) {
            assertThatThrownBy(() -> node.getValidAccessToken("u")).isInstanceOf(StorageException.class);
        }
        assertThat(requests()).isZero();
        assertThat(world.row("u").refresh().leaseOwner()).isNull();

        restore();
        assertThat(token()).isEqualTo(tikToksToken());
        assertNothingLost();
    }

    @Test
    void aLeaseWhoseAnswerIsLostSpendsNoTokenAndEndsByItself() {
        try (TikTokAuth node =
                node(Hooks.before(stores.tokenStore(), "acquireLease", network::loseNextWritesAnswer), IMPATIENT)) {
            assertThatThrownBy(() -> node.getValidAccessToken("u")).isInstanceOf(StorageException.class);
        }
        network.awaitLostWrite();
        assertThat(requests()).isZero();
        assertThat(world.row("u").refresh().leaseOwner()).isNotNull();

        restore();
        world.advance(Duration.ofSeconds(21));
        assertThat(token()).isEqualTo(tikToksToken());
        assertNothingLost();
    }

    @Test
    void whileTikTokAnswersThePairIsServedFromMemoryAndWrittenByALaterCall() {
        refreshIntoTheVoid();

        assertThat(token()).isEqualTo(tikToksToken());
        assertThatThrownBy(() -> auth.refresh("u")).isInstanceOf(StorageException.class);
        restore();

        await("the pair is written").atMost(PATIENCE).until(() -> {
            assertThat(token()).isEqualTo(tikToksToken());
            return world.row("u").generation() == 2;
        });
        assertNothingLost();
    }

    @Test
    void whileTikTokAnswersThePairIsServedFromMemoryAndWrittenOnClose() {
        refreshIntoTheVoid();
        restore();

        auth.close();

        assertNothingLost();
    }

    @Test
    void aPairInMemoryOutlivesADisconnectThatFailsAndACallbackThatIsRejected() {
        refreshIntoTheVoid();

        assertThatThrownBy(() -> auth.disconnect("u")).isInstanceOf(StorageException.class);
        restore();
        assertThatThrownBy(() -> auth.callback("u", "code", "a-state-of-an-old-tab"))
                .isInstanceOf(CallbackRejectedException.class);
        auth.close();

        assertNothingLost();
    }

    @Test
    void aPairInMemoryYieldsToADisconnectOnAnotherNode() {
        refreshIntoTheVoid();
        assertThat(world.stores.tokenStore().disconnect("u")).isTrue();
        restore();

        auth.close();

        assertThat(world.stores.tokenStore().find("u")).isEmpty();
        assertThat(world.database.ask("SELECT access_token FROM tiktok_shop_auth"))
                .containsOnlyNulls();
    }

    @Test
    void aWriteThatFailsOnceIsTriedAgainWithinTheCall() {
        TokenStore stumbling = Hooks.before(stores.tokenStore(), "saveTokens", once(() -> {
            network.cut();
            network.restore();
        }));
        try (TikTokAuth node = node(stumbling, PATIENT)) {
            assertThat(node.getValidAccessToken("u").value()).isEqualTo(tikToksToken());
        }

        assertThat(events).hasSize(1).first().isInstanceOf(AuthorizationEvent.TokenRefreshed.class);
        assertNothingLost();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsRecognizedAsDone() {
        try (TikTokAuth node = node(stores.tokenStore(), PATIENT)) {
            refreshWithLostWrite(node, network::restore);
        }

        assertThat(events).hasSize(1).first().isInstanceOf(AuthorizationEvent.TokenRefreshed.class);
        assertNothingLost();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsRecognizedAsDoneWhenTheDatabaseIsBackLater() {
        refreshWithLostWrite(auth, () -> {});

        assertThat(events).containsExactly(new TokensUnsaved("u"));
        assertThat(token()).isEqualTo(tikToksToken());
        restore();
        // A refresh is refused while a pair is owed to the database.
        await("the pair's write is recognized as done").atMost(PATIENCE).until(this::isRefreshed);
        assertThat(requests()).isEqualTo(2);
        assertThat(world.tikTok.counters().reusedRefreshTokens()).isZero();
        assertThat(world.row("u").generation()).isEqualTo(3);
        world.assertAlive("u");
    }

    private boolean isRefreshed() {
        try {
            auth.refresh("u");
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    /** The database carries the write of the new pair out, and is gone before it can say so. */
    private void refreshWithLostWrite(TikTokAuth node, Runnable afterwards) {
        Gate gate = new Gate();
        world.tikTok.faults().once(SimulatedEndpoint.REFRESH, Fault.heldAfter(gate));
        CompletableFuture<String> call =
                Actors.start(() -> node.getValidAccessToken("u").value());
        gate.awaitArrivals(1);
        network.loseNextWritesAnswer();
        gate.open();
        network.awaitLostWrite();
        afterwards.run();

        assertThat(Actors.result(call)).isEqualTo(tikToksToken());
        assertThat(world.row("u").generation()).isEqualTo(2);
    }

    @Test
    void aReadWhoseAnswerNeverComesEndsInTime() throws SQLException {
        try (Connection connection =
                new TestDatabase(server, network.url(), world.database.user(), world.database.password()).connect()) {
            JdbcStores impatient = JdbcStores.builder(always(connection))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            assertThat(impatient.tokenStore().find("u")).isPresent();
            network.stall();
            // On a thread of its own: without the time-out the test must fail, not hang.
            CompletableFuture<StoreException.Kind> end = Actors.start(() -> {
                try {
                    impatient.tokenStore().find("u");
                    return null;
                } catch (StoreException e) {
                    return e.kind();
                }
            });
            assertThat(Actors.result(end)).isEqualTo(StoreException.Kind.UNAVAILABLE);
        }
        restore();
        assertThat(token()).isEqualTo(tikToksToken());
    }

    /** Without a pool, which would find out by itself. */
    private static DataSource always(Connection connection) {
        Connection kept = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : invoke(method, connection, arguments));
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> kept);
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void afterTheWriteTheTokenIsServedWithoutADatabase() {
        assertThat(token()).isEqualTo(tikToksToken());
        assertThat(token()).isEqualTo(tikToksToken());
        network.cut();

        assertThat(token()).isEqualTo(tikToksToken());
        restore();
        assertNothingLost();
    }

    private static Runnable once(Runnable action) {
        boolean[] done = new boolean[1];
        return () -> {
            if (!done[0]) {
                done[0] = true;
                action.run();
            }
        };
    }
}
