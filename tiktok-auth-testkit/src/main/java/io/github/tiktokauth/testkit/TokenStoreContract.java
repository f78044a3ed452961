package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link TokenStore} must keep, as JUnit Jupiter tests. Extend it in your store's tests; each test's name begins with
 * the number of the rule in the javadoc of {@link TokenStore} that it checks.
 *
 * <pre>{@code
 * class MyTokenStoreTest extends TokenStoreContract {
 *     private final ManualClock clock = new ManualClock();
 *     private final MyTokenStore store = new MyTokenStore(database(), clock);
 *
 *     @Override protected TokenStore store() { return store; }
 *     @Override protected TokenStore otherNode() { return new MyTokenStore(database(), clock); }
 *     @Override protected void advance(Duration by) { clock.advance(by); }
 * }
 * }</pre>
 *
 * <p>Every test makes users and shops of its own with random ids, so the tests may share one database with each other and
 * with leftovers; only paging over all rows takes longer then. Tests run one after another, but some call the store from
 * eight threads at once. Nothing sleeps, and every lease and cool-down lasts minutes, so a clock may also run by itself as
 * long as it can be moved forward too.
 *
 * <p>Rule 2 cannot be seen from outside and has no test. JUnit makes a new instance for each test and calls the three
 * methods on it as often as it needs.
 */
public abstract class TokenStoreContract {

    /** For subclasses. */
    protected TokenStoreContract() {}

    /**
     * The store under test; within one test always on the same data.
     *
     * @return the store
     */
    protected abstract TokenStore store();

    /**
     * Another node: a second store on the same data and the same clock. May be {@link #store()} itself when there is only one
     * node, as in memory.
     *
     * @return the other store
     */
    protected abstract TokenStore otherNode();

    /**
     * Moves the clock of the storage forward, for both nodes. What is stored must not be changed by it.
     *
     * @param by by how much; positive, up to some days
     */
    protected abstract void advance(Duration by);

    @Nested
    @DisplayName("one shop per user, one user per shop")
    class Ownership extends OwnershipRules {
        Ownership() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("ids that look alike")
    class Spellings extends SpellingRules {
        Spellings() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("disconnecting and erasing")
    class Disconnecting extends DisconnectRules {
        Disconnecting() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("generations")
    class Generations extends GenerationRules {
        Generations() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("saving tokens")
    class Saving extends SaveRules {
        Saving() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("leases")
    class Leases extends LeaseRules {
        Leases() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("failed refreshes")
    class Failures extends FailureRules {
        Failures() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("values")
    class Values extends ValueRules {
        Values() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("values that may not fit")
    class InvalidValues extends InvalidValueRules {
        InvalidValues() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("limits of values")
    class Limits extends ValueLimitRules {
        Limits() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("paging over all rows")
    class Paging extends PagingRules {
        Paging() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("due rows")
    class Due extends DueRules {
        Due() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("consents and facts of the shop")
    class Consents extends ConsentRules {
        Consents() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("re-authorization marks")
    class Marks extends MarkRules {
        Marks() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("refusals and forced refreshes")
    class Refusals extends RefusalRules {
        Refusals() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("requested checks")
    class Checks extends CheckRules {
        Checks() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("due rows of apps, under marks and with checks")
    class Attention extends DueAttentionRules {
        Attention() {
            super(TokenStoreContract.this);
        }
    }

    @Nested
    @DisplayName("races")
    class Races extends RaceRules {
        Races() {
            super(TokenStoreContract.this);
        }
    }
}
