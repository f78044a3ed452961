package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A connected user, a token host and a gateway, over real sockets. The token host hands out {@code access-1} at the consent,
 * {@code access-2} at the first refresh and so on; what the gateway answers is the test's.
 */
final class ShopWorld implements AutoCloseable {

    static final String APP_KEY = "29a39d";
    static final String APP_SECRET = "e59af819cc";
    static final String USER = "user-1";
    static final String CIPHER = "ROW_+/=& cipher";
    static final String PRODUCTS = "/product/202309/products/search";
    static final MediaType JSON = MediaType.get("application/json");
    static final String SUCCESS = "{\"code\":0,\"message\":\"Success\",\"request_id\":\"R0\",\"data\":{\"n\":1}}";

    final MockWebServer tokenHost = new MockWebServer();
    final MockWebServer gateway = new MockWebServer();
    final List<RecordedRequest> received = new CopyOnWriteArrayList<>();
    final AtomicInteger refreshes = new AtomicInteger();
    final OkHttpClient base;
    final TikTokAuth auth;
    final OkHttpClient client;
    final InMemoryTokenStore tokens = new InMemoryTokenStore(this::now);
    volatile Function<Wire, MockResponse> answer = request -> json(200, SUCCESS);
    volatile Function<RecordedRequest, MockResponse> refresh = request -> granted(refreshes.get() + 1);

    private final String basePath;
    private final MockResponse shops;
    private volatile int given;
    private Instant now = Instant.parse("2026-11-23T10:15:30.987Z");

    /** What differs from test to test. */
    record Setting(String basePath, boolean tls, boolean shopHasCipher) {}

    static ShopWorld start() {
        return new ShopWorld(new Setting("", false, true));
    }

    static ShopWorld overTls() {
        return new ShopWorld(new Setting("", true, true));
    }

    ShopWorld(Setting setting) {
        basePath = setting.basePath();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        if (setting.tls()) {
            HandshakeCertificates server = new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build();
            gateway.useHttps(server.sslSocketFactory());
            gateway.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
        }
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        base = new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                .callTimeout(Duration.ofSeconds(30))
                .build();
        serve(tokenHost, this::tokens);
        serve(gateway, request -> json(500, ""));
        auth = TikTokAuth.builder(TikTokConfig.fromMap(Map.of(
                        "TIKTOK_CLIENT_ID",
                        APP_KEY,
                        "TIKTOK_CLIENT_SECRET",
                        APP_SECRET,
                        "TIKTOK_SERVICE_ID",
                        "7345678901234567890",
                        "TIKTOK_REDIRECT_URI",
                        "https://host.example/callback",
                        "TIKTOK_BASE_URL",
                        url("").toString(),
                        "TIKTOK_TOKEN_URL",
                        "http://localhost:" + tokenHost.getPort() + "/api/v2/token/get",
                        "TIKTOK_TOKEN_ENCRYPTION_KEYS",
                        AesGcmCipher.generateKey("k1"))))
                .tokenStore(tokens)
                .stateStore(new InMemoryStateStore(this::now))
                .clock(this::now)
                .httpClient(base)
                .build();
        shops = json(200, shops(setting.shopHasCipher()));
        connect(USER, 1);
        client = TikTokShopClient.forUser(auth, USER, base);
    }

    void connect(String userId, int token) {
        given = token;
        gateway.setDispatcher(dispatcher(request -> shops));
        auth.callback(userId, "code", auth.initiate(userId).state());
        gateway.setDispatcher(dispatcher(request -> {
            received.add(request);
            return answer.apply(new Wire(request));
        }));
    }

    synchronized Instant now() {
        return now;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** Of the gateway, below its base path. */
    HttpUrl url(String pathAndQuery) {
        String scheme = gateway.getProtocolNegotiationEnabled() && isTls() ? "https" : "http";
        return HttpUrl.get(scheme + "://localhost:" + gateway.getPort() + basePath + pathAndQuery);
    }

    private boolean isTls() {
        return gateway.getProtocols().contains(Protocol.HTTP_2)
                && gateway.url("/").isHttps();
    }

    Request.Builder get(String pathAndQuery) {
        return new Request.Builder().url(url(pathAndQuery));
    }

    Request.Builder post(String pathAndQuery, String json) {
        return get(pathAndQuery).post(RequestBody.create(json, JSON));
    }

    /** Executes, and reads the answer whole. */
    static Answered send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return new Answered(response, response.body().string());
        }
    }

    Answered send(Request.Builder request) throws IOException {
        return send(client, request.build());
    }

    record Answered(Response response, String body) {}

    List<Wire> sent() {
        return received.stream().map(Wire::new).toList();
    }

    Wire onlyOne() {
        List<Wire> all = sent();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " requests instead of one");
        }
        return all.get(0);
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    static MockResponse refused(int status, int code, String message) {
        return json(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"request_id\":\"R" + code + "\"}");
    }

    static MockResponse expired() {
        return refused(401, 105002, "Expired credentials. The `access_token` header has expired.");
    }

    private MockResponse tokens(RecordedRequest request) {
        if (!request.getTarget().contains("/refresh")) {
            return granted(given);
        }
        refreshes.incrementAndGet();
        return refresh.apply(request);
    }

    MockResponse granted(int number) {
        long start = now().getEpochSecond();
        return json(
                200,
                "{\"code\":0,\"message\":\"success\",\"request_id\":\"G\",\"data\":{\"access_token\":\"access-" + number
                        + "\",\"access_token_expire_in\":" + (start + 604_800) + ",\"refresh_token\":\"refresh-"
                        + number
                        + "\",\"refresh_token_expire_in\":" + (start + 31_536_000)
                        + ",\"open_id\":\"o\",\"user_type\":0,\"granted_scopes\":[]}}");
    }

    private static String shops(boolean withCipher) {
        String cipher = withCipher ? ",\"cipher\":\"" + CIPHER + "\"" : "";
        return "{\"code\":0,\"message\":\"Success\",\"request_id\":\"S\",\"data\":{\"shops\":[{\"id\":\"7494049642642441621\""
                + ",\"name\":\"Shop\",\"region\":\"GB\"" + cipher + "}]}}";
    }

    static void serve(MockWebServer server, Function<RecordedRequest, MockResponse> answer) {
        server.setDispatcher(dispatcher(answer));
        try {
            server.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Dispatcher dispatcher(Function<RecordedRequest, MockResponse> answer) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer.apply(request);
            }
        };
    }

    URI baseUrl() {
        return auth.config().baseUrl();
    }

    @Override
    public void close() {
        auth.close();
        base.dispatcher().executorService().shutdown();
        base.connectionPool().evictAll();
        gateway.close();
        tokenHost.close();
    }
}
