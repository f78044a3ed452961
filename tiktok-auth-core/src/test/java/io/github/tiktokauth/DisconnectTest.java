package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disconnect wins, whatever is under way. */
class DisconnectTest {

    private final TestHost host = new TestHost();

    @BeforeEach
    void connect() {
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aRefreshUnderWayDoesNotBringTheConnectionBack() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            assertThat(host.auth.disconnect(USER)).isTrue();
            return host.tikTok.tokenResponse();
        });
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(host.rows.find(USER)).isEmpty();
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void whoDisconnectsDuringARefreshGetsNoTokenThoughItWouldHaveLivedOn() {
        host.untilLeft(Duration.ofSeconds(60));
        host.tikTok.onRefresh(token -> {
            host.auth.disconnect(USER);
            return host.tikTok.tokenResponse();
        });
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void norDoesAWriteThatIsBeingRepeated() {
        host.untilEnded();
        host.store.before("saveTokens", () -> {
            if (host.store.count("saveTokens") < 4) {
                throw ProbedStore.down();
            } else if (host.store.count("saveTokens") == 4) {
                host.auth.disconnect(USER);
            }
        });
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(host.rows.find(USER)).isEmpty();
    }

    @Test
    void norDoesAnEarlyOne() {
        host.untilSoon();
        host.token();
        host.auth.disconnect(USER);
        host.runBackground();
        assertThat(host.rows.find(USER)).isEmpty();
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void whoReconnectsDuringARefreshGetsTheNewConnectionsToken() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            host.auth.disconnect(USER);
            host.connect();
            return host.tikTok.tokenResponse("late", "late-refresh");
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @Test
    void whoRenewsDuringARefreshGetsTheRenewedToken() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            assertThat(host.connect().renewed()).isTrue();
            return host.tikTok.tokenResponse("late", "late-refresh");
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-2");
    }

    @Test
    void aFailureOfTheOldConnectionsRefreshIsNotNotedOnTheNewOne() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            host.auth.disconnect(USER);
            host.connect();
            throw ScriptedTikTok.refused(36004005);
        });
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.auth.status(USER).reauthorizationReason()).isNull();
        assertThat(host.row().refresh().failures()).isZero();
    }

    @Test
    void aDisconnectedUserIsToldSoAtOnceAndMayConnectAgain() {
        host.token();
        assertThat(host.auth.disconnect(USER)).isTrue();
        assertThat(host.auth.disconnect(USER)).isFalse();
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(host.auth.status(USER).connected()).isFalse();
        assertThat(host.connect().renewed()).isFalse();
        assertThat(host.token()).isEqualTo("access-2");
    }

    @Test
    void erasingCountsWhatItRemoved() {
        host.auth.initiate(USER);
        assertThat(host.auth.erase(USER)).as("row, used state, open state").isEqualTo(3);
        assertThat(host.auth.erase(USER)).isZero();
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void aDisconnectOnAnotherNodeIsSeenWhenTheCachedEntryEnds() {
        host.token();
        try (TestHost other = host.another()) {
            other.auth.disconnect(USER);
        }
        assertThat(host.token()).as("the documented staleness").isEqualTo("access-1");
        host.time.advance(Duration.ofSeconds(30));
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
    }
}
