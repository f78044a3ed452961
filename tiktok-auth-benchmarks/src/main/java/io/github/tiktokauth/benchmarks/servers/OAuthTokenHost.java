package io.github.tiktokauth.benchmarks.servers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A token endpoint as OAuth 2 (RFC 6749) has it, for the peers, on the same server and threads as the simulator of TikTok. Tokens live
 * for a week.
 */
public final class OAuthTokenHost implements TokenHost {

    static {
        // Read once by the JDK's server; the simulator sets the same.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LIFETIME_SECONDS = 7 * 24 * 3600;

    private final TokenFamilies families;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "oauth-host");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger requests = new AtomicInteger();
    private final int port;
    private final BareClient client;
    private volatile Duration latency = Duration.ZERO;
    private volatile Outage outage = Outage.NONE;
    private volatile @Nullable HeldAnswers held;
    private @Nullable HttpServer server;

    private OAuthTokenHost(boolean reuseEndsAuthorization) {
        families = new TokenFamilies(reuseEndsAuthorization);
        HttpServer started = listen(threads, this::handle, 0);
        server = started;
        port = started.getAddress().getPort();
        client = BareClient.ofOAuth(tokenUrl());
    }

    /**
     * Starts a host that ends an authorization when an old refresh token of it is used again.
     *
     * @return the host
     */
    public static OAuthTokenHost start() {
        return new OAuthTokenHost(true);
    }

    /**
     * Starts a host that goes on accepting old refresh tokens.
     *
     * @return the host
     */
    public static OAuthTokenHost startAcceptingOldTokens() {
        return new OAuthTokenHost(false);
    }

    private static HttpServer listen(ExecutorService threads, HttpHandler handler, int port) {
        try {
            HttpServer started = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1024);
            started.setExecutor(threads);
            started.createContext("/", handler);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String refreshToken =
                    parameter(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.incrementAndGet();
            switch (outage) {
                case HANGS -> Thread.sleep(HANG.toMillis());
                case UNAVAILABLE ->
                    answer(exchange, 503, JSON.createObjectNode().put("error", "unavailable"));
                default -> {
                    TokenFamilies.Pair pair = families.rotate(refreshToken);
                    HeldAnswers current = held;
                    if (current != null) {
                        current.pass();
                    }
                    Thread.sleep(latency.toMillis());
                    answer(exchange, pair == null ? 400 : 200, body(pair));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String parameter(String form) {
        for (String field : form.split("&")) {
            if (field.startsWith("refresh_token=")) {
                return URLDecoder.decode(field.substring("refresh_token=".length()), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static ObjectNode body(TokenFamilies.@Nullable Pair pair) {
        ObjectNode body = JSON.createObjectNode();
        return pair == null
                ? body.put("error", "invalid_grant")
                : body.put("access_token", pair.accessToken())
                        .put("token_type", "Bearer")
                        .put("expires_in", LIFETIME_SECONDS)
                        .put("refresh_token", pair.refreshToken())
                        .put("user", pair.userId());
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public Seed authorize(String userId, Duration expiresIn) {
        TokenFamilies.Pair pair = families.begin(userId);
        return new Seed(
                userId, pair.accessToken(), pair.refreshToken(), Instant.now().plus(expiresIn));
    }

    @Override
    public int requests() {
        return requests.get();
    }

    @Override
    public String accessToken(String userId) {
        return families.accessToken(userId);
    }

    @Override
    public Hold hold() {
        HeldAnswers next = new HeldAnswers();
        held = next;
        return next;
    }

    @Override
    public void latency(Duration value) {
        latency = value;
    }

    @Override
    public synchronized void outage(Outage value) {
        outage = value;
        if (value == Outage.REFUSES && server != null) {
            server.stop(0);
            server = null;
        } else if (value != Outage.REFUSES && server == null) {
            server = listen(threads, this::handle, port);
        }
    }

    @Override
    public String tokenUrl() {
        return "http://127.0.0.1:" + port + "/token";
    }

    @Override
    public BareClient client() {
        return client;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("tokenUrl", tokenUrl());
    }

    @Override
    public void close() {
        client.close();
        outage(Outage.REFUSES);
        threads.shutdownNow();
    }

    private static final class HeldAnswers implements Hold {

        private final Semaphore arrivals = new Semaphore(0);
        private final CountDownLatch released = new CountDownLatch(1);

        void pass() throws InterruptedException {
            arrivals.release();
            released.await();
        }

        @Override
        public void awaitRequests(int count, Duration limit) {
            try {
                if (!arrivals.tryAcquire(count, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("fewer than " + count + " requests came within " + limit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for requests", e);
            }
        }

        @Override
        public void release() {
            released.countDown();
        }
    }
}
