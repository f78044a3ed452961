package io.github.tiktokauth.testkit;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.spi.StateStore;
import java.time.Duration;

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
}
