package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.testkit.StateStoreContract;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(value = TestServer.class, mode = EnumSource.Mode.EXCLUDE, names = "H2_FILE")
@NullUnmarked
class JdbcStateStoreContractTest extends StateStoreContract {

    @Parameter
    TestServer server;

    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = TwoNodes.on(server);
    }

    @Override
    protected StateStore store() {
        return nodes.first().stateStore();
    }

    @Override
    protected StateStore otherNode() {
        return nodes.second().stateStore();
    }

    @Override
    protected void advance(Duration by) {
        nodes.advance(by);
    }
}
