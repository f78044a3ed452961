package io.github.tiktokauth.okhttp;

import static io.github.tiktokauth.okhttp.ShopWorld.PRODUCTS;
import static io.github.tiktokauth.okhttp.ShopWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireSuccessTest {

    private final ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    private TikTokCallException failing() {
        return catchThrowableOfType(TikTokCallException.class, () -> {
            try (Response response =
                    world.client.newCall(world.get(PRODUCTS).build()).execute()) {
                TikTokShopClient.requireSuccess(response);
            }
        });
    }

    @Test
    void aSuccessIsLeftToBeRead() throws IOException {
        try (Response response =
                world.client.newCall(world.get(PRODUCTS).build()).execute()) {
            assertThat(TikTokShopClient.requireSuccess(response)).isSameAs(response);
            assertThat(response.body().string()).isEqualTo(ShopWorld.SUCCESS);
        }
    }

    @Test
    void aRateLimitTellsHowLongToWait() {
        world.answer = wire -> refused(429, 36009002, "Too many requests.")
                .newBuilder()
                .setHeader("Retry-After", "17")
                .build();
        TikTokCallException e = failing();
        assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(e.tikTokError())
                .hasValueSatisfying(error -> assertThat(error.requestId()).isEqualTo("R36009002"));
        assertThat(world.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 105001, x, TOKEN_REFUSED",
        "400, 36009004, timestamp, CLOCK",
        "200, 36009002, x, RATE_LIMITED",
        "500, 36009003, x, UNAVAILABLE",
        "400, 36009033, x, CONFIGURATION",
        "401, 105005, x, REFUSED"
    })
    void eachRefusalHasItsKindCodeAndRequestId(int status, int code, String message, Kind kind) {
        world.answer = wire -> refused(status, code, message);
        TikTokCallException e = failing();
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageContaining("code " + code).hasMessageContaining("R" + code);
        assertThat(e.tikTokError())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void whatIsNotJsonIsUnavailable() {
        world.answer = wire -> ShopWorld.json(502, "<html>Bad gateway</html>");
        assertThat(failing().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aRefusedAnswerHoldsNoConnection() {
        world.answer = wire -> refused(401, 105005, "x");
        failing();
        assertThat(world.base.connectionPool().idleConnectionCount())
                .isEqualTo(world.base.connectionPool().connectionCount());
    }
}
