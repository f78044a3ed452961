package io.github.tiktokauth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** A gateway whose answer begins as a success and then decompresses to nothing without end. */
class EndlessProductsTest {

    private static final String SHOPS =
            "{\"code\":0,\"data\":{\"shops\":[{\"id\":\"1\",\"name\":\"S\",\"region\":\"GB\",\"cipher\":\"C\"}]}}";
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, -1, -1};
    private static final long MOST_TAKEN = 256L * 1024 * 1024;

    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    @Test
    void productsWithoutEndAreGivenUpAtTheLimit() throws Exception {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/authorization/202309/shops", exchange -> {
            byte[] shops = SHOPS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, shops.length);
            exchange.getResponseBody().write(shops);
            exchange.close();
        });
        gateway.createContext("/product/202309/products/search", this::answerWithoutEnd);
        gateway.start();
        try (TikTokSimulator tikTok = TikTokSimulator.start();
                TikTokAuth auth = auth(tikTok, gateway.getAddress().getPort())) {
            SimulatedCallback back = tikTok.allow(auth.initiate("alice").authUrl());
            auth.callback("alice", back.code(), back.requireState());
            ApiException e = catchThrowableOfType(ApiException.class, () -> new ProductSearch(auth).of("alice"));
            assertThat(e.status()).isEqualTo(503);
            assertThat(accepted).containsExactly("identity");
            assertThat(givenUp.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(taken.get()).isLessThan(MOST_TAKEN);
        } finally {
            gateway.stop(0);
        }
    }

    private static TikTokAuth auth(TikTokSimulator tikTok, int port) {
        Map<String, String> settings = new HashMap<>(tikTok.environment());
        settings.put("TIKTOK_BASE_URL", "http://127.0.0.1:" + port);
        return TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(new InMemoryTokenStore())
                .stateStore(new InMemoryStateStore())
                .cipher(AesGcmCipher.ofKeys(AesGcmCipher.generateKey("k")))
                .build();
    }

    private void answerWithoutEnd(HttpExchange exchange) throws IOException {
        accepted.addAll(exchange.getRequestHeaders().get("Accept-Encoding"));
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        byte[] blocks = new byte[13_000 * EMPTY_BLOCK.length];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = EMPTY_BLOCK[i % EMPTY_BLOCK.length];
        }
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
            out.write(begun("{\"code\":0,\"data\":{\"products\":["));
            while (taken.get() < 2 * MOST_TAKEN) {
                out.write(blocks);
                taken.addAndGet(blocks.length);
            }
        } finally {
            givenUp.countDown();
        }
    }

    private static byte[] begun(String text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[1_000];
        int count = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, count);
    }
}
