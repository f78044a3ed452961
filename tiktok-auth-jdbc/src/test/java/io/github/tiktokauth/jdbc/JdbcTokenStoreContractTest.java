package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.TokenStore;
import io.github.tiktokauth.testkit.TokenStoreContract;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(value = TestServer.class, mode = EnumSource.Mode.EXCLUDE, names = "H2_FILE")
@NullUnmarked
class JdbcTokenStoreContractTest extends TokenStoreContract {

    @Parameter
    TestServer server;

    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = TwoNodes.on(server);
    }

    @Override
    protected TokenStore store() {
        return nodes.first().tokenStore();
    }

    @Override
    protected TokenStore otherNode() {
        return nodes.second().tokenStore();
    }

    @Override
    protected void advance(Duration by) {
        nodes.advance(by);
    }
}
