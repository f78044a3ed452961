package io.github.tiktokauth.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

@net.jqwik.api.Tag("slow")
class AnyParametersPropertiesTest {

    private static ShopWorld world;

    @BeforeContainer
    static void start() {
        world = ShopWorld.start();
    }

    @AfterContainer
    static void close() {
        world.close();
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.integers()
                                .between(0, Character.MAX_CODE_POINT)
                                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE),
                        Arbitraries.of('+', '/', '=', '&', '%', '?', '#', ' ', ';', '\'', '"', '~', '*')
                                .map(c -> (int) c))
                .list()
                .ofMaxSize(10)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Provide
    Arbitrary<String> name() {
        return Arbitraries.oneOf(text(), Arbitraries.of("Sign", "shop_cipher", "page_size", "a", "A", "_"))
                .filter(name -> !Attempt.OURS.contains(name));
    }

    @Provide
    Arbitrary<String> segment() {
        return Arbitraries.oneOf(text(), Arbitraries.of("", "", ".", "..", "product", "%2F", "a b"));
    }

    @Property(tries = 300)
    void whateverIsSentIsSignedAndMeansTheSame(
            @ForAll @Size(max = 6) List<@From("segment") String> path,
            @ForAll @Size(max = 6) Map<@From("name") String, @From("text") String> query,
            @ForAll @Size(max = 200) byte[] body)
            throws IOException {
        HttpUrl.Builder url = world.url("/").newBuilder();
        path.forEach(url::addPathSegment);
        query.forEach(url::addQueryParameter);
        HttpUrl target = url.build();
        world.received.clear();
        ShopWorld.send(
                world.client,
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
