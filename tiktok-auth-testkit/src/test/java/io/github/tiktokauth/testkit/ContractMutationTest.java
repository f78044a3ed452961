package io.github.tiktokauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A contract suite that cannot fail is worthless: runs the suites on broken stores, and sees them fail at the right rule. */
@Tag("slow")
class ContractMutationTest {

    /** What the suite under test is to break; this class runs one suite at a time. */
    private static UnaryOperator<TokenStore> breakingTokens = UnaryOperator.identity();

    private static UnaryOperator<StateStore> breakingStates = UnaryOperator.identity();

    /** Nested, so that the build does not run it by itself. */
    static class BrokenTokenStoreSuite extends TokenStoreContract {

        private final ManualClock clock = new ManualClock();
        private final TokenStore sound = new InMemoryTokenStore(clock);
        private final TokenStore store = breakingTokens.apply(sound);
        private final TokenStore otherNode = breakingTokens.apply(sound);

        @Override
        protected TokenStore store() {
            return store;
        }

        @Override
        protected TokenStore otherNode() {
            return otherNode;
        }

        @Override
        protected void advance(Duration by) {
            clock.advance(by);
        }
    }

    /** Nested, so that the build does not run it by itself. */
    static class BrokenStateStoreSuite extends StateStoreContract {

        private final ManualClock clock = new ManualClock();
        private final StateStore store = breakingStates.apply(new InMemoryStateStore(clock));

        @Override
        protected StateStore store() {
            return store;
        }

        @Override
        protected StateStore otherNode() {
            return store;
        }

        @Override
        protected void advance(Duration by) {
            clock.advance(by);
        }
    }

    @TestFactory
    Stream<DynamicTest> theSuiteRefusesBrokenTokenStores() {
        List<Broken<TokenStore>> all = new ArrayList<>();
        all.addAll(BrokenSaves.all());
        all.addAll(BrokenLeases.all());
        all.addAll(BrokenConnections.all());
        all.addAll(BrokenFields.all());
        all.addAll(BrokenChecks.all());
        all.addAll(BrokenReads.all());
        all.addAll(BrokenComparisons.ofTokenStores());
        return all.stream()
                .map(broken -> DynamicTest.dynamicTest(broken.defect(), () -> {
                    breakingTokens = broken.breaking();
                    assertFails(broken, BrokenTokenStoreSuite.class);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theSuiteRefusesBrokenStateStores() {
        return Stream.of(BrokenStates.all(), BrokenOutcomes.all(), BrokenComparisons.ofStateStores())
                .flatMap(List::stream)
                .map(broken -> DynamicTest.dynamicTest(broken.defect(), () -> {
                    breakingStates = broken.breaking();
                    assertFails(broken, BrokenStateStoreSuite.class);
                }));
    }

    @Test
    void theSuitesTakeSoundStores() {
        breakingTokens = ForwardingTokenStore::new;
        breakingStates = UnaryOperator.identity();
        assertThat(run(BrokenTokenStoreSuite.class).failed).isEmpty();
        assertThat(run(BrokenStateStoreSuite.class).failed).isEmpty();
    }

    /** A filter of test names may make the build run the nested suites by themselves; they must be sound then. */
    @AfterEach
    void makeSound() {
        breakingTokens = UnaryOperator.identity();
        breakingStates = UnaryOperator.identity();
    }

    private static void assertFails(Broken<?> broken, Class<?> suite) {
        Seen seen = run(suite, racesOnly(broken.underConcurrency()));
        assertThat(seen.failed).anyMatch(name -> name.startsWith("rule " + broken.rule() + ":"));
        assertThat(seen.passed).as("one defect breaks some tests, not all").isNotEmpty();
    }

    /** Races take most of the time, and most defects show without them. */
    private static PostDiscoveryFilter racesOnly(boolean races) {
        return found -> {
            String id = found.getUniqueId().toString();
            return FilterResult.includedIf(!id.contains("[nested-class:") || id.contains("Races]") == races);
        };
    }

    private static Seen run(Class<?> suite, PostDiscoveryFilter... filters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(suite))
                .filters(filters)
                .build();
        Seen seen = new Seen();
        LauncherFactory.create().execute(request, seen);
        assertThat(seen.failed.size() + seen.passed.size()).as("tests that ran").isGreaterThan(20);
        return seen;
    }

    private static final class Seen implements TestExecutionListener {

        private final List<String> failed = new ArrayList<>();
        private final List<String> passed = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                boolean sound = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                (sound ? passed : failed).add(test.getDisplayName());
            }
        }
    }
}
