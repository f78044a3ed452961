package io.github.tiktokauth.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {

    private final Goals goals = new Goals();

    @Test
    void aThresholdIsStillGoodEnough() {
        assertThat(Goal.FRESH_TOKEN_TO_FLOOR.isMetBy(1.5)).isTrue();
        assertThat(Goal.FRESH_TOKEN_TO_FLOOR.isMetBy(1.51)).isFalse();
        assertThat(Goal.MANY_USERS_RATE.isMetBy(92)).isTrue();
        assertThat(Goal.MANY_USERS_RATE.isMetBy(91.9)).isFalse();
        assertThat(Goal.ONE_USER_REQUESTS.isMetBy(1)).isTrue();
        assertThat(Goal.ONE_USER_REQUESTS.isMetBy(0)).isFalse();
    }

    @Test
    void noGoalIsMetByWhatWasNotMeasured() {
        assertThat(Goal.values()).noneMatch(goal -> goal.isMetBy(Double.NaN));
    }

    @Test
    void figuresAndThresholdsAreWrittenInTheGoalsUnit() {
        assertThat(Goal.FRESH_TOKEN_TO_FLOOR.wanted()).isEqualTo("≤ 1.5 ×");
        assertThat(Goal.FRESH_TOKEN_TO_FLOOR.text(1.016)).isEqualTo("1.02 ×");
        assertThat(Goal.GROWTH_ROWS.wanted()).isEqualTo("≤ 1,000");
        assertThat(Goal.ONE_USER_REQUESTS.wanted()).isEqualTo("exactly 1");
    }

    @Test
    void aMissedTargetIsReportedOnly() {
        goals.check(Goal.MANY_USERS_RATE, "2,000 users", 87.24);
        assertThat(goals.requirementsMet()).isTrue();
        assertThat(goals.table().rows())
                .containsExactly(List.of("2,000 users: share of the ideal rate", "≥ 92 %", "87.2 %", "**no**"));
    }

    @Test
    void aMissedRequirementFailsTheProgram() {
        goals.check(Goal.JARS, "footprint", 13);
        assertThat(goals.requirementsMet()).isTrue();
        goals.check(Goal.JARS, "footprint", 14);
        assertThat(goals.requirementsMet()).isFalse();
        assertThat(goals.table().rows().get(1)).endsWith("14", "**NO, required**");
    }

    @Test
    void everyRoundMustBeGoodEnough() {
        goals.check(Goal.ONE_USER_REQUESTS, "64 threads", Samples.of(List.of(1.0, 1.0)));
        assertThat(goals.requirementsMet()).isTrue();
        goals.check(Goal.ONE_USER_REQUESTS, "64 threads", Samples.of(List.of(1.0, 3.0)));
        assertThat(goals.requirementsMet()).isFalse();
        assertThat(goals.table().rows().get(1)).contains("1–3");
    }

    @Test
    void whatCouldNotBeMeasuredIsShown() {
        goals.skip(Goal.VIRTUAL_THREADS_PINNED, "10000 virtual threads", "no JDK 25");
        assertThat(goals.requirementsMet()).isTrue();
        assertThat(goals.table().rows().get(0)).endsWith("no JDK 25", "skipped");
    }
}
