package io.github.tiktokauth.testkit;

import java.util.function.UnaryOperator;

/**
 * A store with one defect, and the rule that it breaks.
 *
 * @param defect what is wrong
 * @param rule the number of a rule one of whose tests must fail
 * @param breaking makes a broken store of a sound one
 */
record Broken<S>(String defect, int rule, UnaryOperator<S> breaking) {}
