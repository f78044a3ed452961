package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.CallFailure.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TikTok answers, or what stands between it and us, that is no token. */
class BadAnswersTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    private HttpTikTokApi api;

    @BeforeEach
    void open() {
        api = HttpWorld.api(server);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private CallFailure exchange(MockResponse answer) {
        server.enqueue(answer);
        return HttpWorld.failure(() -> api.exchange("the-code"));
    }

    private CallFailure refresh(MockResponse answer) {
        server.enqueue(answer);
        return HttpWorld.failure(() -> api.refresh("the-refresh-token"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 429, 500})
    void aCodeOtherThan0IsARefusalWhateverTheHttpStatus(int status) {
        CallFailure failure = exchange(HttpWorld.error(status, 36004004, "auth code is invalid"));
        assertThat(failure.stage()).isEqualTo(Stage.REFUSED);
        assertThat(failure.error()).isEqualTo(new TikTokError(status, 36004004, "auth code is invalid", "r2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "\"\"", "0", "[{}]"})
    void aSuccessWithoutDataIsNoToken(String data) {
        assertThat(exchange(HttpWorld.data(data)).stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(refresh(HttpWorld.data(data)).stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}"})
    void anErrorIsReadWhateverItsDataIs(String data) {
        CallFailure failure = exchange(
                HttpWorld.json("{\"code\":36004004,\"data\":" + data + "}").build());
        assertThat(failure.error()).isEqualTo(new TikTokError(200, 36004004, "", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><body>Bad Gateway</body></html>",
                "404 page not found",
                "null",
                "[]",
                "[{\"code\":0}]",
                "\"code\"",
                "17",
                "{",
                "{}",
                "{\"data\":{}}",
                "{\"code\":null}",
                "{\"code\":\"0\"}",
                "{\"code\":0.5}",
                "{\"code\":18446744073709551616}",
                "\u0000\u0001"
            })
    void aBodyThatIsNotTheJsonItShouldBeIsATransportFailure(String body) {
        for (int status : new int[] {200, 302, 404, 502}) {
            CallFailure failure =
                    refresh(new MockResponse.Builder().code(status).body(body).build());
            assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
            assertThat(failure.error()).isNull();
        }
    }

    @Test
    void jsonNestedWithoutEndIsATransportFailure() {
        assertThat(refresh(HttpWorld.json("{\"code\":0,\"data\":" + "[".repeat(100_000))
                                .build())
                        .stage())
                .isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "access_token,-",
                "access_token,null",
                "access_token,''",
                "access_token,'\"\"'",
                "access_token,'\"  \"'",
                "access_token,17",
                "refresh_token,-",
                "refresh_token,null",
                "refresh_token,'\"\"'"
            })
    void anExchangeWithoutOneOfItsTokensIsMalformed(String field, String value) {
        CallFailure failure = exchange(HttpWorld.tokensWith(field, "".equals(value) ? "[]" : value));
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(failure.text()).doesNotContain("ROW_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "604800",
                "0",
                "-1",
                "999999999",
                "253402300800",
                "9223372036854775807",
                "9223372036854775808",
                "1e9",
                "1791309162.5",
                "\"soon\"",
                "true",
                "[]"
            })
    void aDurationIsNotTakenForAnInstantNorAnyOtherNonsense(String value) throws Exception {
        for (int i = 0; i < 2; i++) {
            server.enqueue(HttpWorld.tokensWith("access_token_expire_in", value));
            server.enqueue(HttpWorld.tokensWith("refresh_token_expire_in", value));
        }
        for (TokenResponse response :
                List.of(api.exchange("c"), api.exchange("c"), api.refresh("r"), api.refresh("r"))) {
            assertThat(response.accessTokenExpiresAt() == null).isNotEqualTo(response.refreshTokenExpiresAt() == null);
            assertThat(response.accessToken()).isEqualTo("ROW_access");
            assertThat(response.refreshToken()).isEqualTo("ROW_refresh");
        }
    }

    /** The HTTP client's exception would quote it when the shops are asked for, here and in the host's own calls. */
    @ParameterizedTest
    @ValueSource(strings = {"ROW_\\nmarked", "ROW_märked", "ROW_ marked", "\\u0000marked", "marked\\ud800"})
    void anAccessTokenThatFitsIntoNoHeaderIsMalformed(String token) {
        CallFailure failure = exchange(HttpWorld.tokensWith("access_token", '"' + token + '"'));
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(failure.text()).doesNotContain("marked", "märked");
    }

    @Test
    void anOversizedAnswerIsNotReadToItsEnd() {
        CallFailure failure = refresh(HttpWorld.json("{\"code\":0,\"data\":\"" + "x".repeat(300_000) + "\"}")
                .build());
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @Test
    void anEndlessAnswerWithoutALengthIsCutOff() {
        assertThat(refresh(HttpWorld.json("")
                                .chunkedBody("{\"code\":0,\"x\":\"" + "x".repeat(2_000_000), 8192)
                                .build())
                        .stage())
                .isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @Test
    void theCapCountsWhatAGzipBombUnfoldsTo() throws Exception {
        Buffer bomb = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(bomb))) {
            sink.writeUtf8("{\"code\":0,\"x\":\"");
            for (int i = 0; i < 200; i++) {
                sink.writeUtf8("x".repeat(100_000));
            }
            sink.writeUtf8("\",\"data\":{" + HttpWorld.TOKENS + "}}");
        }
        assertThat(bomb.size()).as("small on the wire").isLessThan(40_000);
        CallFailure failure = refresh(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(bomb)
                .build());
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @Test
    void gzipThatIsNoneIsATransportFailure() {
        CallFailure failure = refresh(
                HttpWorld.json("plain").addHeader("Content-Encoding", "gzip").build());
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
    }

    @Test
    void aServerThatStallsOrTricklesRunsIntoTheTimeOutAndTheOutcomeIsUnknown() throws Exception {
        // Or loading the HTTP client counts as part of the first call.
        server.enqueue(HttpWorld.tokens());
        api.refresh("r");
        try (HttpTikTokApi hasty = HttpWorld.api(server, null, Duration.ofMillis(300))) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            assertUnanswered(HttpWorld.failure(() -> hasty.refresh("r")));
            server.enqueue(HttpWorld.tokens()
                    .newBuilder()
                    .onResponseBody(SocketEffect.Stall.INSTANCE)
                    .build());
            assertUnanswered(HttpWorld.failure(() -> hasty.refresh("r")));
            server.enqueue(HttpWorld.tokens()
                    .newBuilder()
                    .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                    .build());
            assertUnanswered(HttpWorld.failure(() -> hasty.refresh("r")));
        }
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    private static void assertUnanswered(CallFailure failure) {
        assertThat(failure.stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(failure.mayStillBeAnswered()).isTrue();
    }

    /** There is an answer, whatever it says: nothing else will come. */
    @Test
    void onlyWhatHasNoAnswerMayStillBeAnswered() {
        assertThat(refresh(HttpWorld.json("{").build()).mayStillBeAnswered()).isFalse();
        assertThat(refresh(HttpWorld.error(200, 36004005, "no")).mayStillBeAnswered())
                .isFalse();
        assertUnanswered(refresh(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build()));
        server.close();
        assertThat(HttpWorld.failure(() -> api.refresh("r")).mayStillBeAnswered())
                .isFalse();
    }

    @Test
    void aRequestThatLeftNobodyWasNotSent() {
        server.close();
        assertThat(HttpWorld.failure(() -> api.refresh("r")).stage()).isEqualTo(Stage.NOT_SENT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "17,PT17S",
                "' 17 ',PT17S",
                "0,PT0S",
                "999999999,PT24H",
                "9999999999999999999,-",
                "-5,-",
                "soon,-",
                "'Wed, 21 Oct 2026 07:28:00 GMT',-"
            })
    void retryAfterIsReadAndAHostileOneIsNotBelieved(String header, Duration expected) {
        CallFailure garbage = refresh(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", header)
                .body("<html>")
                .build());
        assertThat(garbage.retryAfter()).isEqualTo(expected);
        CallFailure refusal = refresh(HttpWorld.error(429, 36009002, "too many")
                .newBuilder()
                .addHeader("Retry-After", header)
                .build());
        assertThat(refusal.retryAfter()).isEqualTo(expected);
    }

    @Test
    void aRetryAfterDateCountsFromTheDateOfTheAnswer() {
        CallFailure failure = refresh(new MockResponse.Builder()
                .code(503)
                .setHeader("Date", "Tue, 01 Dec 2026 10:15:00 GMT")
                .addHeader("Retry-After", "Tue, 01 Dec 2026 10:16:30 GMT")
                .body("<html>")
                .build());
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aMessageThatQuotesASecretIsScrubbedAlsoAsItTravels() {
        String secret = "ROW_a+b/c=d";
        String message = "bad url ?app_secret=" + HttpWorld.APP_SECRET + "&refresh_token=" + secret
                + "&refresh_token=ROW_a%2Bb%2Fc%3Dd";
        server.enqueue(HttpWorld.error(200, 98001004, message));
        CallFailure failure = HttpWorld.failure(() -> api.refresh(secret));
        assertThat(failure.text() + failure.error())
                .contains("bad url")
                .doesNotContain(HttpWorld.APP_SECRET, secret, "ROW_a", "b%2Fc");
    }

    @Test
    void aSecretThatBeginsWithAnotherIsScrubbedWhole() {
        server.enqueue(HttpWorld.error(200, 1, "got " + HttpWorld.APP_SECRET + "-and-more"));
        CallFailure failure = HttpWorld.failure(() -> api.refresh(HttpWorld.APP_SECRET + "-and-more"));
        assertThat(failure.text()).doesNotContain("and-more");
    }

    @Test
    void aMessageCanForgeNoLogLineAndIsCutShort() {
        CallFailure failure = refresh(
                HttpWorld.error(200, 1, "a\\nb\\r\\u0000\\u001b[31m\\u0085\\u2028\\ud800" + "long ".repeat(200)));
        assertThat(failure.error().message()).hasSize(200).matches("[a-z0-9 \\[]+");
        assertThat(failure.error().message()).startsWith("a b");
    }

    @Test
    void theRequestIdIsCutAndScrubbedToo() {
        server.enqueue(HttpWorld.json("{\"code\":1,\"request_id\":\"the-refresh-token" + "x".repeat(300) + "\"}")
                .build());
        CallFailure failure = HttpWorld.failure(() -> api.refresh("the-refresh-token"));
        assertThat(failure.error().requestId()).hasSize(128).doesNotContain("the-refresh-token");
    }

    @Test
    void afterClosingNothingIsSent() {
        api.close();
        assertThat(HttpWorld.failure(() -> api.refresh("r")).stage()).isEqualTo(Stage.NOT_SENT);
        assertThat(server.getRequestCount()).isZero();
    }
}
