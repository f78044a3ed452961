package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.SUCCESS;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over TLS and HTTP/2, as TikTok speaks it. */
class Http2AndAsyncTest {

    private final ShopWorld world = ShopWorld.overTls();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void callsOverHttp2AreSigned() throws IOException {
        ShopWorld.Answered answered = world.send(world.post(PRODUCTS + "?q=+%20%2B", "{\"a\":\"✓\"}"));
        assertThat(answered.response().protocol()).isEqualTo(Protocol.HTTP_2);
        assertThat(answered.body()).isEqualTo(SUCCESS);
        world.onlyOne().assertSigned();
    }

    @Test
    void aTokenRefusedOverHttp2IsReplaced() throws IOException {
        world.answer = wire -> wire.token().equals("access-2") ? json(200, SUCCESS) : ShopWorld.expired();
        assertThat(world.send(world.post(PRODUCTS, "{}")).body()).isEqualTo(SUCCESS);
        assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
    }

    private static CompletableFuture<String> enqueue(Call call) {
        CompletableFuture<String> result = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                result.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    result.complete(response.body().string());
                } catch (IOException e) {
                    result.completeExceptionally(e);
                }
            }
        });
        return result;
    }

    @Test
    void asynchronousCallsOnOneConnectionEachHaveTheirSignature() throws Exception {
        world.answer = wire -> wire.token().equals("access-2") ? json(200, SUCCESS) : ShopWorld.expired();
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            results.add(enqueue(world.client.newCall(
                    world.post(PRODUCTS + "?n=" + i, "{\"n\":" + i + "}").build())));
        }
        for (CompletableFuture<String> result : results) {
            assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(SUCCESS);
        }
        assertThat(world.refreshes).hasValue(1);
        assertThat(world.sent()).hasSizeGreaterThan(40).allSatisfy(wire -> {
            wire.assertSigned();
            assertThat(wire.text()).isEqualTo("{\"n\":" + wire.query().get("n") + "}");
        });
    }

    @Test
    void aCallCancelledWhileTikTokThinksEndsAndIsNotRepeated() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        world.answer = wire -> {
            arrived.countDown();
            await(released);
            return ShopWorld.expired();
        };
        Call call = world.client.newCall(world.get(PRODUCTS).build());
        CompletableFuture<String> result = enqueue(call);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        call.cancel();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(IOException.class);
        released.countDown();
        assertThat(world.received).hasSize(1);
        assertThat(world.refreshes).hasValue(0);
    }

    @Test
    void aCallCancelledDuringTheRefreshKeepsTheNewTokenAndIsNotRepeated() throws Exception {
        Call call = world.client.newCall(world.get(PRODUCTS).build());
        world.answer = wire -> ShopWorld.expired();
        world.refresh = request -> {
            call.cancel();
            return world.granted(2);
        };
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> enqueue(call).get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(IOException.class);
        assertThat(world.received).hasSize(1);
        assertThat(world.auth.getValidAccessToken(ShopWorld.USER).value()).isEqualTo("access-2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
