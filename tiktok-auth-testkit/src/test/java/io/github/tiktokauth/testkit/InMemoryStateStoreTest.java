package io.github.tiktokauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryStateStoreTest extends StateStoreContract {

    private final ManualClock clock = new ManualClock();
    private final StateStore store = new InMemoryStateStore(clock);

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

    @Test
    void whatIsRememberedInPlaceOfALateStateDoesNotGoWithItsUser() {
        StoredState state = StoredState.builder("ab".repeat(32), "user", "app").build();
        store.save(state, Duration.ofMinutes(1), 1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(store.rememberOnce(state.hash(), Duration.ofMinutes(5))).isTrue();
        assertThat(store.erase("user")).isZero();
        assertThat(store.rememberOnce(state.hash(), Duration.ofMinutes(5))).isFalse();
    }
}
