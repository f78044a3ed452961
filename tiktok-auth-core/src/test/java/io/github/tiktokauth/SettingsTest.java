package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builder refuses, all at once, before anything runs. */
class SettingsTest {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static TikTokAuthBuilder builder() {
        return TikTokAuth.builder(TikTokConfig.fromMap(TestHost.SETTINGS))
                .tokenStore(new InMemoryTokenStore())
                .stateStore(new InMemoryStateStore());
    }

    private static List<String> problems(TikTokAuthBuilder builder) {
        return TestFailures.thrown(ConfigurationException.class, builder::build).problems();
    }

    @Test
    void theDefaultsAreSound() {
        builder().build().close();
        assertThat(Settings.DEFAULT.problems()).isEmpty();
        assertThat(Settings.DEFAULT.waitTimeout())
                .as("a node's death fails no caller")
                .isGreaterThan(Settings.DEFAULT.leaseDuration());
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S,PT5S,PT15S,false",
        "PT10S,PT5S,PT15.001S,true",
        "PT10S,PT5S,PT1S,false",
        "PT10S,PT0S,PT10S,false",
        "PT30S,PT30S,PT61S,true"
    })
    void aLeaseIsLongerThanACallAndItsWrite(Duration call, Duration write, Duration lease, boolean sound) {
        TikTokAuthBuilder builder =
                builder().callTimeout(call).writeBudget(write).leaseDuration(lease);
        if (sound) {
            builder.build().close();
        } else {
            assertThat(problems(builder))
                    .singleElement()
                    .asString()
                    .contains("leaseDuration", "callTimeout", "writeBudget");
        }
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                unsound("callTimeout", b -> b.callTimeout(Duration.ZERO)),
                unsound("callTimeout", b -> b.callTimeout(Duration.ofSeconds(-1))),
                unsound("callTimeout", b -> b.callTimeout(Duration.ofNanos(1))),
                unsound("callTimeout", b -> b.callTimeout(Duration.ofDays(30))),
                unsound("callTimeout", b -> b.callTimeout(FOREVER)),
                unsound("writeBudget", b -> b.writeBudget(Duration.ofSeconds(-1))),
                unsound("writeBudget", b -> b.writeBudget(FOREVER)),
                unsound("leaseDuration", b -> b.leaseDuration(Duration.ZERO)),
                unsound("leaseDuration", b -> b.leaseDuration(Duration.ofSeconds(-1))),
                unsound("leaseDuration", b -> b.leaseDuration(FOREVER)),
                unsound("waitTimeout", b -> b.waitTimeout(Duration.ofSeconds(-1))),
                unsound("waitTimeout", b -> b.waitTimeout(FOREVER)),
                unsound("safetyMargin", b -> b.safetyMargin(Duration.ofSeconds(-1))),
                unsound("safetyMargin", b -> b.safetyMargin(Duration.ofHours(2))),
                unsound("cacheTtl", b -> b.cacheTtl(Duration.ofSeconds(-1))),
                unsound("cacheTtl", b -> b.cacheTtl(FOREVER)),
                unsound("cacheSize", b -> b.cacheSize(0)),
                unsound("cacheSize", b -> b.cacheSize(-1)));
    }

    private static Arguments unsound(String name, UnaryOperator<TikTokAuthBuilder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("unsound")
    void anUnsoundDurationIsNamed(String name, UnaryOperator<TikTokAuthBuilder> change) {
        assertThat(problems(change.apply(builder()))).singleElement().asString().startsWith(name);
    }

    @Test
    void everythingMissingAndWrongIsToldAtOnce() {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.remove("TIKTOK_TOKEN_ENCRYPTION_KEYS");
        TikTokAuthBuilder builder = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .callTimeout(Duration.ZERO)
                .leaseDuration(Duration.ofHours(2))
                .waitTimeout(Duration.ofSeconds(-1))
                .cacheSize(0);
        List<String> problems = problems(builder);
        assertThat(problems).hasSize(7);
        for (String name : List.of(
                "callTimeout", "leaseDuration", "waitTimeout", "cacheSize", "tokenStore", "stateStore", "cipher")) {
            assertThat(problems).anyMatch(problem -> problem.contains(name));
        }
    }

    @Test
    void thereIsNoBuildingWithoutACipher() {
        Map<String, String> settings = new HashMap<>(TestHost.SETTINGS);
        settings.remove("TIKTOK_TOKEN_ENCRYPTION_KEYS");
        TikTokAuthBuilder builder = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(new InMemoryTokenStore())
                .stateStore(new InMemoryStateStore());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("TIKTOK_TOKEN_ENCRYPTION_KEYS")
                .withMessageContaining("cipher");
        builder.cipher(TikTokConfig.fromMap(TestHost.SETTINGS).cipher()).build().close();
    }
}
