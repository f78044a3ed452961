package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zone of a node's JVM never matters. */
class ZonesTest extends StoresTest {

    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final TimeZone ORIGINAL = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(ORIGINAL);
    }

    /** On a new connection, since drivers tell the database their zone as they connect. */
    private <T> T in(String zone, Function<JdbcStores, T> work) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (HikariDataSource connections = database.pool(1)) {
            return work.apply(node(connections));
        } finally {
            TimeZone.setDefault(ORIGINAL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Both hours of an overlap and the hour of a gap in New York, and ends beyond 2038 and 2106.
        "2027-11-07T05:30:00.123Z, 2027-11-07T06:30:00.123Z",
        "2027-03-14T07:30:00.999Z, 2027-03-14T02:30:00Z",
        "2040-02-29T00:00:00.001Z, 2125-09-05T23:59:59.999Z"
    })
    void instantsAreEqualWhereverTheyWereWritten(Instant access, Instant refresh) {
        StoredTokens tokens = StoredTokens.builder("a", "r", access)
                .refreshTokenExpiresAt(refresh)
                .build();
        for (String writer : new String[] {"Asia/Kolkata", "America/New_York", "UTC"}) {
            in(writer, node -> node.tokenStore().connect(Samples.authorization("u1", "s1", tokens)));
            for (String reader : new String[] {"America/New_York", "Pacific/Auckland", "UTC"}) {
                StoredAuthorization row =
                        in(reader, node -> node.tokenStore().find("u1").orElseThrow());
                assertThat(row.tokens()).as("%s to %s", writer, reader).isEqualTo(tokens);
                assertThat(Duration.between(row.updatedAt(), row.storeTime()))
                        .isBetween(Duration.ZERO, Duration.ofMinutes(1));
                assertThat(Duration.between(row.storeTime(), Instant.now()).abs())
                        .as("the database's clock as read in %s", reader)
                        .isLessThan(Duration.ofMinutes(5));
            }
        }
    }

    @Test
    void leasesAndDueEndsAreJudgedAlikeInEveryZone() {
        Instant soon = Instant.now().plus(Duration.ofHours(1));
        StoredTokens tokens = Samples.tokens("x", soon);
        in("Asia/Kolkata", node -> node.tokenStore().connect(Samples.authorization("u1", "s1", tokens)));
        for (String zone : new String[] {"Asia/Kolkata", "America/New_York", "UTC"}) {
            assertThat(due(zone, Duration.ofMinutes(50))).isZero();
            assertThat(due(zone, Duration.ofMinutes(70))).isEqualTo(1);
        }
        String id = stores.tokenStore().find("u1").orElseThrow().id();
        assertThat(lease("Asia/Kolkata", id, "a")).isTrue();
        assertThat(lease("America/New_York", id, "b")).isFalse();
        advance(LEASE);
        assertThat(lease("America/New_York", id, "b")).isTrue();
    }

    private int due(String zone, Duration within) {
        return in(zone, node -> Samples.due(node.tokenStore(), within).size());
    }

    private boolean lease(String zone, String id, String owner) {
        return in(zone, node -> node.tokenStore().acquireLease(id, 1, owner, LEASE, false, false));
    }
}
