package io.github.tiktokauth.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.RandomCases;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AnyParametersPropertiesTest {

    private final ShopWorld world = ShopWorld.start();

    /** A connection for each case: on one that is used again the server's second packet waits 40 ms for an acknowledgement. */
    private final OkHttpClient client = TikTokShopClient.forUser(
            world.auth,
            ShopWorld.USER,
            world.base
                    .newBuilder()
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .build());

    @AfterEach
    void close() {
        world.close();
    }

    private static final Set<String> RESERVED = Set.of("app_key", "timestamp", "sign", "access_token");

    private static String name(RandomCases any) {
        String name = any.isHeads() ? any.text(10) : any.oneOf("Sign", "shop_cipher", "page_size", "a", "A", "_");
        return RESERVED.contains(name) ? "a" : name;
    }

    private static String segment(RandomCases any) {
        return any.isHeads() ? any.text(10) : any.oneOf("", ".", "..", "product", "%2F", "a b");
    }

    @Test
    void whateverIsSentIsSignedAndMeansTheSame() {
        RandomCases.run(2_000, any -> {
            HttpUrl.Builder url = world.url("/").newBuilder();
            for (long segments = any.number(0, 6); segments > 0; segments--) {
                url.addPathSegment(segment(any));
            }
            Map<String, String> query = any.map(6, () -> name(any), () -> any.text(10));
            query.forEach(url::addQueryParameter);
            assertSentAsItIs(url.build(), query, any.bytes(0, 200));
        });
    }

    private void assertSentAsItIs(HttpUrl target, Map<String, String> query, byte[] body) throws IOException {
        world.received.clear();
        ShopWorld.send(
                client,
                new Request.Builder()
                        .url(target)
                        .post(RequestBody.create(body, MediaType.get("application/json")))
                        .build());
        Wire wire = world.onlyOne();
        wire.assertSigned();
        assertThat(wire.path()).isEqualTo(target.encodedPath());
        assertThat(wire.query()).containsAllEntriesOf(query);
        assertThat(wire.body()).isEqualTo(body);
    }
}
