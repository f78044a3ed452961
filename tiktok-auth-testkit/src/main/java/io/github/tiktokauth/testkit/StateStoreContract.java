package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.StateStore;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link StateStore} must keep, as JUnit Jupiter tests. Extend it in your store's tests; each test's name begins with
 * the number of the rule in the javadoc of {@link StateStore} that it checks.
 *
 * <pre>{@code
 * class MyStateStoreTest extends StateStoreContract {
 *     private final ManualClock clock = new ManualClock();
 *     private final MyStateStore store = new MyStateStore(database(), clock);
 *
 *     @Override protected StateStore store() { return store; }
 *     @Override protected StateStore otherNode() { return new MyStateStore(database(), clock); }
 *     @Override protected void advance(Duration by) { clock.advance(by); }
 * }
 * }</pre>
 *
 * <p>Every test makes users and states of its own, so the tests may share one database with each other and with leftovers. As
 * {@code purge} works on all states, nothing else may purge the same data meanwhile. Tests run one after another, but some
 * call the store from eight threads at once. Nothing sleeps, and every state lives minutes, so a clock may also run by itself
 * as long as it can be moved forward too.
 */
public abstract class StateStoreContract {

    /** For subclasses. */
    protected StateStoreContract() {}

    /**
     * The store under test; within one test always on the same data.
     *
     * @return the store
     */
    protected abstract StateStore store();

    /**
     * Another node: a second store on the same data and the same clock. May be {@link #store()} itself when there is only one
     * node, as in memory.
     *
     * @return the other store
     */
    protected abstract StateStore otherNode();

    /**
     * Moves the clock of the storage forward, for both nodes. What is stored must not be changed by it.
     *
     * @param by by how much; positive, up to some days
     */
    protected abstract void advance(Duration by);

    @Nested
    @DisplayName("taking a state")
    class Taking extends StateTakingRules {
        Taking() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("keeping few states")
    class Keeping extends StateKeepingRules {
        Keeping() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("values of states")
    class StateValues extends StateValueRules {
        StateValues() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("users and browsers")
    class Binding extends StateBindingRules {
        Binding() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("finding states, and their outcome")
    class Outcomes extends StateOutcomeRules {
        Outcomes() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("authorizations that wait for a choice")
    class Pending extends PendingRules {
        Pending() {
            super(StateStoreContract.this);
        }
    }

    @Nested
    @DisplayName("races for states")
    class StateRaces extends StateRaceRules {
        StateRaces() {
            super(StateStoreContract.this);
        }
    }
}
