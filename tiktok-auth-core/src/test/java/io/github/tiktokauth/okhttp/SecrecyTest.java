package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.json;
import static io.github.tiktokauth.okhttp.ShopWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tiktokauth.client.TikTokCallException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Cache;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecrecyTest {

    private final ShopWorld world = ShopWorld.start();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private Response talkative(Interceptor.Chain chain) throws IOException {
        note(chain.request());
        Response response = chain.proceed(chain.request());
        note(response);
        return response;
    }

    private void note(Request request) {
        seen.add(request.toString());
        seen.add(request.url().toString());
        seen.add(request.headers().toMultimap().toString());
    }

    private void note(Response response) {
        seen.add(response.toString());
        note(response.request());
        for (Response other : new Response[] {response.networkResponse(), response.priorResponse()}) {
            if (other != null) {
                note(other);
            }
        }
    }

    @Test
    void theHostsInterceptorsAndTheAnswerShowNeitherTokenNorSignature() throws IOException {
        OkHttpClient base = world.base
                .newBuilder()
                .addInterceptor(this::talkative)
                .addNetworkInterceptor(this::talkative)
                .build();
        OkHttpClient client = TikTokShopClient.forUser(world.auth, ShopWorld.USER, base)
                .newBuilder()
                .addInterceptor(this::talkative)
                .build();
        world.answer = wire -> switch (world.received.size()) {
            case 1 ->
                new mockwebserver3.MockResponse.Builder()
                        .code(307)
                        .setHeader("Location", "/another/path")
                        .build();
            case 2 -> ShopWorld.expired();
            default -> json(200, ShopWorld.SUCCESS);
        };
        Response response =
                ShopWorld.send(client, world.post(PRODUCTS, "{}").build()).response();
        note(response);
        assertThat(world.received).hasSize(3);
        assertThat(seen).hasSizeGreaterThan(40);
        for (Wire wire : world.sent()) {
            assertThat(seen).noneMatch(text -> text.contains(wire.token()));
            assertThat(seen).noneMatch(text -> text.contains(wire.query().get("sign")));
        }
        assertThat(seen).noneMatch(text -> text.contains(ShopWorld.APP_SECRET) || text.contains("timestamp="));
    }

    @Test
    void exceptionsHoldNoUrlAndNoToken() {
        world.answer = wire -> refused(400, 101000, "Token access-1 is not of this shop, says " + ShopWorld.APP_KEY);
        Throwable refused = catchThrowable(() -> {
            try (Response response = world.client
                    .newCall(world.get(PRODUCTS + "?q=SECRET").build())
                    .execute()) {
                TikTokShopClient.requireSuccess(response);
            }
        });
        assertThat(refused)
                .isInstanceOfSatisfying(
                        TikTokCallException.class,
                        e -> assertThat(e.tikTokError().orElseThrow().message())
                                .contains("Token *** is not of this shop"))
                .hasMessageContaining("101000")
                .hasMessageNotContaining("not of this shop");
        world.answer = wire -> new mockwebserver3.MockResponse.Builder()
                .code(302)
                .setHeader("Location", "https://SECRET.example/?SECRET")
                .build();
        Throwable redirected = catchThrowable(() -> world.send(world.get(PRODUCTS + "?q=SECRET")));
        assertThat(redirected).isInstanceOf(TikTokCallException.class);
        for (Throwable e : new Throwable[] {refused, redirected}) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).doesNotContain("SECRET", "access-1", "sign=", ShopWorld.APP_SECRET);
        }
    }

    @Test
    void answersAreNeitherCachedNorFoundInACache(@TempDir Path folder) throws IOException {
        try (Cache cache = new Cache(folder.toFile(), 1_000_000)) {
            OkHttpClient caching = TikTokShopClient.forUser(
                    world.auth,
                    ShopWorld.USER,
                    world.base.newBuilder().cache(cache).build());
            world.answer = wire -> json(200, ShopWorld.SUCCESS)
                    .newBuilder()
                    .setHeader("Cache-Control", "public, max-age=3600")
                    .build();
            // Same second, no cipher: for two users the whole URL would be the same.
            Request shops = world.get("/authorization/202309/shops").build();
            ShopWorld.send(caching, shops);
            ShopWorld.send(caching, shops);
            assertThat(world.received).hasSize(2);
            assertThat(cache.writeSuccessCount()).isZero();
            assertThat(cache.hitCount()).isZero();
        }
    }
}
