package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.SUCCESS;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.EndlessBody;
import io.github.tiktokauth.EndlessBody.Framing;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To judge an answer no more than its beginning is read, however it is compressed; all of it is left to the host. */
class EndlessAnswersToCallsTest {

    private static final String EXPIRED = "{\"code\":105002,\"message\":\"expired\",\"request_id\":\"R\"}";

    private ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    private static boolean isCode0(EndlessBody.Kind kind) {
        return kind == EndlessBody.Kind.PLAIN || kind == EndlessBody.Kind.BEHIND_THE_END;
    }

    /** What was there cannot be read, and it is clear at once. */
    private static boolean isBroken(EndlessBody.Kind kind) {
        return kind == EndlessBody.Kind.MEMBERS;
    }

    private void assertJudgedByItsBeginning(EndlessBody.Kind kind, int status, Framing framing, Request request)
            throws Exception {
        EndlessBody body = kind.body(framing);
        world.received.clear();
        world.answer = wire -> body.answer(status);
        try (Response response = answer(request)) {
            assertThat(response.code()).isEqualTo(status);
            if (isCode0(kind) || (status == 200 && !isBroken(kind))) {
                assertThat(TikTokShopClient.requireSuccess(response)).isSameAs(response);
                assertThat(body.taken()).as("taken").isLessThan(EndlessBody.MOST_TAKEN);
            } else {
                assertThat(catchThrowableOfType(
                                        TikTokCallException.class, () -> TikTokShopClient.requireSuccess(response))
                                .kind())
                        .isEqualTo(Kind.UNAVAILABLE);
            }
        }
        assertThat(body.isGivenUp()).as("the connection was closed").isTrue();
        assertThat(world.received).hasSize(1);
        assertThat(world.refreshes).hasValue(0);
    }

    private Response answer(Request request) throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        world.client.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                answer.complete(response);
            }
        });
        return answer.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessAnswerIsJudgedByItsBeginning(EndlessBody.Kind kind) throws Exception {
        for (Framing framing : Framing.values()) {
            assertJudgedByItsBeginning(kind, 200, framing, world.get(PRODUCTS).build());
        }
        for (int status : new int[] {401, 503}) {
            assertJudgedByItsBeginning(
                    kind, status, Framing.CLOSE, world.get(PRODUCTS).build());
        }
    }

    @ParameterizedTest
    @EnumSource
    void soItIsWhenTheHostDecompressesByItself(EndlessBody.Kind kind) throws Exception {
        Request request =
                world.post(PRODUCTS, "{}").header("Accept-Encoding", "gzip").build();
        assertJudgedByItsBeginning(kind, 200, Framing.CHUNKS, request);
        assertJudgedByItsBeginning(kind, 401, Framing.CHUNKS, request);
    }

    @ParameterizedTest
    @EnumSource
    void soItIsOverHttp2(EndlessBody.Kind kind) throws Exception {
        world.close();
        world = ShopWorld.overTls();
        assertJudgedByItsBeginning(
                kind, 200, Framing.CLOSE, world.post(PRODUCTS, "{}").build());
        assertJudgedByItsBeginning(kind, 401, Framing.CLOSE, world.get(PRODUCTS).build());
        assertThat(world.gateway.getRequestCount()).as("nothing else was sent").isEqualTo(3);
    }

    private static MockResponse compressed(int status, byte[] body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Encoding", "gzip")
                .setHeader("Content-Type", "application/json")
                .body(new Buffer().write(body))
                .build();
    }

    private static List<byte[]> tooLongToBeJudged(String text) {
        return List.of(
                EndlessBody.gzipNamed(200_000, text),
                EndlessBody.gzipBehindEmptyBlocks(40_000, text),
                EndlessBody.gzip(" ".repeat(200_000) + text));
    }

    @Test
    void whatWasNotJudgedIsTheHostsToReadAsOkHttpWouldGiveIt() throws IOException {
        OkHttpClient plain = world.base;
        for (int status : new int[] {200, 503}) {
            for (byte[] body : tooLongToBeJudged(EXPIRED)) {
                world.answer = wire -> compressed(status, body);
                ShopWorld.Answered expected =
                        ShopWorld.send(plain, world.get("/elsewhere").build());
                ShopWorld.Answered answered = world.send(world.get(PRODUCTS));
                assertThat(answered.body()).isEqualTo(expected.body()).endsWith(EXPIRED);
                assertThat(answered.response().headers())
                        .isEqualTo(expected.response().headers());
                assertThat(answered.response().header("Content-Encoding")).isNull();
                assertThat(answered.response().body().contentLength()).isEqualTo(-1);
            }
        }
        assertThat(world.refreshes).hasValue(0);
    }

    @Test
    void whoDecompressesByHimselfGetsItAsItWasSent() throws IOException {
        for (byte[] body : tooLongToBeJudged(SUCCESS)) {
            world.answer = wire -> compressed(200, body);
            Request request =
                    world.get(PRODUCTS).header("Accept-Encoding", "gzip").build();
            try (Response response = world.client.newCall(request).execute()) {
                TikTokShopClient.requireSuccess(response);
                assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(response.body().contentLength()).isEqualTo(body.length);
                assertThat(response.body().bytes()).isEqualTo(body);
            }
        }
    }

    @Test
    void aRefusalIsKnownEvenIfWhatFollowsItIsNot() throws IOException {
        byte[] refusal = EndlessBody.gzip(EXPIRED + " ".repeat(200_000));
        world.answer = wire -> wire.token().equals("access-2") ? json(200, SUCCESS) : compressed(401, refusal);
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(SUCCESS);
        assertThat(world.refreshes).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 502})
    void compressionThatIsNoneIsTheHostsToSee(int status) throws IOException {
        world.answer = wire -> compressed(status, SUCCESS.getBytes(StandardCharsets.UTF_8));
        try (Response response =
                world.client.newCall(world.get(PRODUCTS).build()).execute()) {
            assertThat(response.code()).isEqualTo(status);
            assertThatExceptionOfType(TikTokCallException.class)
                    .isThrownBy(() -> TikTokShopClient.requireSuccess(response))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
    }

    @Test
    void anAnswerToHeadHasNothingToDecompress() throws IOException {
        world.answer = wire -> compressed(200, EndlessBody.gzip(SUCCESS));
        ShopWorld.Answered answered = world.send(world.get(PRODUCTS).head());
        assertThat(answered.response().header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answered.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatBreaksOffBeforeItsCodeIsAFailureAndNotSentAgain(boolean compressed) {
        String text = "{\"data\":\"" + "x".repeat(10_000) + "\",\"code\":0}";
        MockResponse whole = compressed ? compressed(200, EndlessBody.gzipNamed(20_000, text)) : json(200, text);
        world.answer = wire -> whole.newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> world.send(world.post(PRODUCTS, "{}")))
                .isNotInstanceOf(TikTokCallException.class);
        assertThat(world.received).hasSize(1);
    }

    /** Between this library and OkHttp: whoever looks there sees what was decompressed. */
    @ParameterizedTest
    @ValueSource(longs = {5, 1_000_000})
    void interceptorsBehindOursMayLookAtTheBodyBefore(long most) throws IOException {
        List<String> seen = new ArrayList<>();
        world.answer = wire -> wire.token().equals("access-2")
                ? compressed(200, EndlessBody.gzip(SUCCESS))
                : compressed(401, EndlessBody.gzip(EXPIRED));
        assertThat(ShopWorld.send(looking(most, seen), world.get(PRODUCTS).build())
                        .body())
                .isEqualTo(SUCCESS);
        assertThat(seen).hasSize(2);
        assertThat(EXPIRED).startsWith(seen.get(0));
        assertThat(SUCCESS).startsWith(seen.get(1));
    }

    private OkHttpClient looking(long most, List<String> seen) {
        return world.client
                .newBuilder()
                .addInterceptor(chain -> {
                    Response response = chain.proceed(chain.request());
                    seen.add(response.peekBody(most).string());
                    return response;
                })
                .build();
    }

    @Test
    void evenThenNoMoreIsReadThanTheyRead() throws Exception {
        EndlessBody body = EndlessBody.Kind.TEXT_THEN_EMPTY_BLOCKS.body(Framing.CLOSE);
        world.answer = wire -> body.answer(200);
        try (Response response = looking(5, new ArrayList<>())
                .newCall(world.get(PRODUCTS).build())
                .execute()) {
            assertThat(TikTokShopClient.requireSuccess(response)).isSameAs(response);
            assertThat(body.taken()).isLessThan(EndlessBody.MOST_TAKEN);
        }
    }

    @Test
    void interceptorsMayReplaceTheBody() throws IOException {
        world.answer = wire -> compressed(500, EndlessBody.gzip("{\"code\":36009003,\"message\":\"m\"}"));
        OkHttpClient replacing = TikTokShopClient.forUser(
                world.auth,
                ShopWorld.USER,
                world.base
                        .newBuilder()
                        .addInterceptor(chain -> replaced(chain.proceed(chain.request())))
                        .build());
        OkHttpClient behind = world.client
                .newBuilder()
                .addInterceptor(chain -> replaced(chain.proceed(chain.request())))
                .build();
        for (OkHttpClient client : List.of(replacing, behind)) {
            try (Response response = client.newCall(world.get(PRODUCTS).build()).execute()) {
                assertThat(TikTokShopClient.requireSuccess(response).body().string())
                        .isEqualTo(SUCCESS);
            }
        }
    }

    private static Response replaced(Response response) {
        response.close();
        return response.newBuilder()
                .code(200)
                .body(ResponseBody.create(SUCCESS, ShopWorld.JSON))
                .build();
    }

    @Test
    void theHostMayLookBeforeItAsksWhetherItWasASuccess() throws IOException {
        world.answer = wire -> compressed(200, EndlessBody.gzip(SUCCESS));
        try (Response response =
                world.client.newCall(world.get(PRODUCTS).build()).execute()) {
            assertThat(response.peekBody(1_000).string()).isEqualTo(SUCCESS);
            assertThat(TikTokShopClient.requireSuccess(response).body().string())
                    .isEqualTo(SUCCESS);
        }
        world.answer = wire -> compressed(400, EndlessBody.gzip("{\"code\":105005,\"message\":\"scope\"}"));
        try (Response response =
                world.client.newCall(world.get(PRODUCTS).build()).execute()) {
            assertThat(response.peekBody(1_000).string()).contains("105005");
            assertThatExceptionOfType(TikTokCallException.class)
                    .isThrownBy(() -> TikTokShopClient.requireSuccess(response))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatWasClosedIsNoSuccess(boolean compressed) throws IOException {
        world.answer = wire -> compressed ? compressed(200, EndlessBody.gzip(SUCCESS)) : json(200, SUCCESS);
        Response response = world.client.newCall(world.get(PRODUCTS).build()).execute();
        response.close();
        assertThatIllegalStateException().isThrownBy(() -> TikTokShopClient.requireSuccess(response));
    }
}
