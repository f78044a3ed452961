package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.ClusterWorld.Event;
import io.github.tiktokauth.ClusterWorld.Script;
import io.github.tiktokauth.ModelTikTok.Rotation;
import io.github.tiktokauth.spi.TokenStore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every order of the steps of a refresh, by the real core, among nodes that crash, lose answers and outlive their lease. */
class InterleavingTest {

    private final Explorer explorer = new Explorer();

    private long explore(Script script) {
        return explorer.explore(() -> new ClusterWorld(script), script.actors());
    }

    @AfterEach
    void close() {
        explorer.close();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void twoAndThreeNodesSendOneRequest(Rotation rotation) {
        assertThat(explore(Script.of(2, rotation))).isGreaterThan(10);
        assertThat(explore(Script.of(3, rotation))).isGreaterThan(100);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aLeaseThatEndsUnderALivingNodeLosesNoToken(Rotation rotation) {
        explore(Script.of(2, rotation, Event.LEASE_ENDS));
    }

    /** The first 30,000 orders, with one rotation, the hardest that can be survived; all orders take many minutes. */
    @Tag("slow")
    @Test
    void aLeaseThatEndsAmongThreeNodesLosesNoToken() {
        Script script = Script.of(3, Rotation.OLD_IS_REFUSED, Event.LEASE_ENDS);
        assertThat(explorer.explore(() -> new ClusterWorld(script), script.actors(), 30_000))
                .isEqualTo(30_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void disconnectAndReconnectWinOverARefreshInFlight(Rotation rotation) {
        explore(Script.of(2, rotation, Event.DISCONNECT));
        explore(Script.of(2, rotation, Event.RECONNECT));
        explore(Script.of(2, rotation, Event.RENEW));
        explore(Script.of(1, rotation, Event.DISCONNECT, Event.RECONNECT, Event.LEASE_ENDS));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aCrashAtAnyStepIsSurvived(Rotation rotation) {
        for (int step = 1; step <= 5; step++) {
            explore(Script.of(2, rotation).crash(0, step));
            explore(Script.of(3, rotation).crash(0, step));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostAnswerIsSurvived(Rotation rotation) {
        explore(Script.of(2, rotation).lostAnswer(1));
        explore(Script.of(2, rotation, Event.LEASE_ENDS).lostAnswer(1));
    }

    /** While one is stuck its lease ends: the other goes on in its place, and both may come to an end. */
    @ParameterizedTest
    @EnumSource
    void twoCallersOfOneNodeShareARefreshOrOutliveIt(Rotation rotation) {
        assertThat(explore(Script.of(1, rotation).callersOfEach(2))).isGreaterThan(4);
        explore(Script.of(1, rotation, Event.LEASE_ENDS).callersOfEach(2));
        explore(Script.of(1, rotation).callersOfEach(2).lostAnswer(1));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void threeCallersOfOneNodeOutliveAStuckRefreshAndALostAnswer(Rotation rotation) {
        explore(Script.of(1, rotation).callersOfEach(3));
        explore(Script.of(1, rotation, Event.LEASE_ENDS).callersOfEach(2).lostAnswer(1));
        explore(Script.of(1, rotation, Event.LEASE_ENDS, Event.DISCONNECT).callersOfEach(2));
        explore(Script.of(1, rotation, Event.LEASE_ENDS, Event.RENEW).callersOfEach(2));
    }

    @ParameterizedTest
    @EnumSource
    void theRulesThatLookNaturalLoseTokens(LosingRule rule) {
        assertThatThrownBy(() -> {
                    for (Event event : Event.values()) {
                        explore(Script.of(2, Rotation.OLD_IS_REFUSED, event).rules(rule.rules));
                        explore(Script.of(2, Rotation.OLD_IS_REFUSED, event, Event.LEASE_ENDS)
                                .rules(rule.rules));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in order");
    }

    @Tag("slow")
    @Test
    void theSameScriptsPassWithOurRules() {
        for (Event event : Event.values()) {
            explore(Script.of(2, Rotation.OLD_IS_REFUSED, event));
            explore(Script.of(2, Rotation.OLD_IS_REFUSED, event, Event.LEASE_ENDS));
        }
    }

    enum LosingRule {
        SAVE_ONLY_WHILE_NOT_MARKED(LosingRules::saveOnlyWhileNotMarked),
        SAVE_ONLY_WITH_THE_LEASE(LosingRules::saveOnlyWithTheLease),
        MARKING_RAISES_THE_GENERATION(LosingRules::markingRaisesTheGeneration),
        SAVE_ALWAYS_AND_MARKING_DELETES(LosingRules::saveAlwaysAndMarkingDeletes),
        GENERATION_RESTARTS_ON_RECONNECT(LosingRules::generationRestartsOnReconnect);

        private final UnaryOperator<TokenStore> rules;

        LosingRule(UnaryOperator<TokenStore> rules) {
            this.rules = rules;
        }
    }
}
