package io.github.tiktokauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One GET to TikTok and its JSON answer. The URL of a token call holds the App Secret, therefore nothing of the request is
 * ever printed, the host's interceptors and listeners do not see it, and redirects are not followed.
 *
 * <p>The call runs on the calling thread, which nobody may interrupt: see {@link CallThreads}.
 */
final class TikTokHttp implements AutoCloseable {

    private final @Nullable OkHttpClient hosts;
    private final Duration callTimeout;
    private final boolean usesTls;
    private volatile boolean closed;
    private @Nullable OkHttpClient client;

    TikTokHttp(@Nullable OkHttpClient hosts, Duration callTimeout, boolean usesTls) {
        this.hosts = hosts;
        this.callTimeout = callTimeout;
        this.usesTls = usesTls;
    }

    /** Made when first needed: most processes start with valid tokens, and OkHttp takes a tenth of a second to load. */
    private synchronized OkHttpClient client() {
        if (client == null) {
            client = restricted(hosts == null ? own() : hosts.newBuilder());
        }
        return client;
    }

    /** Without TLS there is no certificate to check, and loading the trusted ones takes longer than everything else. */
    private OkHttpClient.Builder own() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        return usesTls ? builder : builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }

    private OkHttpClient restricted(OkHttpClient.Builder builder) {
        builder.interceptors().clear();
        builder.networkInterceptors().clear();
        // No idle connection is kept: TikTok may have closed it meanwhile, and OkHttp would notice only after sending.
        // That is a
        // lost answer, and a one-time token spent for nothing.
        return builder.dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .addInterceptor(new BoundedResponses())
                .addNetworkInterceptor(new NoResend())
                .eventListener(EventListener.NONE)
                .authenticator(Authenticator.NONE)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(callTimeout)
                .readTimeout(callTimeout)
                .writeTimeout(callTimeout)
                .callTimeout(callTimeout)
                .build();
    }

    /**
     * Sends one request, once.
     *
     * @param secrets what must not appear in an error text, should TikTok quote it
     * @return an answer with code 0
     */
    JsonNode get(Request request, Collection<String> secrets) throws CallFailure {
        if (closed) {
            throw CallFailure.notSent("this node is closed");
        }
        AtomicBoolean sent = new AtomicBoolean();
        Request once = request.newBuilder().tag(AtomicBoolean.class, sent).build();
        ParsedResponse answer;
        try (Response response = client().newCall(once).execute()) {
            answer = ParsedResponse.read(response);
        } catch (IOException | RuntimeException e) {
            String text = "no answer from TikTok: " + e.getClass().getSimpleName();
            throw sent.get() ? CallFailure.unanswered(text) : CallFailure.notSent(text);
        }
        JsonNode body = answer.json();
        if (body != null && isSuccess(body)) {
            return body;
        }
        if (body == null
                || !body.path("code").isIntegralNumber()
                || !body.path("code").canConvertToLong()) {
            throw CallFailure.outcomeUnknown(
                    "TikTok's answer, HTTP " + answer.status() + ", is not the JSON it should be", answer.retryAfter());
        }
        throw CallFailure.refused(error(answer.status(), body, secrets), answer.retryAfter());
    }

    /** A code that is text is not as documented; it is believed if there is something with it that would be lost. */
    private static boolean isSuccess(JsonNode body) {
        JsonNode code = body.path("code");
        return code.isTextual()
                ? code.asText().equals("0") && !body.path("data").isEmpty()
                : code.isIntegralNumber() && code.canConvertToLong() && code.asLong() == 0;
    }

    private static TikTokError error(int status, JsonNode body, Collection<String> secrets) {
        return new TikTokError(
                status,
                body.path("code").asLong(),
                Text.printable(body.path("message").asText(""), 200, secrets),
                body.path("request_id").isTextual()
                        ? Text.printable(body.path("request_id").asText(), 128, secrets)
                        : null);
    }

    @Override
    public void close() {
        closed = true;
    }

    private record ParsedResponse(
            int status, @Nullable JsonNode json, @Nullable Duration retryAfter) {

        static ParsedResponse read(Response response) throws IOException {
            return new ParsedResponse(
                    response.code(), parse(response.body().bytes()), RetryAfter.read(name -> header(response, name)));
        }

        private static Optional<String> header(Response response, String name) {
            return Optional.ofNullable(response.header(NoResend.PREFIX + name, response.header(name)));
        }

        private static @Nullable JsonNode parse(byte[] bytes) throws IOException {
            try {
                return JsonTree.read(bytes);
            } catch (JsonProcessingException e) {
                return null;
            }
        }

        /** Without the body, which may hold tokens. */
        @Override
        public String toString() {
            return "ParsedResponse[" + status + "]";
        }
    }

    /**
     * OkHttp sends a request again by itself after 408, 421 and a 503 that says {@code Retry-After: 0}, whatever its settings;
     * that would spend a one-time token twice.
     */
    private static final class NoResend implements Interceptor {

        static final String PREFIX = "x-tiktok-auth-";

        @Override
        public Response intercept(Chain chain) throws IOException {
            AtomicBoolean sent = chain.request().tag(AtomicBoolean.class);
            if (sent != null && sent.getAndSet(true)) {
                throw new IOException("a second sending was prevented");
            }
            Response response = chain.proceed(chain.request());
            String retryAfter = response.header("Retry-After");
            return retryAfter == null
                    ? response
                    : response.newBuilder()
                            .removeHeader("Retry-After")
                            .header(PREFIX + "Retry-After", retryAfter)
                            .build();
        }
    }
}
