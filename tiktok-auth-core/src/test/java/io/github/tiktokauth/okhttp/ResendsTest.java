package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.SUCCESS;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static io.github.tiktokauth.okhttp.ShopWorld.refused;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sends a call again, OkHttp, the host or this library: it is stamped and signed anew. */
class ResendsTest {

    private static final String TOO_OLD =
            "Invalid timestamp. The value of the `timestamp` query parameter must not be earlier than 5 minutes before";

    private final ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    static List<MockResponse> whatMakesOkHttpSendAgain() {
        return List.of(
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build(),
                new MockResponse.Builder().code(408).build(),
                new MockResponse.Builder()
                        .code(503)
                        .setHeader("Retry-After", "0")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("whatMakesOkHttpSendAgain")
    void okHttpsOwnResendsAreStampedAndSignedAnew(MockResponse first) throws IOException {
        world.send(world.get("/warm/up"));
        world.received.clear();
        world.answer = wire -> {
            world.advance(Duration.ofMinutes(6));
            return world.received.size() == 1 ? first : json(200, SUCCESS);
        };
        assertThat(world.send(world.post(PRODUCTS, "{\"a\":1}")).body()).isEqualTo(SUCCESS);
        List<Wire> sent = world.sent();
        assertThat(sent).hasSize(2).allSatisfy(Wire::assertSigned);
        assertThat(sent).extracting(Wire::text).containsOnly("{\"a\":1}");
        assertThat(Duration.between(sent.get(0).stampedAt(), sent.get(1).stampedAt()))
                .isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void whoDoesNotWantResendsHasNone() {
        OkHttpClient once = TikTokShopClient.forUser(
                world.auth,
                ShopWorld.USER,
                world.base.newBuilder().retryOnConnectionFailure(false).build());
        world.answer = wire -> whatMakesOkHttpSendAgain().get(0);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ShopWorld.send(once, world.get(PRODUCTS).build())))
                .isInstanceOf(IOException.class);
        assertThat(world.received).hasSize(1);
    }

    @Test
    void theHostsOwnRetriesAreStampedAndSignedAnew() throws IOException {
        OkHttpClient impatient = world.client
                .newBuilder()
                .addInterceptor(chain -> {
                    chain.proceed(chain.request()).close();
                    world.advance(Duration.ofSeconds(3));
                    return chain.proceed(chain.request());
                })
                .build();
        ShopWorld.send(impatient, world.get(PRODUCTS).build());
        assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
        assertThat(world.sent().get(0).stampedAt())
                .isNotEqualTo(world.sent().get(1).stampedAt());
    }

    @Test
    void whatTheHostsInterceptorsAddIsSigned() throws IOException {
        OkHttpClient adding = world.client
                .newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .url(chain.request()
                                .url()
                                .newBuilder()
                                .addQueryParameter("added", "a+b c")
                                .build())
                        .build()))
                .build();
        ShopWorld.send(adding, world.get(PRODUCTS).build());
        world.onlyOne().assertSigned();
        assertThat(world.onlyOne().query()).containsEntry("added", "a+b c");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void aWrongClockIsPutRightByTikToksOwnTime(long seconds) throws IOException {
        world.answer = wire -> {
            java.time.Instant there = world.now().plusSeconds(seconds);
            boolean fits = Duration.between(wire.stampedAt(), there).abs().compareTo(Duration.ofSeconds(30)) < 0;
            MockResponse answer = fits ? json(200, SUCCESS) : refused(400, 36009004, TOO_OLD);
            return answer.newBuilder()
                    .setHeader("Date", RFC_1123_DATE_TIME.format(there.atOffset(ZoneOffset.UTC)))
                    .build();
        };
        assertThat(world.send(world.post(PRODUCTS, "{}")).body()).isEqualTo(SUCCESS);
        assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
        assertThat(world.refreshes).hasValue(0);
    }

    @Test
    void aTimestampThatGrewOldIsReplacedOnceAlsoWithoutADate() throws IOException {
        world.answer = wire -> {
            world.advance(Duration.ofMinutes(10));
            return refused(400, 36009004, TOO_OLD);
        };
        assertThat(world.send(world.get(PRODUCTS)).response().code()).isEqualTo(400);
        assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
        assertThat(Duration.between(
                        world.sent().get(0).stampedAt(), world.sent().get(1).stampedAt()))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aRefusedTimestampAndARefusedTokenAreBothMendedInOneCall() throws IOException {
        world.answer = wire -> switch (world.received.size()) {
            case 1 -> refused(400, 36009004, TOO_OLD);
            case 2 -> ShopWorld.expired();
            default -> json(200, SUCCESS);
        };
        assertThat(world.send(world.get(PRODUCTS)).body()).isEqualTo(SUCCESS);
        assertThat(world.received).hasSize(3);
    }

    @Test
    void nothingElseIsRepeatedAndNobodyWaits() throws IOException {
        world.answer = wire -> refused(429, 36009002, "Too many requests.")
                .newBuilder()
                .setHeader("Retry-After", "3600")
                .build();
        assertThat(world.send(world.get(PRODUCTS)).response().code()).isEqualTo(429);
        world.answer = wire -> new MockResponse.Builder().code(503).build();
        assertThat(world.send(world.get(PRODUCTS)).response().code()).isEqualTo(503);
        assertThat(world.received).hasSize(2);
    }
}
