package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.tiktokauth.CallFailure.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call is one request, to TikTok and nobody else: it may spend a one-time token. */
class OneRequestTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer elsewhere = new MockWebServer();

    private HttpTikTokApi api;

    @BeforeEach
    void open() {
        api = HttpWorld.api(server);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void redirectsAreRefusedAndTheSecretGoesNowhereElse(int status) {
        for (String location : List.of(elsewhere.url("/steal").toString(), "/api/v2/token/elsewhere")) {
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .addHeader("Location", location)
                    .build());
            assertThat(HttpWorld.failure(() -> api.refresh("r")).stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        }
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", elsewhere.url("/steal"))
                .build());
        assertThat(HttpWorld.failure(() -> api.exchange("c")).stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(elsewhere.getRequestCount()).isZero();
    }

    static List<MockResponse> temptations() {
        MockResponse.Builder html = new MockResponse.Builder().body("<html>");
        return List.of(
                html.clone().code(503).addHeader("Retry-After", "0").build(),
                html.clone().code(408).build(),
                html.clone().code(408).addHeader("Retry-After", "0").build(),
                html.clone().code(421).build(),
                html.clone().code(429).addHeader("Retry-After", "0").build(),
                html.clone()
                        .code(401)
                        .addHeader("WWW-Authenticate", "Basic realm=x")
                        .build(),
                html.clone()
                        .code(407)
                        .addHeader("Proxy-Authenticate", "Basic realm=x")
                        .build(),
                html.clone().onRequestStart(new SocketEffect.CloseSocket()).build(),
                html.clone().onResponseStart(new SocketEffect.CloseSocket()).build(),
                html.clone()
                        .body("x".repeat(1000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build(),
                html.clone()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("temptations")
    void nothingMakesTheHttpClientSendAgain(MockResponse temptation) {
        for (int i = 0; i < 3; i++) {
            server.enqueue(temptation);
        }
        assertThat(HttpWorld.failure(() -> api.refresh("r")).stage()).isEqualTo(Stage.OUTCOME_UNKNOWN);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    /** A kept connection that the server closed meanwhile is noticed only after sending: an outcome unknown for nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatTheServerClosedBetweenTwoCallsLosesNoAnswer(boolean politely) throws Exception {
        MockResponse.Builder last = HttpWorld.tokens().newBuilder();
        server.enqueue(
                politely
                        ? last.onResponseEnd(new SocketEffect.CloseSocket(false, false, true))
                                .build()
                        : last.onResponseEnd(new SocketEffect.CloseSocket()).build());
        server.enqueue(HttpWorld.tokens());
        api.refresh("first");
        api.refresh("second");
        assertThat(HttpWorld.received(server))
                .extracting(RecordedRequest::getConnectionIndex)
                .containsExactly(0, 1);
    }

    @Test
    void noCallWaitsForTheEndOfAnother() {
        int calls = 300;
        CountDownLatch arrived = new CountDownLatch(calls);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                arrived.countDown();
                arrived.await(60, TimeUnit.SECONDS);
                return HttpWorld.tokens();
            }
        });
        ExecutorService callers = Executors.newFixedThreadPool(calls, DaemonThreads.named("caller"));
        try (HttpTikTokApi patient = HttpWorld.api(server, null, Duration.ofSeconds(50))) {
            List<Future<TokenResponse>> responses = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                responses.add(callers.submit(() -> patient.refresh("r")));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(40), () -> {
                for (Future<TokenResponse> response : responses) {
                    assertThat(response.get().accessToken()).isEqualTo("ROW_access");
                }
            });
        } finally {
            callers.shutdownNow();
        }
    }
}
