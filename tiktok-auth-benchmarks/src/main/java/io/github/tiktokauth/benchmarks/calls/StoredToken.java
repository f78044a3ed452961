package io.github.tiktokauth.benchmarks.calls;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SelectFloors;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A fresh token with the cache off: one reading of the database, and the decryption where there is one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class StoredToken {

    /** The system property that holds the JDBC URL of PostgreSQL. */
    public static final String POSTGRES = "benchmarks.postgres";

    private static final int USERS = 1000;

    /** The implementations that are compared. */
    public enum Contestant {
        RAW_JDBC("floor: JDBC, SELECT by primary key"),
        JDBI("floor: the same through Jdbi"),
        OURS("this library, decrypted"),
        SPRING_JDBC("Spring Security, JDBC");

        private final String label;

        Contestant(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        Peer on(DataSource dataSource, boolean postgres, List<Seed> seeds) {
            return switch (this) {
                case RAW_JDBC -> SelectFloors.raw(dataSource);
                case JDBI -> SelectFloors.jdbi(dataSource);
                case OURS -> TikTokAuthPeer.jdbc(dataSource, Duration.ZERO);
                case SPRING_JDBC -> {
                    SpringPeer.createTable(dataSource, postgres);
                    yield SpringPeer.jdbc(dataSource, "http://127.0.0.1:1/").with(seeds);
                }
            };
        }
    }

    /** The databases. */
    public enum Database {
        H2,
        POSTGRESQL
    }

    /** The implementation. */
    @Param
    public Contestant contestant = Contestant.OURS;

    /** The database. */
    @Param
    public Database database = Database.H2;

    private HikariDataSource pool = new HikariDataSource();
    private Peer peer = userId -> userId;
    private String[] ids = {};

    /** Connects all users, and asks for each once. */
    @Setup
    public void connect() {
        pool.close();
        pool = Pools.open(
                database == Database.H2 ? "jdbc:h2:mem:stored;DB_CLOSE_DELAY=-1" : System.getProperty(POSTGRES), 8);
        List<Seed> seeds = IntStream.range(0, USERS)
                .mapToObj(number -> Seed.of(number, Duration.ofDays(6)))
                .toList();
        TokenStore store = JdbcStores.of(pool).createOrUpgrade().tokenStore();
        seeds.forEach(seed -> TikTokAuthPeer.connect(store, TikTokAuthPeer.APP_KEY, seed));
        peer = contestant.on(pool, database == Database.POSTGRESQL, seeds);
        ids = seeds.stream().map(Seed::userId).toArray(String[]::new);
        for (String id : ids) {
            peer.token(id);
        }
    }

    /** Closes the contestant and its pool. */
    @TearDown
    public void close() {
        peer.close();
        pool.close();
    }

    /**
     * Asks for one token.
     *
     * @param nextUser whose token
     * @return the token
     */
    @Benchmark
    public String token(FreshToken.NextUser nextUser) {
        return peer.token(nextUser.of(ids));
    }
}
