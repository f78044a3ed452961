package io.github.tiktokauth.benchmarks.storms;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.GooglePeer;
import io.github.tiktokauth.benchmarks.peers.MsalPeer;
import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.BareClient;
import io.github.tiktokauth.benchmarks.servers.OAuthTokenHost;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.benchmarks.servers.TikTokTokenHost;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sets up each contestant in one way for all storms, in this JVM and in nodes. */
final class Contestants {

    private static final int SEEDING = 4;

    /** With a database that nodes can share. */
    private enum Kind {
        OURS {
            @Override
            Peer open(HikariDataSource pool, Map<String, String> settings) {
                JdbcStores stores = JdbcStores.of(pool);
                return new TikTokAuthPeer(TikTokAuthPeer.builder(settings)
                        .tokenStore(stores.tokenStore())
                        .stateStore(stores.stateStore())
                        .build());
            }
        },
        SPRING {
            @Override
            Peer open(HikariDataSource pool, Map<String, String> settings) {
                return SpringPeer.jdbc(pool, Objects.requireNonNull(settings.get("tokenUrl")));
            }
        },
        ROW_LOCK {
            @Override
            Peer open(HikariDataSource pool, Map<String, String> settings) {
                return new RowLock(pool, BareClient.ofTikTok(settings));
            }
        };

        abstract Peer open(HikariDataSource pool, Map<String, String> settings);
    }

    private Contestants() {}

    /** Opens a contestant that works on a database, on a pool of its own. */
    static Peer open(Map<String, String> settings) {
        HikariDataSource pool = Pools.open(
                Objects.requireNonNull(settings.get("database")),
                Integer.parseInt(Objects.requireNonNull(settings.get("pool"))));
        Peer peer = Kind.valueOf(Objects.requireNonNull(settings.get("kind"))).open(pool, settings);
        return new Peer() {
            @Override
            public String token(String userId) {
                return peer.token(userId);
            }

            @Override
            public void close() {
                peer.close();
                pool.close();
            }
        };
    }

    private static Map<String, String> settings(Kind kind, TokenHost host, String database, int pool) {
        Map<String, String> settings = new HashMap<>(host.settings());
        settings.put("kind", kind.name());
        settings.put("database", database);
        settings.put("pool", Integer.toString(pool));
        return settings;
    }

    static Contestant ours(String name, String database, int pool, Duration cacheTtl) {
        TikTokTokenHost host = TikTokTokenHost.start();
        HikariDataSource seeding = Pools.open(database, SEEDING);
        TokenStore store = JdbcStores.of(seeding).createOrUpgrade().tokenStore();
        Map<String, String> settings = settings(Kind.OURS, host, database, pool);
        settings.put("TIKTOK_TOKEN_CACHE_SECONDS", Long.toString(cacheTtl.toSeconds()));
        return new Contestant(
                name,
                host,
                open(settings),
                seed -> TikTokAuthPeer.connect(store, host.appKey(), seed),
                userId -> store.find(userId)
                        .map(row -> TikTokAuthPeer.CIPHER.decrypt(
                                row.tokens().refreshToken(),
                                new CipherContext(store.name(), "refresh_token", userId, host.appKey()))),
                settings,
                seeding);
    }

    static Contestant ours(String database, int pool) {
        return ours(Contestant.OURS, database, pool);
    }

    static Contestant ours(String name, String database, int pool) {
        return ours(name, database, pool, Duration.ofSeconds(30));
    }

    static Contestant springJdbc(String database, int pool) {
        return springJdbc("Spring, JDBC", database, pool);
    }

    static Contestant springJdbc(String name, String database, int pool) {
        OAuthTokenHost host = OAuthTokenHost.start();
        HikariDataSource seeding = Pools.open(database, SEEDING);
        SpringPeer.createTable(seeding, true);
        SpringPeer store = SpringPeer.jdbc(seeding, host.tokenUrl());
        Map<String, String> settings = settings(Kind.SPRING, host, database, pool);
        return new Contestant(
                name, host, open(settings), seed -> store.with(List.of(seed)), store::refreshToken, settings, seeding);
    }

    static Contestant springInMemory() {
        OAuthTokenHost host = OAuthTokenHost.start();
        SpringPeer peer = SpringPeer.inMemory(List.of(), host.tokenUrl());
        return new Contestant(
                "Spring, in memory", host, peer, seed -> peer.with(List.of(seed)), peer::refreshToken, Map.of(), peer);
    }

    static Contestant google() {
        OAuthTokenHost host = OAuthTokenHost.start();
        GooglePeer peer = new GooglePeer(List.of(), host.tokenUrl());
        return new Contestant(
                "google-auth",
                host,
                peer,
                peer::connect,
                userId -> Optional.of(peer.refreshToken(userId)),
                Map.of(),
                peer);
    }

    /** Each user in an application of its own, for MSAL4J takes its cache only whole. */
    static Contestant msal() {
        OAuthTokenHost host = OAuthTokenHost.start();
        MsalHttp http = new MsalHttp(host.tokenUrl());
        Map<String, MsalPeer> peers = new ConcurrentHashMap<>();
        Peer peer = userId -> Objects.requireNonNull(peers.get(userId)).token(userId);
        return new Contestant(
                "MSAL4J",
                host,
                peer,
                seed -> peers.put(seed.userId(), new MsalPeer(List.of(seed), http)),
                userId -> Optional.empty(),
                Map.of(),
                peer);
    }

    static Contestant rowLock(String database, int pool) {
        TikTokTokenHost host = TikTokTokenHost.start();
        HikariDataSource seeding = Pools.open(database, SEEDING);
        RowLock.createTable(database);
        RowLock store = new RowLock(seeding, host.client());
        Map<String, String> settings = settings(Kind.ROW_LOCK, host, database, pool);
        return new Contestant(
                "row lock over HTTP, pool of " + pool,
                host,
                open(settings),
                store::connect,
                store::refreshToken,
                settings,
                seeding);
    }

    static Contestant singleFlight() {
        TikTokTokenHost host = TikTokTokenHost.start();
        LockedMap peer = new LockedMap(host.client());
        return new Contestant("single flight in memory", host, peer, peer::connect, peer::refreshToken, Map.of(), peer);
    }
}
