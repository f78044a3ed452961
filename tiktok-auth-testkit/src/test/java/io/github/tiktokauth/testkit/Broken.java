package io.github.tiktokauth.testkit;

import java.util.function.UnaryOperator;

/**
 * A store with one defect, and the rule that it breaks.
 *
 * @param defect what is wrong
 * @param rule the number of a rule one of whose tests must fail
 * @param underConcurrency whether only races can show it
 * @param breaking makes a broken store of a sound one
 */
record Broken<S>(String defect, int rule, boolean underConcurrency, UnaryOperator<S> breaking) {

    Broken(String defect, int rule, UnaryOperator<S> breaking) {
        this(defect, rule, false, breaking);
    }

    static <S> Broken<S> inTwoSteps(String defect, int rule, UnaryOperator<S> breaking) {
        return new Broken<>(defect, rule, true, breaking);
    }
}
