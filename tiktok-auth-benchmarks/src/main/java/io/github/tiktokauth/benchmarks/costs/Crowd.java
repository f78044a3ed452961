package io.github.tiktokauth.benchmarks.costs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.InMemoryStateStore;
import io.github.tiktokauth.InMemoryTokenStore;
import io.github.tiktokauth.benchmarks.peers.Ours;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.simulator.RefreshTokenRotation;
import io.github.tiktokauth.simulator.SimulatedEndpoint;
import io.github.tiktokauth.simulator.SimulatedSeller;
import io.github.tiktokauth.simulator.SimulatedTokens;
import io.github.tiktokauth.simulator.TikTokSimulator;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs in a JVM that knows virtual threads, and prints a line for each question that a crowd of them asked. */
final class Crowd {

    static final int THREADS = 10_000;

    private static final int POOL = 8;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What came of one question. */
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

    private final TikTokSimulator tikTok;
    private int sellers;

    private Crowd(TikTokSimulator tikTok) {
        this.tikTok = tikTok;
    }

    public static void main(String[] args) throws Exception {
        try (TikTokSimulator tikTok = TikTokSimulator.builder()
                        .rotation(RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION)
                        .tokenLength(Seed.TOKEN_LENGTH)
                        .start();
                HikariDataSource h2 = pool("jdbc:h2:mem:crowd;DB_CLOSE_DELAY=-1");
                HikariDataSource postgres = pool(args[0])) {
            tikTok.faults().latency(SimulatedEndpoint.REFRESH, LATENCY);
            Crowd crowd = new Crowd(tikTok);
            Stores inMemory = new Stores(new InMemoryTokenStore(), new InMemoryStateStore());
            Stores onPostgres = stores(postgres);
            Duration cached = Duration.ofMinutes(5);
            // Once for the loading of classes, which holds a carrier and is nobody's fault.
            crowd.ask("", inMemory, cached, 1, 0);
            crowd.ask("", onPostgres, Duration.ZERO, 20, 20);
            Stores onH2 = stores(h2);
            crowd.ask("", onH2, Duration.ZERO, 20, 20);
            crowd.ask("one fresh token, from the cache", inMemory, cached, 1, 0);
            crowd.ask("one expired user's, PostgreSQL", onPostgres, cached, 1, 1);
            crowd.ask("1,000 expired users', cache off, PostgreSQL, pool of 8", onPostgres, Duration.ZERO, 1000, 1000);
            crowd.ask("1,000 expired users', cache off, H2, pool of 8", onH2, Duration.ZERO, 1000, 1000);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(POOL);
        return new HikariDataSource(config);
    }

    private static Stores stores(HikariDataSource pool) {
        JdbcStores stores = JdbcStores.of(pool).createOrUpgrade();
        return new Stores(stores.tokenStore(), stores.stateStore());
    }

    /** With an empty name it is a rehearsal. */
    private void ask(String what, Stores stores, Duration cacheFor, int users, int expired) throws Exception {
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            seeds.add(connect(stores.tokens(), i < expired));
        }
        tikTok.resetCounters();
        Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
        try (Ours ours = new Ours(Ours.builder(tikTok.environment())
                        .tokenStore(stores.tokens())
                        .stateStore(stores.states())
                        .cacheFor(cacheFor)
                        .build());
                Pinning pinning = Pinning.watch()) {
            long nanos = atOnce(
                    number -> {
                        Seed seed = seeds.get(number % users);
                        String token = ours.token(seed.userId());
                        if (token.equals(seed.accessToken()) == (number % users < expired)) {
                            throw new IllegalStateException("not the token that works");
                        }
                    },
                    failures);
            pinning.stop();
            failures.forEach((kind, count) -> System.err.println(count + " × " + kind));
            if (!what.isEmpty()) {
                System.out.println(new Result(
                                what,
                                failures.values().stream()
                                        .mapToInt(AtomicInteger::get)
                                        .sum(),
                                tikTok.counters().refreshes(),
                                expired,
                                pinning.count(),
                                TimeUnit.NANOSECONDS.toMillis(nanos),
                                pinning.where())
                        .line());
            }
        }
    }

    private Seed connect(TokenStore store, boolean expired) {
        int number = sellers++;
        SimulatedTokens tokens = tikTok.seedAuthorization(
                SimulatedSeller.withOneShop("seller-" + number),
                Instant.now().plus(expired ? Duration.ofMinutes(-1) : Duration.ofDays(6)),
                Instant.now().plus(Duration.ofDays(300)));
        Seed seed = new Seed(
                Seed.userId(number), tokens.accessToken(), tokens.refreshToken(), tokens.accessTokenExpiresAt());
        Ours.connect(store, seed);
        return seed;
    }

    @FunctionalInterface
    private interface Asking {
        void ask(int number);
    }

    private static long atOnce(Asking asking, Map<String, AtomicInteger> failures) throws Exception {
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
                    asking.ask(number);
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
        if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            failures.put("not all came back within " + PATIENCE, new AtomicInteger(THREADS));
        }
        return System.nanoTime() - begin;
    }
}
