package io.github.tiktokauth.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.signing.SignedRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed calls as plain values, sent by the JDK's client. */
class JdkClientTest {

    private static final String JSON = "application/json";

    private ShopWorld world = ShopWorld.start();

    @AfterEach
    void close() {
        world.close();
    }

    private Wire sent(String path, Map<String, String> query, String type, String body)
            throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        AccessToken token = world.auth.getValidAccessToken(ShopWorld.USER);
        SignedRequest signed = world.auth.signedCalls().sign(token, path, query, type, bytes);
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.uri()).POST(BodyPublishers.ofByteArray(bytes));
        signed.headers().forEach(request::header);
        HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.discarding());
        return world.onlyOne();
    }

    @Test
    void aCallIsSignedAsItIsSent() throws Exception {
        Map<String, String> query =
                Map.of("q", "+ / = & % ü 😀", "empty", "", "\uFF5E", "1", "\uD83D\uDE00", "2", "shop_cipher", "c");
        Wire wire = sent("/product/202309/a//b%20c/%C3%BC", query, JSON, "{\"a\":\"✓\"}");
        wire.assertSigned();
        assertThat(wire.path()).isEqualTo("/product/202309/a//b%20c/%C3%BC");
        assertThat(wire.query()).containsAllEntriesOf(query).hasSize(query.size() + 3);
        assertThat(wire.stampedAt().getEpochSecond()).isEqualTo(world.now().getEpochSecond());
        assertThat(wire.header("content-type")).isEqualTo(JSON);
    }

    @Test
    void aFormsBodyIsNotSigned() throws Exception {
        sent("/product/202309/images/upload", Map.of(), "multipart/form-data; boundary=b", "--b--")
                .assertSigned();
    }

    @Test
    void theBasePathIsSignedToo() throws Exception {
        world.close();
        world = new ShopWorld(new ShopWorld.Setting("/proxy/tts", false, true));
        Wire wire = sent("/a", Map.of(), JSON, "");
        wire.assertSigned();
        assertThat(wire.path()).isEqualTo("/proxy/tts/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "https://elsewhere.example/a", "/a?b=c", "/a#b", "/a b", "/a%zz", "/ü", "/a|b"})
    void whatIsNoPathIsRefusedWithoutQuotingTheQuery(String path) {
        AccessToken token = world.auth.getValidAccessToken(ShopWorld.USER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.auth.signedCalls().sign(token, path, Map.of("q", "SECRET"), JSON, new byte[0]))
                .withMessageNotContaining("SECRET")
                .withMessageNotContaining("sign=");
    }

    @Test
    void toStringShowsNeitherTokenNorQuery() {
        AccessToken token = world.auth.getValidAccessToken(ShopWorld.USER);
        SignedRequest signed = world.auth.signedCalls().sign(token, "/a", Map.of("q", "SECRET"), JSON, new byte[0]);
        assertThat(signed.toString())
                .isEqualTo("SignedRequest[localhost:" + world.gateway.getPort() + "/a]")
                .doesNotContain("SECRET", token.value());
    }
}
