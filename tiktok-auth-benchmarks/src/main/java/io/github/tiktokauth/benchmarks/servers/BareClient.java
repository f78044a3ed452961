package io.github.tiktokauth.benchmarks.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends a refresh token and reads the new pair: the least that every contestant does. Keeps its connections. */
public final class BareClient implements AutoCloseable {

    /**
     * An answer of the token host.
     *
     * @param expiresAt when the access token expires
     */
    public record Pair(String accessToken, String refreshToken, Instant expiresAt) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final OkHttpClient http = new OkHttpClient.Builder()
            // Shorter than the server's idle timeout: on a connection that it has closed, a one-time token would be
            // lost.
            .connectionPool(new ConnectionPool(64, 10, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .callTimeout(Duration.ofSeconds(30))
            .build();
    private final Function<String, Request> request;
    private final Function<JsonNode, Pair> answer;

    private BareClient(Function<String, Request> request, Function<JsonNode, Pair> answer) {
        this.request = request;
        this.answer = answer;
    }

    /**
     * Returns a client of a host that speaks as TikTok's does.
     *
     * @param settings the URL and the app, by the names of TikTok's environment variables
     * @return the client
     */
    public static BareClient ofTikTok(Map<String, String> settings) {
        HttpUrl url = HttpUrl.get(refreshUrl(settings))
                .newBuilder()
                .addQueryParameter("app_key", settings.get("TIKTOK_CLIENT_ID"))
                .addQueryParameter("app_secret", settings.get("TIKTOK_CLIENT_SECRET"))
                .addQueryParameter("grant_type", "refresh_token")
                .build();
        return new BareClient(
                token -> new Request.Builder()
                        .url(url.newBuilder()
                                .addQueryParameter("refresh_token", token)
                                .build())
                        .build(),
                body -> new Pair(
                        text(body.path("data"), "access_token"),
                        text(body.path("data"), "refresh_token"),
                        Instant.ofEpochSecond(
                                body.path("data").path("access_token_expire_in").asLong())));
    }

    static BareClient ofOAuth(String tokenUrl) {
        return new BareClient(
                token -> new Request.Builder()
                        .url(tokenUrl)
                        .post(new FormBody.Builder()
                                .add("client_id", "app-key")
                                .add("client_secret", "app-secret")
                                .add("grant_type", "refresh_token")
                                .add("refresh_token", token)
                                .build())
                        .build(),
                body -> new Pair(
                        text(body, "access_token"),
                        text(body, "refresh_token"),
                        Instant.now().plusSeconds(body.path("expires_in").asLong())));
    }

    static String refreshUrl(Map<String, String> settings) {
        return Objects.requireNonNull(settings.get("TIKTOK_TOKEN_URL")).replaceAll("get$", "refresh");
    }

    /**
     * Refreshes.
     *
     * @param refreshToken the token, which is spent
     * @return the new pair
     */
    public Pair refresh(String refreshToken) {
        try (Response response = http.newCall(Objects.requireNonNull(request.apply(refreshToken)))
                .execute()) {
            return Objects.requireNonNull(
                    answer.apply(JSON.readTree(response.body().byteStream())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tries a refresh token.
     *
     * @param refreshToken the token, which is spent
     * @return whether the host accepted it
     */
    public boolean isAccepted(String refreshToken) {
        try {
            refresh(refreshToken);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new RefusedException();
        }
        return node.path(field).asText();
    }

    /** The host answered, but gave no tokens. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
