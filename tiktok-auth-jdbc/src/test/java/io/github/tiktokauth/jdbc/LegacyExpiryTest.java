package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegacyExpiryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant WRITTEN = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant ACCESS = Instant.parse("2026-11-27T08:00:00Z");
    private static final Instant REFRESH = Instant.parse("2027-11-20T08:00:00Z");
    private static final Instant REFRESH_OF_99_YEARS = Instant.parse("2125-09-05T00:00:00Z");

    /** The mistake: the epoch seconds are added to the time of writing. */
    private static Instant mistaken(Instant end, Instant writtenAt) {
        return writtenAt.plusSeconds(end.getEpochSecond());
    }

    private static LegacyExpiry of(@Nullable Instant access, @Nullable Instant refresh, @Nullable Instant writtenAt) {
        return LegacyExpiry.of(access, refresh, writtenAt, NOW);
    }

    @Test
    void rightEndingsStay() {
        assertThat(of(ACCESS, REFRESH, WRITTEN)).isEqualTo(new LegacyExpiry(ACCESS, REFRESH, false));
        assertThat(of(ACCESS, REFRESH_OF_99_YEARS, WRITTEN))
                .isEqualTo(new LegacyExpiry(ACCESS, REFRESH_OF_99_YEARS, false));
        Instant past = WRITTEN.minus(Duration.ofDays(30));
        assertThat(of(past, REFRESH, WRITTEN)).isEqualTo(new LegacyExpiry(past, REFRESH, false));
    }

    @Test
    void endingsThatWereAddedToTheTimeOfWritingArePutRight() {
        assertThat(mistaken(ACCESS, WRITTEN)).isAfter(Instant.parse("2083-01-01T00:00:00Z"));
        assertThat(of(mistaken(ACCESS, WRITTEN), mistaken(REFRESH, WRITTEN), WRITTEN))
                .isEqualTo(new LegacyExpiry(ACCESS, REFRESH, true));
        assertThat(of(mistaken(ACCESS, WRITTEN), mistaken(REFRESH_OF_99_YEARS, WRITTEN), WRITTEN))
                .isEqualTo(new LegacyExpiry(ACCESS, REFRESH_OF_99_YEARS, true));
    }

    @Test
    void aRowThatWasChangedLaterEndsEarlierAndNeverLater() {
        Duration later = Duration.ofDays(2);
        LegacyExpiry expiry = of(mistaken(ACCESS, WRITTEN), mistaken(REFRESH, WRITTEN), WRITTEN.plus(later));
        assertThat(expiry).isEqualTo(new LegacyExpiry(ACCESS.minus(later), REFRESH.minus(later), true));
    }

    @Test
    void inDoubtTheAccessTokenHasEndedAndTheEndOfTheRefreshTokenIsUnknown() {
        Instant longAfter = WRITTEN.plus(Duration.ofDays(400));
        for (LegacyExpiry expiry : new LegacyExpiry[] {
            of(mistaken(ACCESS, WRITTEN), mistaken(REFRESH, WRITTEN), null),
            of(mistaken(ACCESS, WRITTEN), mistaken(REFRESH, WRITTEN), longAfter),
            of(null, null, WRITTEN),
            of(Instant.EPOCH.plusSeconds(1_800_000), Instant.EPOCH, WRITTEN),
            of(Instant.parse("2999-01-01T00:00:00Z"), null, WRITTEN)
        }) {
            assertThat(expiry.access()).isBefore(NOW);
            assertThat(expiry.refresh()).isNull();
            assertThat(expiry.isRepaired()).isTrue();
        }
    }

    @Test
    void anUnknownEndOfTheRefreshTokenIsNoRepair() {
        assertThat(of(ACCESS, null, WRITTEN)).isEqualTo(new LegacyExpiry(ACCESS, null, false));
        assertThat(of(ACCESS, Instant.EPOCH, WRITTEN)).isEqualTo(new LegacyExpiry(ACCESS, null, true));
    }
}
