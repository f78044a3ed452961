package io.github.tiktokauth.testkit;

import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;

class InMemoryTokenStoreTest extends TokenStoreContract {

    private final ManualClock clock = new ManualClock();
    private final TokenStore store = new InMemoryTokenStore(clock);

    @Override
    protected TokenStore store() {
        return store;
    }

    @Override
    protected TokenStore otherNode() {
        return store;
    }

    @Override
    protected void advance(Duration by) {
        clock.advance(by);
    }
}
