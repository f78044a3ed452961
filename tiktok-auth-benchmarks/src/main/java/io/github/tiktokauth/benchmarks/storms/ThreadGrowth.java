package io.github.tiktokauth.benchmarks.storms;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.Floors;
import io.github.tiktokauth.benchmarks.peers.GooglePeer;
import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SelectFloors;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.report.Charts;
import io.github.tiktokauth.benchmarks.report.Page;
import io.github.tiktokauth.benchmarks.report.Samples;
import io.github.tiktokauth.benchmarks.report.Table;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Calls for fresh tokens by 1 to 64 threads in one JVM. */
final class ThreadGrowth {

    private static final int USERS = 1000;
    private static final int POOL = 8;
    private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);
    private static final Duration WARM_UP = Duration.ofMillis(800);
    private static final Duration DURING = Duration.ofMillis(300);
    private static final String NOWHERE = "http://127.0.0.1:1/";

    private static final String[] IDS =
            IntStream.range(0, USERS).mapToObj(Seed::userId).toArray(String[]::new);

    private ThreadGrowth() {}

    static void run(Postgres postgres, Page page) {
        page.heading("1 to 64 threads in one JVM, fresh tokens of " + Samples.number(USERS, 0) + " users");
        List<Seed> seeds = IntStream.range(0, USERS)
                .mapToObj(number -> Seed.of(number, Duration.ofDays(6)))
                .toList();
        page.text("From memory, millions of calls/s by threads:");
        Map<String, Peer> memory = new LinkedHashMap<>();
        memory.put("ours, cache on", TikTokAuthPeer.inMemory(seeds));
        memory.put("floor: Caffeine and the clock", Floors.caffeine(seeds));
        memory.put("google-auth", new GooglePeer(seeds, NOWHERE));
        memory.put("Spring, in memory", SpringPeer.inMemory(seeds, NOWHERE));
        measure(memory, 1e6, 2, page, "growth-threads-memory", "This library, cache on: millions of calls/s");

        page.text("From PostgreSQL by a pool of " + POOL + ", thousands of calls/s by threads:");
        try (HikariDataSource pool = Pools.open(postgres.schema(), POOL)) {
            TokenStore store = JdbcStores.of(pool).createOrUpgrade().tokenStore();
            seeds.forEach(seed -> TikTokAuthPeer.connect(store, TikTokAuthPeer.APP_KEY, seed));
            SpringPeer.createTable(pool, true);
            Map<String, Peer> database = new LinkedHashMap<>();
            database.put("ours, cache off", TikTokAuthPeer.jdbc(pool, Duration.ZERO));
            database.put("floor: SELECT by primary key", SelectFloors.raw(pool));
            database.put("Spring, JDBC", SpringPeer.jdbc(pool, NOWHERE).with(seeds));
            measure(database, 1e3, 1, page, "growth-threads-postgres", "This library, cache off: thousands of calls/s");
        }
    }

    private static void measure(
            Map<String, Peer> peers, double unit, int decimals, Page page, String picture, String title) {
        List<String> columns = new ArrayList<>(List.of("contestant"));
        THREADS.forEach(threads -> columns.add(Integer.toString(threads)));
        List<List<String>> rows = new ArrayList<>();
        List<Charts.Bar> bars = new ArrayList<>();
        peers.forEach((name, peer) -> {
            callsPerSecond(peer, 2, WARM_UP);
            List<String> row = new ArrayList<>(List.of(name));
            for (int threads : THREADS) {
                double rate = callsPerSecond(peer, threads, DURING) / unit;
                row.add(Samples.number(rate, decimals));
                if (name.startsWith(Contestant.OURS)) {
                    String label = threads + (threads == 1 ? " thread" : " threads");
                    bars.add(new Charts.Bar(label, rate, false));
                }
            }
            rows.add(row);
            peer.close();
        });
        page.table(new Table(columns, rows));
        page.picture(
                picture,
                title + " by the number of threads",
                Charts.bars(title + ", more is better", value -> Samples.number(value, decimals), bars));
    }

    private static double callsPerSecond(Peer peer, int threads, Duration during) {
        LongAdder calls = new LongAdder();
        Storm storm = Storm.now(threads, threads, number -> {
            long end = System.nanoTime() + during.toNanos();
            long own = 0;
            int user = number * (USERS / threads);
            while (System.nanoTime() < end) {
                for (int i = 0; i < 16; i++) {
                    user = user + 1 < USERS ? user + 1 : 0;
                    peer.token(IDS[user]);
                }
                own += 16;
            }
            calls.add(own);
        });
        if (storm.failures() > 0) {
            throw new IllegalStateException(storm.firstFailure());
        }
        return calls.sum() / storm.millis() * 1000;
    }
}
