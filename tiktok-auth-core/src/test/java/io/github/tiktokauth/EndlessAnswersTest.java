package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.CallFailure.Stage;
import io.github.tiktokauth.EndlessBody.Framing;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GatewayResponses of token calls that do not end, or that are compressed although nobody asked for that. */
class EndlessAnswersTest {

    private static final int LIMIT = 256 * 1024;
    private static final String GOOD = "{\"code\":0,\"data\":{" + HttpWorld.TOKENS + "}}";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private HttpTikTokApi api;

    @BeforeEach
    void open() {
        api = HttpWorld.api(server, null, Duration.ofMinutes(2));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static void assertUnreadable(CallFailure failure) {
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(failure.text()).contains("HTTP 200").contains("not the JSON it should be");
        assertThat(failure.error()).isNull();
    }

    private static void assertGivenUp(EndlessBody body) throws InterruptedException {
        assertThat(body.isGivenUp()).as("the connection was closed").isTrue();
        assertThat(body.taken()).as("bytes that were taken").isLessThan(EndlessBody.MOST_TAKEN);
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessAnswerIsGivenUpAtTheLimit(EndlessBody.Kind kind) throws Exception {
        for (Framing framing : Framing.values()) {
            EndlessBody body = kind.body(framing);
            server.enqueue(body.answer(200));
            CallFailure failure = HttpWorld.failure(() -> api.refresh("the-refresh-token"));
            assertGivenUp(body);
            assertUnreadable(failure);
        }
        assertThat(server.getRequestCount()).isEqualTo(Framing.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void anExchangeAndAListOfShopsAreGivenUpToo(EndlessBody.Kind kind) throws Exception {
        EndlessBody exchange = kind.body(Framing.CLOSE);
        server.enqueue(exchange.answer(200));
        assertUnreadable(HttpWorld.failure(() -> api.exchange("the-code")));
        assertGivenUp(exchange);
        List<EndlessBody> lists = List.of(kind.body(Framing.CLOSE), kind.body(Framing.CLOSE));
        lists.forEach(body -> server.enqueue(body.answer(200)));
        assertUnreadable(HttpWorld.failure(() -> api.shops("the-access-token")));
        for (EndlessBody body : lists) {
            assertGivenUp(body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessAnswerOverHttp2IsGivenUpAtTheLimit(EndlessBody.Kind kind) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build();
        OkHttpClient hosts = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .build();
        EndlessBody body = kind.body(Framing.CLOSE);
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(trust.sslSocketFactory());
            secure.enqueue(body.answer(200));
            secure.start();
            try (HttpTikTokApi overTls = HttpWorld.api(secure, hosts, Duration.ofMinutes(2))) {
                assertUnreadable(HttpWorld.failure(() -> overTls.refresh("the-refresh-token")));
            }
            assertGivenUp(body);
            assertThat(secure.takeRequest().getVersion()).isEqualTo("HTTP/2");
        }
    }

    private static MockResponse.Builder compressed(byte[] body) {
        return new MockResponse.Builder().setHeader("Content-Encoding", "gzip").body(new Buffer().write(body));
    }

    private void assertUnreadable(MockResponse.Builder answer) {
        server.enqueue(answer.build());
        assertUnreadable(HttpWorld.failure(() -> api.refresh("the-refresh-token")));
    }

    private void assertReadable(MockResponse.Builder answer) throws CallFailure {
        server.enqueue(answer.build());
        assertThat(api.refresh("the-refresh-token").accessToken()).isEqualTo("ROW_access");
    }

    @Test
    void nobodyAsksForACompressedAnswer() throws Exception {
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.tokens());
        server.enqueue(HttpWorld.json(HttpWorld.SHOPS).build());
        api.exchange("c");
        api.refresh("r");
        api.shops("t");
        assertThat(HttpWorld.received(server))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.getHeaders().values("Accept-Encoding"))
                        .containsExactly("identity"));
    }

    @Test
    void aCompressedAnswerThatComesAnywayIsRead() throws Exception {
        assertReadable(compressed(EndlessBody.gzip(GOOD)));
        assertReadable(compressed(EndlessBody.gzip(GOOD)).setHeader("Content-Encoding", "GZIP"));
        assertReadable(HttpWorld.json(GOOD).setHeader("Content-Encoding", "identity"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "compress", "gzip, gzip", "utf-8"})
    void anotherEncodingIsUnreadable(String encoding) {
        assertUnreadable(HttpWorld.json(GOOD).setHeader("Content-Encoding", encoding));
    }

    @Test
    void theLimitCountsWhatIsSentAndWhatItUnfoldsTo() throws Exception {
        String blanks = " ".repeat(LIMIT - GOOD.length());
        assertReadable(HttpWorld.json(blanks + GOOD));
        assertUnreadable(HttpWorld.json(blanks + " " + GOOD));
        assertReadable(compressed(EndlessBody.gzip(blanks + GOOD)));
        assertUnreadable(compressed(EndlessBody.gzip(blanks + " " + GOOD)));
        int rest = EndlessBody.gzipNamed(0, GOOD).length;
        assertReadable(compressed(EndlessBody.gzipNamed(LIMIT - rest, GOOD)));
        assertUnreadable(compressed(EndlessBody.gzipNamed(LIMIT - rest + 1, GOOD)));
        assertReadable(compressed(EndlessBody.gzipBehindEmptyBlocks(50_000, GOOD)));
        assertUnreadable(compressed(EndlessBody.gzipBehindEmptyBlocks(60_000, GOOD)));
    }

    @Test
    void anAnswerTooLongStillSaysWhenToComeBack() {
        for (Framing framing : Framing.values()) {
            server.enqueue(EndlessBody.Kind.NAME
                    .body(framing)
                    .answer(503)
                    .newBuilder()
                    .setHeader("Retry-After", "17")
                    .build());
            CallFailure failure = HttpWorld.failure(() -> api.refresh("r"));
            assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
            assertThat(failure.text()).contains("HTTP 503");
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(17));
        }
    }
}
