package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static io.github.tiktokauth.jdbc.Samples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoppedDatabaseTest {

    @Test
    void aDatabaseThatDiesIsUnavailableAndItsDataComeBack() {
        if (!MariaDbServer.isInstalled()) {
            throw TestServer.missing("mariadb", "no mariadbd on the PATH");
        }
        try (MariaDbServer server = MariaDbServer.start()) {
            TestDatabase database =
                    new TestDatabase(TestServer.MARIADB, server.url("mysql") + "?connectTimeout=1000", "root", "");
            String id;
            try (HikariDataSource pool = database.pool(2, config -> config.setConnectionTimeout(500))) {
                JdbcStores stores = JdbcStores.of(pool).createOrUpgrade();
                stores.tokenStore().connect(authorization("u1", "s1"));
                id = stores.tokenStore().find("u1").orElseThrow().id();

                server.kill();
                assertUnavailable(() -> stores.tokenStore().find("u1"));
                assertUnavailable(() -> stores.tokenStore().saveTokens(id, 1, Samples.APP, tokens("new"), false));
                assertUnavailable(() -> stores.stateStore().save(Samples.state("h", "u"), Duration.ofMinutes(1), 2));
            }
            server.restart();
            try (HikariDataSource pool = database.pool(1)) {
                TokenStore store = JdbcStores.of(pool).tokenStore();
                assertThat(store.saveTokens(id, 1, Samples.APP, tokens("new"), false))
                        .isTrue();
                assertThat(store.find("u1").orElseThrow().tokens()).isEqualTo(tokens("new"));
            }
        }
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }
}
