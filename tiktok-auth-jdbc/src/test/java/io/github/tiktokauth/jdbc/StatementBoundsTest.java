package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No statement waits without end, whichever way it takes into the database. */
class StatementBoundsTest extends StoresTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> bounded = new ArrayList<>();
    private final List<String> unbounded = new ArrayList<>();

    @FunctionalInterface
    private interface Handler {
        @Nullable Object handle(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return handler.handle(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private DataSource watched(DataSource target) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(target, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection target) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(target, arguments);
            return result instanceof PreparedStatement statement
                    ? watched(target, statement, String.valueOf(arguments == null ? null : arguments[0]))
                    : result;
        });
    }

    private PreparedStatement watched(Connection connection, PreparedStatement target, String sql) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                note(connection, target, sql);
            }
            return method.invoke(target, arguments);
        });
    }

    private void note(Connection connection, PreparedStatement statement, String sql) throws SQLException {
        boolean ends = statement.getQueryTimeout() > 0 || connection.getNetworkTimeout() > 0;
        (ends ? bounded : unbounded).add(sql);
    }

    @Test
    void everyStatementEndsInTime() {
        TestDatabase empty = server.database();
        try (HikariDataSource connections = empty.pool(2)) {
            JdbcStores node = node(watched(connections)).createOrUpgrade();
            node.checkSchema();
            useTokens(node.tokenStore());
            useStates(node.stateStore());
            advance(MINUTE);
            assertThat(node.stateStore().purge(10)).isEqualTo(2);
            empty.run("CREATE TABLE old_auth (id VARCHAR(36), user_id VARCHAR(36), shop_id VARCHAR(36),"
                    + " access_token VARCHAR(36), refresh_token VARCHAR(36))");
            empty.run(
                    "INSERT INTO old_auth VALUES ('1', 'u7', 's7', 'a', 'r')",
                    "INSERT INTO old_auth VALUES" + " ('2', 'u1', 's8', 'a', 'r')");
            String old = server.isH2() ? "OLD_AUTH" : "old_auth";
            assertThat(node.adopt(old, AesGcmCipher.ofKeys(AesGcmCipher.generateKey("k1")))
                            .adopted())
                    .isEqualTo(1);
            assertThat(node.erase("u1")).isEqualTo(1);
        }
        if (server.isH2()) {
            // Its lock time-out bounds each wait, and a statement's would stay with the session.
            assertThat(bounded).isEmpty();
        } else {
            assertThat(unbounded).isEmpty();
            assertThat(bounded).hasSizeGreaterThan(40);
        }
    }

    private static void useTokens(TokenStore store) {
        store.connect(authorization("u1", "s1"));
        store.connect(authorization("u2", "s1"));
        String id = store.find("u1").orElseThrow().id();
        assertThat(store.acquireLease(id, 1, "node", MINUTE, false, false)).isTrue();
        assertThat(store.saveTokens(id, 1, Samples.APP, Samples.tokens("next"), true))
                .isTrue();
        assertThat(Samples.due(store, Duration.ofDays(36_500))).hasSize(1);
        assertThat(store.page("", 5)).hasSize(1);
        assertThat(store.erase("u2")).isZero();
    }

    private static void useStates(StateStore store) {
        for (int i = 0; i < 4; i++) {
            store.save(Samples.state("h" + i, "u9"), MINUTE, 1);
        }
        Samples.take(store, "h3", "u9");
        assertThat(store.rememberOnce("seen", MINUTE)).isTrue();
        assertThat(store.rememberOnce("seen", MINUTE)).isFalse();
        store.savePending(new PendingAuthorization("p1", "u9", Samples.APP, null, "payload", store.now()), MINUTE);
        assertThat(store.removePending("p1")).isTrue();
    }
}
