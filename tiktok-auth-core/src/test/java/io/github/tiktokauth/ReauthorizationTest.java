package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When only the seller can help: found out once, with the right reason, and never by mistake. */
class ReauthorizationTest {

    private final List<AuthorizationEvent> events = new ArrayList<>();
    // On the caller's thread: the hand-moved time would else let the caller give up on its own refresh.
    private final TestHost host =
            new TestHost(builder -> builder.listener(events::add).callThreads(Runnable::run));

    @BeforeEach
    void connect() {
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void refuse(long code) {
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.refused(code);
        });
    }

    private long told() {
        return events.stream()
                .filter(AuthorizationEvent.ReauthorizationRequired.class::isInstance)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"36004005,REVOKED", "36004001,EXPIRED"})
    void aRefusalForGoodIsMarkedOnce(long code, Reason reason) {
        host.untilEnded();
        refuse(code);
        for (int i = 0; i < 5; i++) {
            assertThat(TestFailures.reason(host::token)).isEqualTo(reason);
            host.time.advance(Duration.ofHours(1));
        }
        assertThat(host.tikTok.spent).as("TikTok is not asked again").hasSize(1);
        assertThat(told()).isEqualTo(1);
        assertThat(events).contains(new AuthorizationEvent.ReauthorizationRequired(USER, reason));
        assertThat(host.auth.status(USER).reauthorizationReason()).isEqualTo(reason);
        assertThat(host.auth.status(USER).connected()).isTrue();
        assertThat(host.row().refresh().reauthorizationReason()).isEqualTo(reason.name());
        assertThat(host.row().generation()).as("marking raises no generation").isEqualTo(1);
        assertThat(host.stored().refreshToken()).isEqualTo("refresh-1");
    }

    @Test
    void aNewConsentClearsTheMark() {
        host.untilEnded();
        refuse(36004005);
        TestFailures.reason(host::token);
        assertThat(host.connect().renewed()).isTrue();
        assertThat(host.auth.status(USER).reauthorizationReason()).isNull();
        assertThat(host.token()).isEqualTo("access-2");
    }

    @ParameterizedTest
    @CsvSource({"36004005", "36004001"})
    void afterALostAnswerTheReasonIsThat(long code) {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.lost();
        });
        TestFailures.retryAfter(host::token);
        assertThat(host.row().refresh().outcomeUnknown()).isTrue();
        host.time.advance(Duration.ofSeconds(61));
        refuse(code);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void theLostAnswerIsRememberedThroughLaterFailures() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.lost();
        });
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable();
        });
        host.tikTok.onRefresh(token -> {
            throw CallFailure.notSent("no answer from TikTok: ConnectException");
        });
        for (int i = 0; i < 3; i++) {
            TestFailures.retryAfter(host::token);
            host.time.advance(Duration.ofSeconds(61));
        }
        refuse(36004005);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void anAnswerAfterALostOneClearsTheDoubt() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.lost();
        });
        TestFailures.retryAfter(host::token);
        host.time.advance(Duration.ofSeconds(61));
        assertThat(host.token()).isEqualTo("access-2");
        assertThat(host.row().refresh().outcomeUnknown()).isFalse();
        host.untilEnded();
        refuse(36004005);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
    }

    /** It took the lease, perhaps spent the token, and died. */
    private void nodeDies() {
        host.untilEnded();
        host.rows.acquireLease(host.row().id(), 1, "a node that dies", Duration.ofSeconds(20), false, false);
        host.time.advance(Duration.ofSeconds(21));
    }

    @Test
    void afterANodeThatDiedWithTheLeaseTheReasonIsOutcomeUnknown() {
        nodeDies();
        refuse(36004005);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void theNodeThatDiedIsRememberedThroughALaterFailure() {
        nodeDies();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable();
        });
        TestFailures.retryAfter(host::token);
        host.time.advance(Duration.ofSeconds(61));
        refuse(36004005);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void aFailureThatTiktokAnsweredLeavesNoDoubt() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable();
        });
        TestFailures.retryAfter(host::token);
        assertThat(host.row().refresh().outcomeUnknown()).isFalse();
        host.time.advance(Duration.ofSeconds(61));
        refuse(36004005);
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void aRefusalOfATokenAlreadyReplacedIsNotBelieved() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            host.rows.saveTokens(
                    host.row().id(),
                    1,
                    TestHost.APP_KEY,
                    sealed(host.tikTok.tokenResponse("winner", "winner-refresh")),
                    false);
            throw ScriptedTikTok.refused(36004005);
        });
        assertThat(host.token()).isEqualTo("winner");
        assertThat(host.auth.status(USER).reauthorizationReason()).isNull();
        assertThat(told()).isZero();
    }

    /** Rule of the design: marking takes the lease; the one who holds it now may bring the tokens. */
    @Test
    void aRefusalAfterTheOwnLeaseWasTakenOverMarksNothing() {
        host.untilEnded();
        host.tikTok.onRefresh(token -> {
            host.time.advance(Duration.ofSeconds(21));
            host.rows.acquireLease(host.row().id(), 1, "another node", Duration.ofSeconds(20), false, false);
            throw ScriptedTikTok.refused(36004005);
        });
        host.store.before("find", () -> {
            if (host.row().refresh().leaseOwner() != null && host.time.slept.size() > 3) {
                host.rows.saveTokens(
                        host.row().id(),
                        1,
                        TestHost.APP_KEY,
                        sealed(host.tikTok.tokenResponse("winner", "winner-refresh")),
                        false);
            }
        });
        assertThat(host.token()).isEqualTo("winner");
        assertThat(told()).isZero();
    }

    private io.github.tiktokauth.spi.StoredTokens sealed(TokenResponse response) {
        return new TokenEncryption(TikTokConfig.fromMap(TestHost.SETTINGS).cipher(), host.rows.name(), TestHost.APP_KEY)
                .seal(USER, PlainTokens.first(response, host.rows::now));
    }

    @Test
    void aMarkOfALaterVersionOfOursIsStillAMark() {
        host.rows.acquireLease(host.row().id(), 1, "x", Duration.ofSeconds(20), false, false);
        host.rows.requireReauthorization(
                host.row().id(),
                1,
                "x",
                io.github.tiktokauth.spi.Reauthorization.hard("SOMETHING_NEW"),
                io.github.tiktokauth.spi.RefreshFailure.of("1", null, false));
        assertThat(host.auth.status(USER).reauthorizationReason()).isEqualTo(Reason.REVOKED);
        host.untilEnded();
        assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
        assertThat(host.tikTok.spent).isEmpty();
    }
}
