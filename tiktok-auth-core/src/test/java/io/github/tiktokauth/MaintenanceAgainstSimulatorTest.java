package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.simulator.Fault;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host's scheduler, operator or support calls, against the simulator. */
class MaintenanceAgainstSimulatorTest {

    private final SimulatedCluster cluster = new SimulatedCluster();
    private final TikTokAuth node = cluster.node();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void connectUsers(int count) {
        for (int i = 0; i < count; i++) {
            cluster.tikTok.add(SimulatedSeller.withOneShop("seller-" + i));
            cluster.connect(node, "user-" + i, "seller-" + i);
        }
    }

    @Test
    void whatIsDueIsRefreshedInBitesAndWhatIsNotIsLeft() {
        connectUsers(5);
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 100)).isEqualTo(new RefreshReport(0, 0, 0, false));
        cluster.time.advance(Duration.ofDays(5).plusHours(1));
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 3)).isEqualTo(new RefreshReport(3, 0, 0, true));
        assertThat(cluster.node().maintenance().refreshDue(Duration.ofDays(2), 3))
                .isEqualTo(new RefreshReport(2, 0, 0, false));
        assertThat(cluster.tikTok.counters().refreshed()).isEqualTo(5);
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 3)).isEqualTo(new RefreshReport(0, 0, 0, false));
    }

    @Test
    void whatFailsIsCountedAndLeftAloneUntilItsCoolDownIsOver() {
        connectUsers(2);
        cluster.time.advance(Duration.ofDays(6));
        cluster.tikTok.faults().always(SimulatedEndpoint.REFRESH, Fault.unavailable());
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 10)).isEqualTo(new RefreshReport(0, 2, 0, false));
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 10)).isEqualTo(new RefreshReport(0, 0, 0, false));
        cluster.tikTok.faults().clear();
        cluster.time.advance(Duration.ofMinutes(1));
        assertThat(node.maintenance().refreshDue(Duration.ofDays(2), 10)).isEqualTo(new RefreshReport(2, 0, 0, false));
        assertThat(cluster.told(AuthorizationEvent.RefreshFailed.class)).hasSize(2);
        assertThat(cluster.told(AuthorizationEvent.TokenRefreshed.class)).hasSize(2);
    }

    @Test
    void aRefusedTokenIsReplacedOnceAndANewerOneIsUsed() {
        connectUsers(1);
        AccessToken refused = node.getValidAccessToken("user-0");
        AccessToken replaced = node.replaceRefusedToken("user-0", refused);
        assertThat(replaced.value()).isNotEqualTo(refused.value());
        assertThat(cluster.node().replaceRefusedToken("user-0", refused).value())
                .isEqualTo(replaced.value());
        assertThat(cluster.tikTok.counters().refreshes()).isEqualTo(1);
    }

    @Test
    void keysAreChangedInBitesWithoutDisturbingAToken() {
        connectUsers(3);
        String newKey = AesGcmCipher.generateKey("new");
        TikTokAuth both = cluster.node(newKey + "," + SimulatedCluster.OLD_KEY);
        String before = node.getValidAccessToken("user-1").value();

        ReencryptionReport first = both.maintenance().reencrypt(null, 2);
        assertThat(first.rewritten()).isEqualTo(2);
        ReencryptionReport second = both.maintenance().reencrypt(first.next(), 2);
        assertThat(second).isEqualTo(new ReencryptionReport(1, 1, 0, null));
        assertThat(both.maintenance().reencrypt(null, 10)).isEqualTo(new ReencryptionReport(3, 0, 0, null));

        TikTokAuth onlyNew = cluster.node(newKey);
        assertThat(onlyNew.getValidAccessToken("user-1").value()).isEqualTo(before);
        assertThatThrownBy(() -> node.getValidAccessToken("user-1"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("new");
        assertThat(onlyNew.getValidAccessToken("user-1").value()).isEqualTo(before);
    }

    @Test
    void aRefreshWritesBothTokensWithTheActiveKey() {
        connectUsers(1);
        String newKey = AesGcmCipher.generateKey("new");
        cluster.node(newKey + "," + SimulatedCluster.OLD_KEY).refresh("user-0");
        assertThat(cluster.node(newKey).getValidAccessToken("user-0")).isNotNull();
    }

    @Test
    void rowsThatNoKeyDecryptsAreCountedAndLeft() {
        connectUsers(1);
        TikTokAuth stranger = cluster.node(AesGcmCipher.generateKey("stranger"));
        assertThat(stranger.maintenance().reencrypt(null, 10)).isEqualTo(new ReencryptionReport(1, 0, 1, null));
        assertThat(stranger.maintenance().diagnose("user-0").decryptable()).isFalse();
        assertThat(stranger.maintenance().diagnose("user-0"))
                .asString()
                .startsWith("user user-0: FRESH, not decryptable with the keys of this process, access token until ");
        assertThat(stranger.maintenance().diagnose("user-0").keyId()).isEqualTo("old");
        assertThat(node.getValidAccessToken("user-0")).isNotNull();
    }

    @Test
    void aDiagnosisTellsInOneLineWhyThereIsNoToken() {
        assertThat(node.maintenance().diagnose("user-0")).hasToString("user user-0: not connected");
        connectUsers(1);
        assertThat(node.maintenance().diagnose("user-0").freshness()).isEqualTo(Freshness.FRESH);
        cluster.time.advance(Duration.ofDays(6).plusHours(12));
        assertThat(node.maintenance().diagnose("user-0").freshness()).isEqualTo(Freshness.STALE);
        cluster.time.advance(Duration.ofHours(11).plusMinutes(59));
        assertThat(node.maintenance().diagnose("user-0").freshness()).isEqualTo(Freshness.EXPIRED);
        cluster.time.advance(Duration.ofHours(1));
        cluster.tikTok.faults().always(SimulatedEndpoint.REFRESH, Fault.error(200, 36009003, "internal error"));
        assertThatThrownBy(() -> node.getValidAccessToken("user-0")).hasMessageContaining("36009003");
        assertThat(node.maintenance().diagnose("user-0").toString())
                .contains("EXPIRED", "failures 1", "last code 36009003", "key old", "cool-down")
                .doesNotContain("\n");
        assertThat(node.maintenance().diagnose("user-0").lastRequestId()).isNotBlank();
    }

    @Test
    void everythingThatHappensIsTold() {
        connectUsers(1);
        cluster.connect(node, "user-0", "seller-0");
        SimulatedCallback back = cluster.tikTok.allow(node.initiate("other").authUrl(), "seller-0");
        assertThatThrownBy(() -> node.callback("other", back.code(), back.state()))
                .isInstanceOf(ShopConflictException.class);
        node.disconnect("user-0");
        node.disconnect("user-0");
        assertThat(cluster.events.stream().map(event -> event.getClass().getSimpleName() + " " + event.userId()))
                .containsExactly(
                        "ShopConnected user-0", "ShopRenewed user-0", "ShopConflict other", "ShopDisconnected user-0");
    }

    @Test
    void erasingLeavesNothingAndLetsTheUserStartAnew() {
        connectUsers(1);
        node.initiate("user-0");
        assertThat(node.erase("user-0")).isGreaterThanOrEqualTo(2);
        assertThat(node.erase("user-0")).isZero();
        assertThat(node.status("user-0").connected()).isFalse();
        cluster.connect(node, "user-0", "seller-0");
        assertThat(node.status("user-0").connected()).isTrue();
    }
}
