package io.github.tiktokauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void standsAtTheDocumentedInstantOrAtTheGivenOne() {
        assertThat(clock.instant()).isEqualTo("2026-11-23T10:15:30.123456789Z").isEqualTo(ManualClock.START);
        assertThat(clock.instant()).isEqualTo(ManualClock.START);
        assertThat(new ManualClock(Instant.EPOCH).instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void isMovedForwardBackAndAnywhere() {
        clock.advance(Duration.ofDays(1));
        assertThat(clock.instant()).isEqualTo("2026-11-24T10:15:30.123456789Z");
        clock.advance(Duration.ofDays(-2).plusNanos(1));
        assertThat(clock.instant()).isEqualTo("2026-11-22T10:15:30.123456790Z");
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
        assertThat(clock).hasToString("ManualClock[1970-01-01T00:00:00Z]");
    }

    @Test
    void standsStillWhenItCannotBeMoved() {
        clock.set(Instant.MAX);
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> clock.set(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new ManualClock(null)).isInstanceOf(NullPointerException.class);
        assertThat(clock.instant()).isEqualTo(Instant.MAX);
    }

    @Test
    void losesNoMoveOfManyThreads() {
        Race.of(number -> {
            for (int i = 0; i < 10_000; i++) {
                clock.advance(Duration.ofSeconds(1));
            }
            return number;
        });
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(10_000L * Race.THREADS));
    }
}
