package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TakenState;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts use H2 in the clothes of the database that they have in production. */
class H2ModesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "MODE=MySQL;DATABASE_TO_LOWER=TRUE",
                "MODE=MariaDB",
                "DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "IGNORECASE=TRUE",
                "TIME ZONE=America/New_York"
            })
    void worksInEveryMode(String mode) {
        String url = "jdbc:h2:mem:" + Integer.toHexString(mode.hashCode()) + ";" + mode;
        try (JdbcStores stores =
                JdbcStores.open(url, "sa", "").createOrUpgrade().createOrUpgrade()) {
            assertThat(stores.tokenStore().connect(authorization("u1", "s1"))).isEqualTo(ConnectOutcome.CONNECTED);
            assertThat(stores.tokenStore().connect(authorization("u2", "s1")))
                    .isEqualTo(ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
            assertThat(stores.tokenStore().connect(authorization("U1", "S1"))).isEqualTo(ConnectOutcome.CONNECTED);
            StoredAuthorization row = stores.tokenStore().find("u1").orElseThrow();
            assertThat(row.tokens()).isEqualTo(Samples.tokens("first"));
            assertThat(stores.tokenStore().acquireLease(row.id(), 1, "a", Duration.ofMinutes(1), false, false))
                    .isTrue();
            assertThat(stores.tokenStore().saveTokens(row.id(), 1, Samples.APP, Samples.tokens("next"), false))
                    .isTrue();
            assertThat(Samples.due(stores.tokenStore(), Duration.ofDays(36500))).hasSize(2);
            stores.stateStore().save(Samples.state("h1", "u1"), Duration.ofMinutes(1), 1);
            assertThat(Samples.take(stores.stateStore(), "h1", "u1").status()).isEqualTo(TakenState.Status.TAKEN);
            assertThat(stores.tokenStore().disconnect("u1")).isTrue();
            assertThat(stores.erase("u1")).isEqualTo(2);
        }
    }
}
