package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures are tried again, in whatever statement or at the commit, and which are not. */
class RetryTest {

    private final TestDatabase database = TestServer.H2.database();
    private final HikariDataSource pool = database.pool(2);
    private final SpyDataSource spy = new SpyDataSource(pool);
    private final JdbcStores node = JdbcStores.of(spy).createOrUpgrade();

    @BeforeEach
    void forget() {
        spy.forget();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static SQLException failure(String method, String state, int code) {
        return new SQLException(method + " failed with a marker-value", state, code);
    }

    @ParameterizedTest
    @CsvSource({"40001, 0", "40P01, 0", "40001, 1213", "55P03, 0", "HYT00, 50200", "HY000, 1205", "HY000, 1020"})
    void theWholeTransactionIsRunAgain(String state, int code) {
        spy.fail(failure("prepareStatement", state, code));
        spy.fail(failure("commit", state, code));
        assertThat(node.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
        assertThat(database.ask("SELECT generation FROM tiktok_shop_auth")).containsExactly("1");
        spy.fail(failure("prepareStatement", state, code));
        assertThat(node.tokenStore().find("u1")).isPresent();
    }

    @Test
    void aTransactionThatNeverSucceedsIsGivenUp() {
        for (int i = 0; i < 1000; i++) {
            spy.fail(failure("commit", "40001", 0));
        }
        assertTrouble(StoreException.Kind.UNAVAILABLE, "40001");
        assertThat(spy.statements()).hasSizeLessThan(50);
        assertThat(database.ask("SELECT id FROM tiktok_shop_auth")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "08006, 0, UNAVAILABLE",
        "57P01, 0, UNAVAILABLE",
        "53300, 0, UNAVAILABLE",
        "70100, 1317, UNAVAILABLE",
        "57014, 0, UNAVAILABLE",
        "25006, 0, READ_ONLY",
        "HY000, 1290, READ_ONLY",
        "42000, 1142, READ_ONLY",
        "42P01, 0, SCHEMA",
        "42S22, 1054, SCHEMA",
        "22001, 0, BAD_VALUE",
        "23000, 1452, BAD_VALUE",
        "08S01, 1153, BAD_VALUE",
        "XX000, 0, OTHER"
    })
    void theRestIsNot(String state, int code, StoreException.Kind kind) {
        spy.fail(failure("prepareStatement", state, code));
        assertTrouble(kind, state);
        assertThat(spy.statements()).isEmpty();
        spy.fail(failure("commit", state, code));
        assertTrouble(kind, state);
        assertThat(spy.open()).isZero();
        assertThat(node.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
    }

    private void assertTrouble(StoreException.Kind kind, String state) {
        assertThatThrownBy(() -> node.tokenStore().connect(authorization("u1", "s1")))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e.sqlState()).isEqualTo(state);
                    assertThat(e).hasNoCause().hasMessageNotContaining("marker");
                });
    }

    @Test
    void anInterruptedThreadStopsTrying() {
        spy.fail(failure("prepareStatement", "40001", 0));
        Thread.currentThread().interrupt();
        try {
            assertTroubleByInterrupt();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void assertTroubleByInterrupt() {
        assertThatThrownBy(() -> node.tokenStore().find("u1")).isInstanceOf(StoreException.class);
    }
}
