package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens in memory for a short time, and never a moment after a change made here. */
class CacheTest {

    @Test
    void theHotPathMakesNoCallOfTheStore() {
        try (TestHost host = new TestHost()) {
            host.connect();
            host.token();
            int before = host.store.count();
            for (int i = 0; i < 1000; i++) {
                host.token();
            }
            assertThat(host.store.count()).isEqualTo(before);
        }
    }

    @Test
    void anEntryEndsAfterItsTime() {
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ofSeconds(7)))) {
            host.connect();
            host.token();
            int before = host.store.count("find");
            host.time.advance(Duration.ofMillis(6_999));
            host.token();
            assertThat(host.store.count("find")).isEqualTo(before);
            host.time.advance(Duration.ofMillis(1));
            host.token();
            assertThat(host.store.count("find")).isEqualTo(before + 1);
        }
    }

    @Test
    void zeroSwitchesItOff() {
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ZERO))) {
            host.connect();
            int before = host.store.count("find");
            for (int i = 0; i < 10; i++) {
                host.token();
            }
            assertThat(host.store.count("find")).isEqualTo(before + 10);
        }
    }

    @Test
    void theSettingNamesItsTimeUnlessTheBuilderDoes() {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.put("TIKTOK_TOKEN_CACHE_SECONDS", "0");
        TestHost host = new TestHost();
        host.connect();
        for (boolean overridden : new boolean[] {false, true}) {
            TikTokAuthBuilder builder = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                    .tokenStore(host.store.store)
                    .stateStore(host.states)
                    .time(host.time)
                    .api(host.tikTok);
            TikTokAuth auth = (overridden ? builder.cacheTtl(Duration.ofSeconds(5)) : builder).build();
            int before = host.store.count("find");
            auth.getValidAccessToken(USER);
            auth.getValidAccessToken(USER);
            assertThat(host.store.count("find") - before).isEqualTo(overridden ? 1 : 2);
        }
    }

    @Test
    void itIsBounded() {
        try (TestHost host = new TestHost(builder -> builder.cacheSize(10))) {
            for (int i = 0; i < 100; i++) {
                host.tikTok.shops = List.of(new StoredShop("shop-" + i, null, null, null, false));
                host.connect("user-" + i);
                host.auth.getValidAccessToken("user-" + i);
            }
            int before = host.store.count("find");
            for (int i = 0; i < 100; i++) {
                host.auth.getValidAccessToken("user-" + i);
            }
            assertThat(host.store.count("find") - before).isBetween(90, 100);
        }
    }

    /** A change made on this node. */
    enum Change {
        CALLBACK(TestHost::connect),
        DISCONNECT(host -> host.auth.disconnect(USER)),
        ERASE(host -> host.auth.erase(USER)),
        REFRESH(host -> host.auth.refresh(USER)),
        REPLACE(host -> host.auth.replaceRefusedToken(USER, host.auth.getValidAccessToken(USER))),
        EARLY(host -> {
            host.untilSoon();
            host.token();
            host.runBackground();
        }),
        DUE(host -> host.auth.maintenance().refreshDue(Duration.ofDays(30), 10));

        private final Consumer<TestHost> made;

        Change(Consumer<TestHost> made) {
            this.made = made;
        }
    }

    private static String tokenOrNone(TestHost host) {
        return host.auth.status(USER).connected() ? host.token() : "none";
    }

    @ParameterizedTest
    @EnumSource
    void everyLocalChangeIsSeenByTheNextCall(Change change) {
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ofHours(1)))) {
            host.connect();
            host.token();
            change.made.accept(host);
            assertThat(tokenOrNone(host)).isIn("none", "access-2");
            if (host.auth.status(USER).connected()) {
                assertThat(host.token()).isEqualTo(host.stored().accessToken());
            } else {
                TestFailures.reason(host::token);
            }
        }
    }

    /** It read before the change, and was held up until after it. */
    @ParameterizedTest
    @EnumSource
    void aReadingFromBeforeAChangeIsNotPutBackAfterIt(Change change) {
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ofHours(1)))) {
            host.connect();
            boolean[] changed = {false};
            host.store.after("find", () -> {
                if (!changed[0]) {
                    changed[0] = true;
                    change.made.accept(host);
                }
            });
            assertThat(host.token()).as("what it read").isEqualTo("access-1");
            if (host.auth.status(USER).connected()) {
                assertThat(host.token()).isEqualTo(host.stored().accessToken());
            } else {
                TestFailures.reason(host::token);
            }
        }
    }

    @Test
    void aChangeOfOneUserLeavesTheOthersEntries() {
        try (TestHost host = new TestHost()) {
            host.connect();
            host.token();
            host.tikTok.shops = List.of(new StoredShop("2", null, null, null, false));
            host.connect("user-2");
            int before = host.store.count();
            host.token();
            assertThat(host.store.count()).isEqualTo(before);
        }
    }

    @Test
    void aRefusedTokenIsReplacedByWhatAnotherNodeHasStoredAlready() {
        try (TestHost host = new TestHost();
                TestHost other = host.another()) {
            host.connect();
            AccessToken refused = host.auth.getValidAccessToken(USER);
            other.auth.refresh(USER);
            assertThat(host.auth.replaceRefusedToken(USER, refused).value()).isEqualTo("access-2");
            assertThat(host.tikTok.spent).hasSize(1);
        }
    }

    @Test
    void whoHasNoConnectionIsRememberedForASecond() {
        try (TestHost host = new TestHost()) {
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
            int before = host.store.count();
            host.time.advance(Duration.ofMillis(999));
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
            assertThat(host.store.count()).isEqualTo(before);
            host.time.advance(Duration.ofMillis(1));
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.NOT_CONNECTED);
            assertThat(host.store.count("find")).isEqualTo(2);
        }
    }

    @Test
    void whoMustAuthorizeAgainIsRememberedForASecondWithTheReason() {
        try (TestHost host = new TestHost();
                TestHost other = host.another()) {
            host.connect();
            host.untilEnded();
            host.tikTok.onRefresh(token -> {
                throw ScriptedTikTok.refused(36004005);
            });
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
            int before = host.store.count();
            assertThat(TestFailures.reason(host::token)).isEqualTo(Reason.REVOKED);
            assertThat(host.store.count()).isEqualTo(before);

            other.connect();
            assertThat(TestFailures.reason(host::token))
                    .as("another node's change")
                    .isEqualTo(Reason.REVOKED);
            host.time.advance(Duration.ofSeconds(1));
            assertThat(host.token()).isEqualTo("access-2");
        }
    }

    @Test
    void aConnectionMadeHereIsSeenAtOnceByWhoeverHadNone() {
        try (TestHost host = new TestHost()) {
            TestFailures.reason(host::token);
            host.connect();
            assertThat(host.token()).isEqualTo("access-1");
        }
    }

    /** It found nobody, and was held up until after the callback. */
    @Test
    void aReadingFromBeforeACallbackDoesNotHideTheConnection() {
        try (TestHost host = new TestHost()) {
            boolean[] connected = {false};
            host.store.after("find", () -> {
                if (!connected[0]) {
                    connected[0] = true;
                    host.connect();
                }
            });
            assertThat(TestFailures.reason(host::token)).as("what it read").isEqualTo(Reason.NOT_CONNECTED);
            assertThat(host.token()).isEqualTo("access-1");
        }
    }

    @Test
    void withoutACacheNobodyIsRemembered() {
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(Duration.ZERO))) {
            TestFailures.reason(host::token);
            TestFailures.reason(host::token);
            assertThat(host.store.count("find")).isEqualTo(2);
        }
    }
}
