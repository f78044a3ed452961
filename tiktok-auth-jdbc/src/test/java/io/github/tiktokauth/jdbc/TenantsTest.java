package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.AuthorizationRequest;
import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two tenants, each with a database of its own and a user "42". */
class TenantsTest {

    private static final String USER = "42";

    private final TikTokSimulator tikTok = TikTokSimulator.builder().start();
    private final HikariDataSource acme = TestServer.H2.database().pool(2);
    private final HikariDataSource globex = TestServer.H2.database().pool(2);
    private final TenantDataSource routing = new TenantDataSource(Map.of("acme", acme, "globex", globex));

    @AfterEach
    void close() {
        acme.close();
        globex.close();
        tikTok.close();
    }

    private TikTokAuth over(JdbcStores stores) {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("TIKTOK_TOKEN_ENCRYPTION_KEYS", AesGcmCipher.generateKey("k1"));
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
    }

    private String connect(TikTokAuth auth, String seller) {
        tikTok.add(SimulatedSeller.withOneShop(seller));
        AuthorizationRequest request = auth.initiate(USER);
        SimulatedCallback back = tikTok.allow(request.authUrl(), seller);
        auth.callback(USER, back.code(), back.requireState());
        return auth.getValidAccessToken(USER).value();
    }

    @Test
    void aDataSourceThatRoutesByTenantIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcStores.of(routing))
                .withMessageContaining("TenantDataSource")
                .withMessageContaining("one TikTokAuth for each tenant's own DataSource")
                .withMessageContaining("allowRoutingDataSource()");
    }

    /** Why it is refused: this is what a host gets that says of such a DataSource that it does not route by tenant. */
    @Test
    void overOneThatWasAllowedAllTheSameOneTenantGetsTheTokenOfAnother() {
        JdbcStores stores = routing.as(
                "acme",
                () -> JdbcStores.builder(routing)
                        .allowRoutingDataSource()
                        .build()
                        .createOrUpgrade());
        routing.as("globex", stores::createOrUpgrade);
        try (TikTokAuth auth = over(stores)) {
            String tokenOfGlobex = routing.as("globex", () -> connect(auth, "seller of globex"));
            String tokenOfAcme = routing.as("acme", () -> {
                auth.disconnect(USER);
                return connect(auth, "seller of acme");
            });
            assertThat(tokenOfAcme).isNotEqualTo(tokenOfGlobex);

            String tokenGiven =
                    routing.as("globex", () -> auth.getValidAccessToken(USER).value());
            assertThat(tokenGiven).isEqualTo(tokenOfAcme);
        }
    }

    @Test
    void withOneTikTokAuthForEachTenantEverybodyGetsTheirOwn() {
        try (TikTokAuth ofAcme = over(JdbcStores.of(acme).createOrUpgrade());
                TikTokAuth ofGlobex = over(JdbcStores.of(globex).createOrUpgrade())) {
            String tokenOfAcme = connect(ofAcme, "seller of acme");
            String tokenOfGlobex = connect(ofGlobex, "seller of globex");
            assertThat(ofAcme.getValidAccessToken(USER).value()).isEqualTo(tokenOfAcme);
            assertThat(ofGlobex.getValidAccessToken(USER).value()).isEqualTo(tokenOfGlobex);
            ofGlobex.disconnect(USER);
            assertThat(ofAcme.getValidAccessToken(USER).value()).isEqualTo(tokenOfAcme);
            assertThatThrownBy(() -> ofGlobex.getValidAccessToken(USER))
                    .isInstanceOf(AuthorizationRequiredException.class);
        }
    }
}
