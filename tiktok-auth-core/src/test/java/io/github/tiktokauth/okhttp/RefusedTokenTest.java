package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.SUCCESS;
import static io.github.tiktokauth.okhttp.ShopWorld.USER;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static io.github.tiktokauth.okhttp.ShopWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.TikTokUnavailableException;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import io.github.tiktokauth.okhttp.ShopWorld.Answered;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedTokenTest {

    private final ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    /** The gateway takes no token but this one. */
    private void accepting(String token, MockResponse refusal) {
        world.answer = wire -> wire.token().equals(token) ? json(200, SUCCESS) : refusal;
    }

    private TikTokCallException failing() {
        return catchThrowableOfType(TikTokCallException.class, () -> world.send(world.get(PRODUCTS)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 105001, invalid",
        "401, 105001, invalid",
        "401, 105002, expired",
        "400, 36009004, Invalid credentials. The `access_token` header is invalid.",
        "400, 36009004, Invalid credentials. The `x-tts-access-token` header is invalid.",
    })
    void aRefusedTokenIsRefreshedAndTheCallRepeatedOnce(int status, int code, String message) throws IOException {
        accepting("access-2", refused(status, code, message));
        Answered answered = world.send(world.post(PRODUCTS, "{\"a\":1}"));
        assertThat(answered.body()).isEqualTo(SUCCESS);
        assertThat(world.refreshes).hasValue(1);
        assertThat(world.sent()).extracting(Wire::token).containsExactly("access-1", "access-2");
        assertThat(world.sent()).extracting(Wire::text).containsOnly("{\"a\":1}");
        world.sent().forEach(Wire::assertSigned);
    }

    @Test
    void theRepeatIsStampedAnew() throws IOException {
        world.answer = wire -> {
            world.advance(Duration.ofSeconds(7));
            return wire.token().equals("access-2") ? json(200, SUCCESS) : ShopWorld.expired();
        };
        world.send(world.get(PRODUCTS));
        assertThat(Duration.between(
                        world.sent().get(0).stampedAt(), world.sent().get(1).stampedAt()))
                .isEqualTo(Duration.ofSeconds(7));
        world.sent().forEach(Wire::assertSigned);
    }

    @Test
    void aNewerStoredTokenIsUsedWithoutARefresh() throws IOException {
        world.answer = wire -> {
            if (wire.token().equals("access-1")) {
                world.auth.refresh(USER);
                return ShopWorld.expired();
            }
            return json(200, SUCCESS);
        };
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(SUCCESS);
        assertThat(world.refreshes).hasValue(1);
        assertThat(world.sent()).extracting(Wire::token).containsExactly("access-1", "access-2");
    }

    @Test
    void aSecondRefusalIsTheHostsToSee() throws IOException {
        world.answer = wire -> ShopWorld.expired();
        Answered answered = world.send(world.get(PRODUCTS));
        assertThat(answered.response().code()).isEqualTo(401);
        assertThat(answered.body()).contains("105002");
        assertThat(world.received).hasSize(2);
        assertThat(world.refreshes).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 105005, The app lacks a scope",
        "400, 101000, not of this shop",
        "401, 106001, The sign is invalid",
        "400, 36009004, Invalid credentials. Invalid `app_key` query parameter.",
        "400, 36009004, The `access_token` is fine but `page_size` is invalid.",
        "429, 36009002, Too many requests.",
        "500, 36009003, Internal error.",
        "200, 36004005, refresh token unknown",
        "400, 105009, unknown code with a familiar prefix",
    })
    void otherRefusalsPassAndCostNoRefresh(int status, int code, String message) throws IOException {
        world.answer = wire -> refused(status, code, message);
        Answered answered = world.send(world.get(PRODUCTS));
        assertThat(answered.response().code()).isEqualTo(status);
        assertThat(answered.body()).contains("\"code\":" + code);
        assertThat(world.received).hasSize(1);
        assertThat(world.refreshes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>105002</html>",
                "[{\"code\":105002}]",
                "{\"data\":{\"code\":105002},\"code\":0}",
                "{\"code\":\"105002\"}",
                "{\"code\":105002.5}",
                "{\"code\":99999999999999999999}",
                "{\"code\":0,\"code\":105002}",
                "{\"code\":"
            })
    void whatIsNotARefusalIsHandedOnWhole(String body) throws IOException {
        world.answer = wire -> json(200, body);
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(body);
        assertThat(world.received).hasSize(1);
    }

    @Test
    void aLongSuccessIsHandedOnWhole() throws IOException {
        String body = "{\"data\":\"" + "x".repeat(300_000) + "\",\"code\":0}";
        world.answer = wire -> json(200, body);
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(body);
    }

    @Test
    void aCompressedRefusalIsRead() throws IOException {
        MockResponse refusal = new MockResponse.Builder()
                .code(401)
                .setHeader("Content-Encoding", "gzip")
                .body(gzip("{\"code\":105002,\"message\":\"expired\",\"request_id\":\"R\"}"))
                .build();
        accepting("access-2", refusal);
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(SUCCESS);
        accepting("access-3", refusal);
        assertThat(world.send(world.get(PRODUCTS).header("Accept-Encoding", "gzip"))
                        .body())
                .as("also when the host decompresses by itself")
                .isEqualTo(SUCCESS);
    }

    @Test
    void aCompressedSuccessIsHandedOnWhole() throws IOException {
        String body = "{\"code\":0,\"data\":\"" + "abc".repeat(50_000) + "\"}";
        world.answer = wire -> new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body(gzip(body))
                .build();
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(body);
    }

    private static Buffer gzip(String text) {
        Buffer buffer = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(buffer))) {
            sink.writeUtf8(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return buffer;
    }

    @Test
    void theSellersEndOfTheAuthorizationIsTold() {
        world.answer = wire -> refused(401, 105001, "invalid");
        world.refresh = request -> refused(200, 36004005, "refresh token unknown");
        TikTokCallException e = failing();
        assertThat(e.kind()).isEqualTo(Kind.AUTHORIZATION_REQUIRED);
        assertThat(e).hasCauseInstanceOf(AuthorizationRequiredException.class);
        assertThat(e.tikTokError())
                .hasValueSatisfying(error -> assertThat(error.code()).isIn(36004005L, 105001L));
        assertThat(world.received).hasSize(1);
    }

    @Test
    void anOutageDuringTheRefreshIsToldWithATimeToWait() {
        world.answer = wire -> ShopWorld.expired();
        world.refresh = request -> new MockResponse.Builder().code(503).build();
        TikTokCallException e = failing();
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(e).hasCauseInstanceOf(TikTokUnavailableException.class);
        assertThat(e.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isPositive());
        assertThat(e.tikTokError())
                .hasValueSatisfying(error -> assertThat(error.requestId()).isEqualTo("R105002"));
        assertThat(world.base.connectionPool().connectionCount())
                .as("no connection is left open by the refused answer")
                .isEqualTo(world.base.connectionPool().idleConnectionCount());
    }

    @Test
    void manyCallsRefusedAtOnceCostOneRefresh() throws Exception {
        int calls = 8;
        CyclicBarrier together = new CyclicBarrier(calls);
        world.answer = wire -> {
            if (wire.token().equals("access-2")) {
                return json(200, SUCCESS);
            }
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return ShopWorld.expired();
        };
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        try {
            Callable<String> call = () -> world.send(world.get(PRODUCTS)).body();
            for (Future<String> done : threads.invokeAll(java.util.Collections.nCopies(calls, call))) {
                assertThat(done.get()).isEqualTo(SUCCESS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(world.refreshes).hasValue(1);
        assertThat(world.received).hasSize(2 * calls);
        assertThat(List.copyOf(world.sent())).allSatisfy(Wire::assertSigned);
    }
}
