package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounded walks that a host's own scheduler may call, the look at one user, and the listeners. */
class MaintenanceTest {

    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private final TestHost host = new TestHost();

    @AfterEach
    void close() {
        host.close();
    }

    private void connect(int users) {
        for (int i = 0; i < users; i++) {
            host.tikTok.shops = List.of(new StoredShop("shop-" + i, null, null, null, false));
            host.connect("user-" + i);
            host.time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatIsDueIsRefreshedOnceWhateverTheLimit() {
        connect(250);
        host.time.advance(Duration.ofDays(5).plusHours(1));
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 120)).isEqualTo(new RefreshReport(120, 0, 0, true));
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 1000)).isEqualTo(new RefreshReport(130, 0, 0, false));
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 1000)).isEqualTo(new RefreshReport(0, 0, 0, false));
        assertThat(host.tikTok.spent).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        connect(3);
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 10)).isEqualTo(new RefreshReport(0, 0, 0, false));
        assertThat(host.tikTok.spent).isEmpty();
    }

    @Test
    void failuresAreCountedAndStopNothing() {
        connect(3);
        host.time.advance(Duration.ofDays(6));
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable();
        });
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 10)).isEqualTo(new RefreshReport(2, 1, 0, false));
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 10))
                .as("it cools down")
                .isEqualTo(new RefreshReport(0, 0, 0, false));
    }

    @Test
    void whatAnotherNodeRefreshesMeanwhileIsPassedOver() {
        connect(2);
        host.time.advance(Duration.ofDays(6));
        TestHost other = host.another();
        host.store.after("findDue", () -> {
            other.auth.refresh("user-0");
            host.rows.acquireLease(
                    host.rows.find("user-1").orElseThrow().id(),
                    1,
                    "another node",
                    Duration.ofSeconds(20),
                    false,
                    false);
        });
        assertThat(host.auth.maintenance().refreshDue(TWO_DAYS, 10)).isEqualTo(new RefreshReport(0, 0, 2, false));
        assertThat(host.tikTok.spent).containsExactly("refresh-1");
        assertThat(host.time.slept).as("it waits for nobody").isEmpty();
    }

    @Test
    void aLimitIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.auth.maintenance().refreshDue(TWO_DAYS, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.auth.maintenance().reencrypt(null, -1));
    }

    @Test
    void aWalkWritesEveryRowAnewWithTheActiveKey() {
        connect(25);
        TikTokAuth rotated = TikTokAuth.builder(TikTokConfig.fromMap(TestHost.SETTINGS))
                .cipher(AesGcmCipher.ofKeys("new:" + "B".repeat(43) + "=," + HttpWorld.KEYS))
                .tokenStore(host.rows)
                .stateStore(host.states)
                .time(host.time)
                .api(host.tikTok)
                .build();
        int rewritten = 0;
        String next = "";
        while (next != null) {
            ReencryptionReport report = rotated.maintenance().reencrypt(next, 10);
            rewritten += report.rewritten();
            next = report.next();
        }
        assertThat(rewritten).isEqualTo(25);
        assertThat(rotated.maintenance().reencrypt(null, 100).rewritten()).isZero();
        assertThat(rotated.maintenance().diagnose("user-3").keyId()).isEqualTo("new");
        assertThat(rotated.getValidAccessToken("user-3").value()).isEqualTo("access-4");
        assertThat(host.auth.maintenance().diagnose("user-3").decryptable()).isFalse();
    }

    @Test
    void aDiagnosisSaysHowFreshTheTokenIs() {
        assertThat(host.auth.maintenance().diagnose(USER).connected()).isFalse();
        host.connect();
        for (Map.Entry<Duration, Freshness> each : List.of(
                Map.entry(Duration.ofDays(6), Freshness.FRESH),
                Map.entry(Duration.ofHours(17), Freshness.STALE),
                Map.entry(Duration.ofSeconds(60), Freshness.EXPIRED),
                Map.entry(Duration.ofSeconds(-1), Freshness.EXPIRED))) {
            host.untilLeft(each.getKey());
            Diagnosis diagnosis = host.auth.maintenance().diagnose(USER);
            assertThat(diagnosis.freshness()).isEqualTo(each.getValue());
            assertThat(diagnosis.toString())
                    .startsWith("user user-1: " + each.getValue())
                    .doesNotContain("\n", "access-1", "refresh-1");
        }
        host.tikTok.onRefresh(token -> {
            throw ScriptedTikTok.unavailable(Duration.ofSeconds(30));
        });
        TestFailures.retryAfter(host::token);
        Diagnosis diagnosis = host.auth.maintenance().diagnose(USER);
        assertThat(diagnosis.coolDown()).isEqualTo(Duration.ofSeconds(30));
        assertThat(diagnosis.failures()).isEqualTo(1);
        assertThat(diagnosis.lastCode()).isEqualTo("36009002");
        assertThat(diagnosis.lastRequestId()).isEqualTo("r429");
        assertThat(diagnosis.leaseHolder()).isNull();
    }

    @Test
    void aListenerThatThrowsHarmsNothingAndTheOthersAreTold() {
        List<AuthorizationEvent> told = new java.util.ArrayList<>();
        try (TestHost noisy = new TestHost(builder -> builder.listener(event -> {
                    throw new IllegalStateException("a defect of the host's");
                })
                .listener(told::add))) {
            noisy.connect();
            noisy.auth.refresh(USER);
            noisy.connect();
            noisy.auth.disconnect(USER);
            assertThat(told)
                    .hasExactlyElementsOfTypes(
                            AuthorizationEvent.ShopConnected.class,
                            AuthorizationEvent.TokenRefreshed.class,
                            AuthorizationEvent.ShopRenewed.class,
                            AuthorizationEvent.ShopDisconnected.class);
        }
    }

    @Test
    void aListenerIsToldAfterTheTokensAreStored() {
        TestHost[] self = new TestHost[1];
        List<String> seen = new java.util.ArrayList<>();
        self[0] = new TestHost(
                builder -> builder.listener(event -> seen.add(self[0].stored().refreshToken())));
        self[0].connect();
        self[0].auth.refresh(USER);
        assertThat(seen).containsExactly("refresh-1", "refresh-2");
    }
}
