package io.github.tiktokauth.benchmarks.costs;

import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.benchmarks.servers.TikTokTokenHost;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Runs in a JVM that has virtual threads, lets thousands of them ask for tokens at once, and prints a line for each scenario. */
final class VirtualThreadLoad {

    static final int THREADS = 10_000;

    private static final int POOL = 8;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** What one scenario gave. */
    record Result(String what, int failures, int requests, int expired, int pinned, long millis, String where) {

        static Result parse(String line) {
            String[] cells = line.split("\t", -1);
            return new Result(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    Integer.parseInt(cells[3]),
                    Integer.parseInt(cells[4]),
                    Long.parseLong(cells[5]),
                    cells[6]);
        }

        String line() {
            return String.join(
                    "\t",
                    what,
                    Integer.toString(failures),
                    Integer.toString(requests),
                    Integer.toString(expired),
                    Integer.toString(pinned),
                    Long.toString(millis),
                    where);
        }
    }

    private record Stores(TokenStore tokens, StateStore states) {}

    private final TikTokTokenHost tikTok;
    private int users;

    private VirtualThreadLoad(TikTokTokenHost tikTok) {
        this.tikTok = tikTok;
    }

    public static void main(String[] args) throws Exception {
        try (TikTokTokenHost tikTok = TikTokTokenHost.start();
                HikariDataSource h2 = Pools.open("jdbc:h2:mem:virtual;DB_CLOSE_DELAY=-1", POOL);
                HikariDataSource postgres = Pools.open(args[0], POOL)) {
            tikTok.latency(LATENCY);
            VirtualThreadLoad load = new VirtualThreadLoad(tikTok);
            Stores inMemory = new Stores(new InMemoryTokenStore(), new InMemoryStateStore());
            Stores onPostgres = stores(postgres);
            Duration cached = Duration.ofMinutes(5);
            // Loading classes pins a carrier, which is no fault of the code under test: once without a result.
            load.run("", inMemory, cached, 1, 0);
            load.run("", onPostgres, Duration.ZERO, 20, 20);
            Stores onH2 = stores(h2);
            load.run("", onH2, Duration.ZERO, 20, 20);
            load.run("one fresh token, from the cache", inMemory, cached, 1, 0);
            load.run("one expired user's, PostgreSQL", onPostgres, cached, 1, 1);
            load.run("1,000 expired users', cache off, PostgreSQL, pool of 8", onPostgres, Duration.ZERO, 1000, 1000);
            load.run("1,000 expired users', cache off, H2, pool of 8", onH2, Duration.ZERO, 1000, 1000);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static Stores stores(HikariDataSource pool) {
        JdbcStores stores = JdbcStores.of(pool).createOrUpgrade();
        return new Stores(stores.tokenStore(), stores.stateStore());
    }

    /** With an empty name nothing is printed. */
    private void run(String what, Stores stores, Duration cacheTtl, int count, int expired) throws Exception {
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seeds.add(connect(stores.tokens(), i < expired));
        }
        int before = tikTok.requests();
        Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
        try (TikTokAuthPeer ours = new TikTokAuthPeer(TikTokAuthPeer.builder(tikTok.settings())
                        .tokenStore(stores.tokens())
                        .stateStore(stores.states())
                        .cacheTtl(cacheTtl)
                        .build());
                Pinning pinning = Pinning.watch()) {
            long nanos = atOnce(
                    number -> {
                        Seed seed = seeds.get(number % count);
                        String token = ours.token(seed.userId());
                        if (token.equals(seed.accessToken()) == (number % count < expired)) {
                            throw new IllegalStateException("not the token that works");
                        }
                    },
                    failures);
            pinning.stop();
            failures.forEach((kind, times) -> System.err.println(times + " × " + kind));
            if (!what.isEmpty()) {
                System.out.println(new Result(
                                what,
                                failures.values().stream()
                                        .mapToInt(AtomicInteger::get)
                                        .sum(),
                                tikTok.requests() - before,
                                expired,
                                pinning.count(),
                                TimeUnit.NANOSECONDS.toMillis(nanos),
                                pinning.where())
                        .line());
            }
        }
    }

    private Seed connect(TokenStore store, boolean expired) {
        Seed seed = tikTok.authorize(Seed.userId(users++), expired ? Duration.ofMinutes(-1) : Duration.ofDays(6));
        TikTokAuthPeer.connect(store, tikTok.appKey(), seed);
        return seed;
    }

    private static long atOnce(IntConsumer call, Map<String, AtomicInteger> failures) throws Exception {
        CountDownLatch ready = new CountDownLatch(THREADS);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            threads.execute(() -> {
                ready.countDown();
                try {
                    go.await();
                    call.accept(number);
                } catch (InterruptedException | RuntimeException e) {
                    failures.computeIfAbsent(e.toString(), kind -> new AtomicInteger())
                            .incrementAndGet();
                }
            });
        }
        ready.await();
        long begin = System.nanoTime();
        go.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            failures.put("not all came back within " + TIMEOUT, new AtomicInteger(THREADS));
        }
        return System.nanoTime() - begin;
    }
}
