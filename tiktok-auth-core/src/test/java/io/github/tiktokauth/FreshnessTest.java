package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From when a token is stale, and from when callers wait for a new one. */
class FreshnessTest {

    private static Duration early(String id, Duration lifetime) {
        Instant now = ManualTime.START;
        return new TokenTimes(id, now, now.plus(lifetime), now, 0).early();
    }

    @Test
    void aSevenDayTokenIsRefreshedAboutADayEarlySpreadByRow() {
        List<Duration> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            all.add(early(UUID.randomUUID().toString(), Duration.ofDays(7)));
        }
        assertThat(all).allSatisfy(each -> assertThat(each).isBetween(Duration.ofHours(18), Duration.ofHours(30)));
        Map<Long, Long> byTwoHours =
                all.stream().collect(Collectors.groupingBy(each -> each.toHours() / 2, Collectors.counting()));
        assertThat(byTwoHours.values())
                .as("no two hours of twelve hold a third")
                .allMatch(count -> count < 667);
    }

    @Test
    void theWindowOfARowStaysWhereItIs() {
        String id = UUID.randomUUID().toString();
        assertThat(early(id, Duration.ofDays(7))).isEqualTo(early(id, Duration.ofDays(7)));
    }

    @Test
    void theWindowScalesWithTheLifetimeUpToAMonth() {
        assertThat(early("a", Duration.ofDays(14)))
                .isEqualTo(early("a", Duration.ofDays(7)).multipliedBy(2));
        assertThat(early("a", Duration.ofDays(36_500))).isEqualTo(early("a", Duration.ofDays(30)));
        assertThat(early("a", Duration.ofDays(-1))).isZero();
    }

    @Test
    void aFreshTokenIsHandedOutWithoutARequest() {
        try (TestHost host = new TestHost()) {
            host.connect();
            host.untilLeft(Duration.ofHours(30).plusMillis(1));
            assertThat(host.token()).isEqualTo("access-1");
            host.runBackground();
            assertThat(host.tikTok.spent).isEmpty();
        }
    }

    @Test
    void aStaleTokenIsHandedOutAndRefreshedInTheBackground() {
        try (TestHost host = new TestHost()) {
            host.connect();
            host.untilLeft(Duration.ofHours(18).minusMillis(1));
            assertThat(host.token()).isEqualTo("access-1");
            assertThat(host.tikTok.spent).as("the caller did not wait").isEmpty();
            host.runBackground();
            assertThat(host.tikTok.spent).containsExactly("refresh-1");
            assertThat(host.token()).isEqualTo("access-2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSafetyMarginIsKeptFromTheCacheAndFromTheStore(boolean cached) {
        try (TestHost host = new TestHost()) {
            host.connect();
            host.untilLeft(Duration.ofSeconds(120).plusMillis(1));
            assertThat(host.token()).isEqualTo("access-1");
            if (!cached) {
                host.time.advance(Duration.ofSeconds(31));
            }
            host.time.advance(Duration.ofMillis(1));
            assertThat(host.token()).as("waited for").isEqualTo("access-2");
        }
    }

    /** A quarter of its life instead of two minutes, or it would never count as valid; from the cache as well. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aShortLivedTokenHasAQuarterOfItsLifeAsMargin(boolean cached) {
        Duration cacheTtl = cached ? Duration.ofHours(1) : Duration.ZERO;
        try (TestHost host = new TestHost(builder -> builder.cacheTtl(cacheTtl))) {
            host.tikTok.lifetime = Duration.ofSeconds(60);
            host.connect();
            assertThat(host.token()).isEqualTo("access-1");
            host.untilLeft(Duration.ofSeconds(15).plusMillis(1));
            assertThat(host.token()).isEqualTo("access-1");
            host.untilLeft(Duration.ofSeconds(15));
            assertThat(host.token()).isEqualTo("access-2");
        }
    }

    @Test
    void aMarginLongerThanTheEarlyWindowIsKeptByTheCache() {
        try (TestHost host = new TestHost(
                builder -> builder.safetyMargin(Duration.ofHours(1)).cacheTtl(Duration.ofHours(1)))) {
            host.tikTok.lifetime = Duration.ofHours(4);
            host.connect();
            host.untilLeft(Duration.ofMinutes(90));
            host.token();
            host.untilLeft(Duration.ofMinutes(59));
            assertThat(host.token()).isEqualTo("access-2");
        }
    }

    @Test
    void aTokenThatEndsBeyondAnyCountOfNanosecondsIsHandedOut() {
        for (Duration cacheTtl : List.of(Duration.ZERO, Duration.ofSeconds(30))) {
            try (TestHost host = new TestHost(builder -> builder.cacheTtl(cacheTtl))) {
                host.tikTok.lifetime = Duration.between(ManualTime.START, Instant.parse("9999-12-31T23:59:59Z"));
                host.connect();
                assertThat(host.token()).isEqualTo("access-1");
                assertThat(host.auth.getValidAccessToken(USER).expiresAt()).isEqualTo("9999-12-31T23:59:59Z");
            }
        }
    }

    @Test
    void nothingButAFirstCallbackMakesAConnection() {
        try (TestHost host = new TestHost()) {
            for (Runnable call :
                    List.<Runnable>of(host::token, () -> host.auth.refresh(USER), () -> host.auth.shopInfo(USER))) {
                assertThat(TestFailures.reason(call)).isEqualTo(AuthorizationRequiredException.Reason.NOT_CONNECTED);
            }
            assertThat(host.auth.status(USER)).isEqualTo(ConnectionStatus.NOT_CONNECTED);
            assertThat(host.auth.disconnect(USER)).isFalse();
        }
    }
}
