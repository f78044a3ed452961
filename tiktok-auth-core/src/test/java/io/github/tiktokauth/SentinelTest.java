package io.github.tiktokauth;

import static io.github.tiktokauth.TestHost.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The whole life of a connection over real HTTP, with every kind of failure, against a TikTok that quotes all it is sent. Every
 * secret is marked; no log line at any level, no exception, event or {@code toString} may hold a mark.
 */
class SentinelTest {

    private static final String MARK = "mArK";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> states = new ArrayList<>();
    private final AtomicInteger serial = new AtomicInteger();
    private volatile String next = "ok";

    private final class Quoting extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String quoted = request.getUrl() + " "
                    + request.getUrl().queryParameterNames().stream()
                            .map(request.getUrl()::queryParameter)
                            .toList() + " " + request.getHeaders().get("x-tts-access-token");
            String how = next;
            next = "ok";
            return switch (how) {
                case "ok" ->
                    request.getUrl().encodedPath().endsWith("/shops")
                            ? HttpWorld.json(HttpWorld.SHOPS).build()
                            : HttpWorld.data("{" + tokens() + "}");
                case "html" ->
                    new MockResponse.Builder().code(502).body("<html>" + quoted).build();
                case "redirect" ->
                    new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", "/?" + quoted.replaceAll("[^A-Za-z0-9]", ""))
                            .build();
                case "lost" ->
                    new MockResponse.Builder()
                            .onResponseStart(new SocketEffect.CloseSocket())
                            .build();
                case "unfit" -> HttpWorld.data("{" + tokens().replace(MARK + "-access", MARK + "\\u0007-access") + "}");
                case "unfit-expiry" -> HttpWorld.data("{" + tokens().replace("2791309162", "\"" + MARK + "\"") + "}");
                default -> HttpWorld.error(503, Long.parseLong(how), quoted.replace("\"", "'"));
            };
        }

        private String tokens() {
            int number = serial.incrementAndGet();
            return HttpWorld.TOKENS
                    .replace("ROW_access", MARK + "-access-" + number)
                    .replace("ROW_refresh", MARK + "-refresh+/=" + number)
                    .replace("1791309162", "2791309162");
        }
    }

    private void print(Object value) {
        printed.add(String.valueOf(value));
    }

    private <T> T print(Callable<T> call) throws Exception {
        try {
            T value = call.call();
            print(value);
            return value;
        } catch (TikTokAuthException | IllegalArgumentException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            print(trace);
            if (e instanceof TikTokAuthException ours) {
                print(ours.tikTokError());
            }
            return null;
        }
    }

    private final Handler javaLogging = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            print(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void noSecretIsEverPrinted() throws Exception {
        LoggerFactory.getLogger(TikTokAuth.class).warn("a line that proves the log is the one that is searched");
        TestLog log = new TestLog();
        Logger okhttp = Logger.getLogger("okhttp3");
        okhttp.setLevel(Level.ALL);
        okhttp.addHandler(javaLogging);
        try {
            live();
        } finally {
            okhttp.removeHandler(javaLogging);
            okhttp.setLevel(null);
        }
        print(log.text());
        assertThat(printed).anyMatch(text -> text.contains("token refreshed"));
        assertThat(printed).anyMatch(text -> text.contains("must authorize again"));
        assertThat(printed).anyMatch(text -> text.contains("kept in memory"));
        assertThat(printed).anyMatch(text -> text.contains("app_secret=***"));
        assertThat(printed)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(MARK, HttpWorld.KEYS.substring(2))
                        .doesNotContain(states));
    }

    private void live() throws Exception {
        server.setDispatcher(new Quoting());
        Map<String, String> settings = new HashMap<>(HttpWorld.settings(server));
        settings.put("TIKTOK_CLIENT_SECRET", MARK + "/app+secret=");
        ManualTime time = new ManualTime();
        InMemoryTokenStore rows = new InMemoryTokenStore(time.wall());
        ProbedStore store = new ProbedStore(rows);
        TikTokConfig config = TikTokConfig.fromMap(settings);
        try (TikTokAuth auth = TikTokAuth.builder(config)
                .tokenStore(store.store)
                .stateStore(new InMemoryStateStore(time.wall()))
                .refreshExecutor(Runnable::run)
                .listener(this::print)
                .time(time)
                .build()) {
            print(config);
            print(auth);
            print(auth.signedCalls());
            print(auth.signedCalls().signer());
            badCallbacks(auth);
            claims(auth, time);
            callback(auth);
            for (String how :
                    List.of("html", "redirect", "lost", "unfit", "unfit-expiry", "36009003", "98001004", "7")) {
                next = how;
                print(() -> auth.refresh(USER));
                time.advance(Duration.ofMinutes(20));
            }
            print(() -> auth.getValidAccessToken(USER));
            print(() -> auth.replaceRefusedToken(USER, auth.getValidAccessToken(USER)));
            store.fail("saveTokens", new IllegalStateException("driver quotes " + MARK));
            print(() -> auth.refresh(USER));
            print(() -> auth.refresh(USER));
            store.heal();
            time.advance(Duration.ofSeconds(2));
            print(() -> auth.maintenance().diagnose(USER));
            print(() -> auth.status(USER));
            print(() -> auth.shopInfo(USER));
            time.advance(Duration.ofDays(20_000));
            next = "36009003";
            print(() -> auth.getValidAccessToken(USER));
            time.advance(Duration.ofHours(1));
            print(() -> auth.maintenance().refreshDue(Duration.ofDays(1), 10));
            next = "36004005";
            print(() -> auth.refresh(USER));
            print(() -> auth.getValidAccessToken(USER));
            print(rows.find(USER));
            print(() -> auth.disconnect(USER));
        }
    }

    private void badCallbacks(TikTokAuth auth) throws Exception {
        for (String how : List.of("html", "redirect", "lost", "unfit", "unfit-expiry", "36004004", "98001004", "7")) {
            next = how;
            callback(auth);
        }
        print(() -> auth.callback(USER, MARK + "-code", MARK + "-state"));
        print(() -> auth.callback(USER, MARK + "\u0000-code", MARK + "-state"));
        print(() -> auth.initiate(AuthorizationOptions.forUser(USER).withHostState(MARK + "x".repeat(1000))));
    }

    private void claims(TikTokAuth auth, ManualTime time) throws Exception {
        for (String how : List.of("ok", "html", "lost", "36004004", "98001004", "7")) {
            String claim = auth.parkCallback(MARK + "-co+de" + how, MARK + "-binding");
            states.add(claim);
            ClaimRequest request = ClaimRequest.of(USER, claim);
            print(request);
            print(() -> auth.claimParked(request.withBrowserBinding(MARK + "-other")));
            print(() -> auth.claimParked(ClaimRequest.of(USER, claim.substring(1) + MARK)));
            next = how;
            ClaimRequest good = request.withBrowserBinding(MARK + "-binding");
            print(() -> auth.claimParked(good));
            print(() -> auth.claimParked(good));
        }
        String late = auth.parkCallback(MARK + "-late", null);
        states.add(late);
        time.advance(Duration.ofMinutes(30));
        print(() -> auth.claimParked(ClaimRequest.of(USER, late)));
        print(() -> auth.parkCallback(MARK + "x".repeat(4000), null));
        print(() -> auth.parkCallback(MARK + "\u0000", MARK));
        print(auth.disconnect(USER));
    }

    private void callback(TikTokAuth auth) throws Exception {
        AuthorizationOptions options =
                AuthorizationOptions.forUser(USER).withHostState(MARK + "-host").withBrowserBinding(MARK + "-binding");
        print(options);
        AuthorizationRequest request = auth.initiate(options);
        states.add(request.state());
        print(request);
        CallbackRequest back = CallbackRequest.of(USER, MARK + "-co+de", request.state());
        print(back);
        print(() -> auth.callback(back.withBrowserBinding(MARK + "-other")));
        AuthorizationRequest again = auth.initiate(options);
        states.add(again.state());
        CallbackRequest good =
                CallbackRequest.of(USER, MARK + "-co+de", again.state()).withBrowserBinding(MARK + "-binding");
        print(() -> auth.callback(good));
        print(() -> auth.callback(good));
    }
}
