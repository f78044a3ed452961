package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.AuthorizationRequiredException;
import io.github.tiktokauth.client.GatewayCall;
import io.github.tiktokauth.client.ShopCipher;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each a clear typed error, nothing sent, nothing changed. */
class BadCallsTest {

    private final ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    private TikTokCallException failing(OkHttpClient client, Request request) {
        TikTokCallException e = catchThrowableOfType(TikTokCallException.class, () -> ShopWorld.send(client, request));
        assertThat(e).as("a typed error").isNotNull();
        assertThat(world.received).as("nothing was sent").isEmpty();
        assertThat(world.refreshes).hasValue(0);
        return e;
    }

    private TikTokCallException failing(Request.Builder request) {
        return failing(world.client, request.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign", "timestamp", "app_key", "access_token"})
    void aHostsOwnSignatureKeyOrTokenIsRefused(String name) {
        TikTokCallException e = failing(world.get(PRODUCTS + "?a=1&" + name + "=SECRET"));
        assertThat(e.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(e).hasMessageContaining(name).hasMessageNotContaining("SECRET");
    }

    @Test
    void aHostsOwnTokenHeaderIsRefused() {
        TikTokCallException e = failing(world.get(PRODUCTS).header("X-Tts-Access-Token", "SECRET"));
        assertThat(e.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(e).hasMessageContaining("x-tts-access-token").hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?ids=1&ids=2", "/a?ids=1&ids=1", "/a?x&x", "/a?=1&=2"})
    void aRepeatedParameterIsRefused(String target) {
        assertThat(failing(world.get(target)).kind()).isEqualTo(Kind.INVALID_REQUEST);
    }

    private static RequestBody body(boolean oneShot, boolean duplex, String type) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get(type);
            }

            @Override
            public boolean isOneShot() {
                return oneShot;
            }

            @Override
            public boolean isDuplex() {
                return duplex;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                throw new IOException("read although it can be read only once");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data; boundary=x"})
    void aBodyThatCannotBeRepeatedIsRefusedUnread(String type) {
        assertThat(failing(world.get(PRODUCTS).post(body(true, false, type))).kind())
                .isEqualTo(Kind.BODY_NOT_REPEATABLE);
        assertThat(failing(world.get(PRODUCTS).post(body(false, true, type))).kind())
                .isEqualTo(Kind.BODY_NOT_REPEATABLE);
    }

    @Test
    void aBodyTooLargeToBeSignedIsRefused() throws IOException {
        byte[] most = new byte[(int) GatewayCall.LARGEST_SIGNED_BODY];
        byte[] more = new byte[most.length + 1];
        assertThat(failing(world.get(PRODUCTS).post(RequestBody.create(more, ShopWorld.JSON)))
                        .kind())
                .isEqualTo(Kind.BODY_TOO_LARGE);
        world.gateway.setBodyLimit(Long.MAX_VALUE);
        world.send(world.get(PRODUCTS).post(RequestBody.create(most, ShopWorld.JSON)));
        world.onlyOne().assertSigned();
        assertThat(world.onlyOne().body()).hasSameSizeAs(most);
    }

    @Test
    void anEndlessBodyIsRefusedAtTheLimit() {
        RequestBody endless = new RequestBody() {
            @Override
            public MediaType contentType() {
                return ShopWorld.JSON;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                byte[] piece = new byte[65_536];
                while (true) {
                    sink.write(piece);
                }
            }
        };
        assertThat(failing(world.get(PRODUCTS).post(endless)).kind()).isEqualTo(Kind.BODY_TOO_LARGE);
    }

    @Test
    void aUserWithoutConnectionIsToldToConnect() {
        OkHttpClient stranger = TikTokShopClient.forUser(world.auth, "stranger", world.base);
        TikTokCallException e = failing(stranger, world.get(PRODUCTS).build());
        assertThat(e.kind()).isEqualTo(Kind.AUTHORIZATION_REQUIRED);
        assertThat(e).hasCauseInstanceOf(AuthorizationRequiredException.class).hasMessageContaining("initiate");
    }

    @Test
    void aUserIdThatNoStoreHoldsIsAnErrorOfItsOwn() {
        assertThatIllegalArgumentException().isThrownBy(() -> TikTokShopClient.forUser(world.auth, " ", world.base));
        OkHttpClient strange = TikTokShopClient.forUser(world.auth, "a\u0000b", world.base);
        assertThat(failing(strange, world.get(PRODUCTS).build()).kind()).isEqualTo(Kind.INVALID_REQUEST);
    }

    @Test
    void aMissingCipherIsToldOnlyWhereOneIsWanted() throws IOException {
        try (ShopWorld without = new ShopWorld(new ShopWorld.Setting("", false, false))) {
            TikTokCallException e =
                    catchThrowableOfType(TikTokCallException.class, () -> without.send(without.get(PRODUCTS)));
            assertThat(e.kind()).isEqualTo(Kind.SHOP_CIPHER_MISSING);
            assertThat(e).hasMessageContaining("connect again").hasMessageContaining("list the shops");
            assertThat(without.received).isEmpty();
            without.send(without.get("/authorization/202309/shops"));
            without.send(without.get(PRODUCTS + "?shop_cipher=mine"));
            without.send(without.get(PRODUCTS).tag(ShopCipher.class, ShopCipher.OMIT));
            assertThat(without.sent()).hasSize(3).allSatisfy(Wire::assertSigned);
        }
    }

    @Test
    void anAsynchronousCallFailsInItsCallbackAndEndsNoThread() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.complete(e));
        try {
            OkHttpClient stranger = TikTokShopClient.forUser(world.auth, "stranger", world.base);
            for (OkHttpClient client :
                    new OkHttpClient[] {stranger, TikTokShopClient.forUser(world.auth, "a\u0000b", world.base)}) {
                assertThat(failureOf(client.newCall(world.get(PRODUCTS).build())))
                        .isInstanceOf(TikTokCallException.class);
            }
            assertThat(failureOf(world.client.newCall(world.get("/a?sign=1").build())))
                    .isInstanceOf(TikTokCallException.class);
            assertThat(uncaught).isNotDone();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static Throwable failureOf(Call call) throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                failure.complete(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                response.close();
                failure.complete(null);
            }
        });
        return failure.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aClientWithoutItsNetworkInterceptorSendsNothingOfOursAndSaysSo() throws IOException {
        OkHttpClient.Builder maimed = world.client.newBuilder();
        maimed.networkInterceptors().clear();
        TikTokCallException e = catchThrowableOfType(
                TikTokCallException.class,
                () -> ShopWorld.send(maimed.build(), world.get(PRODUCTS).build()));
        assertThat(e.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(e).hasMessageContaining("network interceptor");
        world.onlyOne().assertBare();
    }

    @Test
    void aWebSocketIsRefusedWithoutAToken() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        world.client.newWebSocket(world.get("/socket").build(), new WebSocketListener() {
            @Override
            public void onFailure(WebSocket socket, Throwable e, Response response) {
                failure.complete(e);
            }
        });
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(TikTokCallException.class);
        world.onlyOne().assertBare();
    }
}
