package io.github.tiktokauth.benchmarks.storms;

import com.google.auth.oauth2.MemoryTokensStorage;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import io.github.tiktokauth.benchmarks.peers.Ours;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** How each contestant says goodbye to a user. */
final class Leavers {

    private Leavers() {}

    static List<Leaver> all(Postgres postgres) {
        SimulatorHost tikTok = new SimulatorHost();
        HikariDataSource pool = Postgres.pool(postgres.schema(), 4);
        JdbcStores stores = JdbcStores.of(pool).createOrUpgrade();
        TikTokAuth auth = Ours.builder(tikTok.settings())
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
        OAuthHost jdbcHost = new OAuthHost();
        HikariDataSource springs = Postgres.pool(postgres.schema(), 4);
        SpringPeer.createTable(springs, true);
        OAuthHost memoryHost = new OAuthHost();
        OAuthHost googleHost = new OAuthHost();
        OAuthHost msalHost = new OAuthHost();
        return List.of(
                new OurLeaver(tikTok, stores, auth, pool),
                new SpringLeaver(
                        "Spring, JDBC", jdbcHost, SpringPeer.jdbc(springs, jdbcHost.tokenUrl()), springs::close),
                new SpringLeaver(
                        "Spring, in memory",
                        memoryHost,
                        SpringPeer.inMemory(List.of(), memoryHost.tokenUrl()),
                        () -> {}),
                new GoogleLeaver(googleHost, new MemoryTokensStorage()),
                new MsalLeaver(msalHost, new ConcurrentHashMap<>()));
    }

    private record OurLeaver(TokenHost host, JdbcStores stores, TikTokAuth auth, HikariDataSource pool)
            implements Leaver {

        @Override
        public String name() {
            return Contestant.OURS;
        }

        @Override
        public void connect(Seed seed) {
            Ours.connect(stores.tokenStore(), seed);
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

    private record SpringLeaver(String name, TokenHost host, SpringPeer peer, Closing closing) implements Leaver {

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

    private record MsalLeaver(TokenHost host, Map<String, MsalPeer> peers) implements Leaver {

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
