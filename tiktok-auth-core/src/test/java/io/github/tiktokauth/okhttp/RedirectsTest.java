package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.SUCCESS;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp drops only its own Authorization header when a redirect leads to another host, not TikTok's. */
class RedirectsTest {

    private static MockResponse redirect(int status, String location) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Location", location)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectToAnotherHostIsRefusedAndNothingReachesIt(int status) throws IOException {
        try (ShopWorld world = ShopWorld.start();
                MockWebServer other = new MockWebServer()) {
            ShopWorld.serve(other, request -> json(200, SUCCESS));
            world.answer = wire -> redirect(status, "http://localhost:" + other.getPort() + PRODUCTS);
            assertRefused(world, world.post(PRODUCTS, "{}"));
            assertThat(other.getRequestCount()).isZero();
        }
    }

    private static void assertRefused(ShopWorld world, Request.Builder request) {
        TikTokCallException e = catchThrowableOfType(TikTokCallException.class, () -> world.send(request));
        assertThat(e).isNotNull();
        assertThat(e.kind()).isEqualTo(Kind.REDIRECT_REFUSED);
        assertThat(world.received).hasSize(1);
    }

    @Test
    void aDowngradeToHttpIsRefused() {
        try (ShopWorld world = ShopWorld.overTls()) {
            world.answer = wire -> redirect(302, "http://localhost:" + world.gateway.getPort() + PRODUCTS);
            assertRefused(world, world.get(PRODUCTS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/elsewhere", "../../../../elsewhere", "/proxy/ttsx/a", "//localhost/proxy/tts/a"})
    void aRedirectOutOfTheBasePathIsRefused(String location) {
        try (ShopWorld world = new ShopWorld(new ShopWorld.Setting("/proxy/tts", false, true))) {
            world.answer = wire -> redirect(307, location);
            assertRefused(world, world.get(PRODUCTS));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307})
    void aRedirectWithinTheGatewayIsSignedForItsNewPath(int status) throws IOException {
        try (ShopWorld world = ShopWorld.start()) {
            world.answer = wire -> world.received.size() == 1
                    ? redirect(status, "/product/202502/products/search?" + target(world))
                    : json(200, SUCCESS);
            assertThat(world.send(world.post(PRODUCTS + "?page_size=10", "{}")).body())
                    .isEqualTo(SUCCESS);
            assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
            Wire second = world.sent().get(1);
            assertThat(second.path()).isEqualTo("/product/202502/products/search");
            assertThat(second.method()).isEqualTo(status == 302 ? "GET" : "POST");
            assertThat(second.query()).containsEntry("page_size", "10").containsEntry("shop_cipher", ShopWorld.CIPHER);
        }
    }

    /** As servers do: the query of the first request, signature and all. */
    private static String target(ShopWorld world) {
        String target = world.received.get(0).getTarget();
        return target.substring(target.indexOf('?') + 1);
    }

    @Test
    void whoFollowsNoRedirectsSeesThem() throws IOException {
        try (ShopWorld world = ShopWorld.start()) {
            OkHttpClient still = TikTokShopClient.forUser(
                    world.auth,
                    ShopWorld.USER,
                    world.base.newBuilder().followRedirects(false).build());
            world.answer = wire -> redirect(302, "https://elsewhere.example/");
            assertThat(ShopWorld.send(still, world.get(PRODUCTS).build())
                            .response()
                            .code())
                    .isEqualTo(302);
        }
    }

    @Test
    void whoStartsToFollowRedirectsLaterIsStoppedBeforeAnythingIsSent() throws IOException {
        try (ShopWorld world = ShopWorld.start();
                MockWebServer other = new MockWebServer()) {
            ShopWorld.serve(other, request -> json(200, SUCCESS));
            OkHttpClient still = TikTokShopClient.forUser(
                    world.auth,
                    ShopWorld.USER,
                    world.base.newBuilder().followRedirects(false).build());
            world.answer = wire -> redirect(307, "http://localhost:" + other.getPort() + PRODUCTS);
            TikTokCallException e = catchThrowableOfType(
                    TikTokCallException.class,
                    () -> ShopWorld.send(
                            still.newBuilder().followRedirects(true).build(),
                            world.get(PRODUCTS).build()));
            assertThat(e.kind()).isEqualTo(Kind.REDIRECT_REFUSED);
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void anotherHostsRedirectToTheGatewayIsNotSigned() throws IOException {
        try (ShopWorld world = ShopWorld.start();
                MockWebServer other = new MockWebServer()) {
            ShopWorld.serve(
                    other,
                    request -> redirect(307, world.url("/product/1/delete").toString()));
            Request request = new Request.Builder()
                    .url("http://localhost:" + other.getPort() + "/")
                    .build();
            ShopWorld.send(world.client, request);
            world.onlyOne().assertBare();
        }
    }

    @Test
    void aRequestTakenFromAnAnswerGoesElsewhereWithoutAnythingOfOurs() throws IOException {
        try (ShopWorld world = ShopWorld.start();
                MockWebServer other = new MockWebServer()) {
            ShopWorld.serve(other, request -> json(200, SUCCESS));
            Request used = world.send(world.get(PRODUCTS)).response().request();
            ShopWorld.send(
                    world.client,
                    used.newBuilder()
                            .url("http://localhost:" + other.getPort() + PRODUCTS)
                            .build());
            assertThat(other.getRequestCount()).isEqualTo(1);
            world.send(used.newBuilder());
            assertThat(world.sent()).hasSize(2).allSatisfy(Wire::assertSigned);
        }
    }
}
