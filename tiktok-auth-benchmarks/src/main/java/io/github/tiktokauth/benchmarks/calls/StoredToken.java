package io.github.tiktokauth.benchmarks.calls;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.Ours;
import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Rows;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
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

    /** Where the parent process started PostgreSQL. */
    public static final String POSTGRES = "benchmarks.postgres";

    private static final int USERS = 1000;

    /** Who reads. */
    public enum Contestant {
        RAW_JDBC,
        JDBI,
        OURS,
        SPRING_JDBC;

        Peer on(DataSource dataSource, boolean postgres, List<Seed> seeds) {
            return switch (this) {
                case RAW_JDBC -> Rows.raw(dataSource);
                case JDBI -> Rows.jdbi(dataSource);
                case OURS -> Ours.jdbc(dataSource, Duration.ZERO);
                case SPRING_JDBC -> {
                    SpringPeer.createTable(dataSource, postgres);
                    yield SpringPeer.jdbc(dataSource, "http://127.0.0.1:1/").with(seeds);
                }
            };
        }
    }

    /** On which database. */
    public enum Database {
        H2,
        POSTGRESQL
    }

    /** Who. */
    @Param
    public Contestant contestant = Contestant.OURS;

    /** Where. */
    @Param
    public Database database = Database.H2;

    private HikariDataSource pool = new HikariDataSource();
    private Peer peer = userId -> userId;
    private String[] ids = {};

    /** Connects all users, and asks for each once. */
    @Setup
    public void connect() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                database == Database.H2 ? "jdbc:h2:mem:stored;DB_CLOSE_DELAY=-1" : System.getProperty(POSTGRES));
        config.setMaximumPoolSize(8);
        pool.close();
        pool = new HikariDataSource(config);
        List<Seed> seeds = IntStream.range(0, USERS)
                .mapToObj(number -> Seed.of(number, Duration.ofDays(6)))
                .toList();
        TokenStore store = JdbcStores.of(pool).createOrUpgrade().tokenStore();
        seeds.forEach(seed -> Ours.connect(store, seed));
        peer = contestant.on(pool, database == Database.POSTGRESQL, seeds);
        ids = seeds.stream().map(Seed::userId).toArray(String[]::new);
        for (String id : ids) {
            peer.token(id);
        }
    }

    /** Gives back what was opened. */
    @TearDown
    public void close() {
        peer.close();
        pool.close();
    }

    /**
     * One call.
     *
     * @param turn whose token
     * @return the token
     */
    @Benchmark
    public String token(FreshToken.Turn turn) {
        return peer.token(turn.of(ids));
    }
}
