package io.github.tiktokauth.benchmarks.storms;

import com.google.auth.oauth2.MemoryTokensStorage;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.OAuthTokenHost;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.benchmarks.servers.TikTokTokenHost;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Sets up each contestant so that users can disconnect. */
final class DisconnectContestants {

    private DisconnectContestants() {}

    static List<DisconnectContestant> all(Postgres postgres) {
        TikTokTokenHost tikTok = TikTokTokenHost.start();
        HikariDataSource pool = Pools.open(postgres.schema(), 4);
        JdbcStores stores = JdbcStores.of(pool).createOrUpgrade();
        TikTokAuth auth = TikTokAuthPeer.builder(tikTok.settings())
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
        OAuthTokenHost jdbcHost = OAuthTokenHost.start();
        HikariDataSource springs = Pools.open(postgres.schema(), 4);
        SpringPeer.createTable(springs, true);
        OAuthTokenHost memoryHost = OAuthTokenHost.start();
        OAuthTokenHost googleHost = OAuthTokenHost.start();
        OAuthTokenHost msalHost = OAuthTokenHost.start();
        return List.of(
                new OurDisconnect(tikTok, stores, auth, pool),
                new SpringDisconnect(
                        "Spring, JDBC", jdbcHost, SpringPeer.jdbc(springs, jdbcHost.tokenUrl()), springs::close),
                new SpringDisconnect(
                        "Spring, in memory",
                        memoryHost,
                        SpringPeer.inMemory(List.of(), memoryHost.tokenUrl()),
                        () -> {}),
                new GoogleDisconnect(googleHost, new MemoryTokensStorage()),
                new MsalDisconnect(msalHost, new ConcurrentHashMap<>()));
    }

    private record OurDisconnect(TikTokTokenHost host, JdbcStores stores, TikTokAuth auth, HikariDataSource pool)
            implements DisconnectContestant {

        @Override
        public String name() {
            return Contestant.OURS;
        }

        @Override
        public void connect(Seed seed) {
            TikTokAuthPeer.connect(stores.tokenStore(), host.appKey(), seed);
        }

        @Override
        public String token(String userId) {
            return auth.getValidAccessToken(userId).value();
        }

        @Override
        public void disconnect(String userId) {
            auth.disconnect(userId);
        }

        @Override
        public boolean isConnected(String userId) {
            return auth.status(userId).connected()
                    || stores.tokenStore().find(userId).isPresent();
        }

        @Override
        public void close() {
            auth.close();
            pool.close();
            host.close();
        }
    }

    private record SpringDisconnect(String name, TokenHost host, SpringPeer peer, Closing closing)
            implements DisconnectContestant {

        @Override
        public void connect(Seed seed) {
            peer.with(List.of(seed));
        }

        @Override
        public String token(String userId) {
            return peer.token(userId);
        }

        @Override
        public void disconnect(String userId) {
            peer.disconnect(userId);
        }

        @Override
        public boolean isConnected(String userId) {
            return peer.refreshToken(userId).isPresent();
        }

        @Override
        public void close() {
            closing.close();
            host.close();
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close();
    }

    private record MsalDisconnect(TokenHost host, Map<String, MsalPeer> peers) implements DisconnectContestant {

        private MsalPeer peer(String userId) {
            return Objects.requireNonNull(peers.get(userId));
        }

        @Override
        public String name() {
            return "MSAL4J";
        }

        @Override
        public void connect(Seed seed) {
            peers.put(seed.userId(), new MsalPeer(List.of(seed), new MsalHttp(host.tokenUrl())));
        }

        @Override
        public String token(String userId) {
            return peer(userId).token(userId);
        }

        @Override
        public void disconnect(String userId) {
            peer(userId).disconnect(userId);
        }

        @Override
        public boolean isConnected(String userId) {
            return peer(userId).isConnected(userId);
        }
    }
}
