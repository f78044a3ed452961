package io.github.tiktokauth.documentation;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.client.ShopCipher;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.okhttp.TikTokShopClient;
import io.github.tiktokauth.signing.SignedRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The code of docs/calling-the-api.md, between the marks; {@link CallingTheApiTest} compares and runs it. */
final class CallingTheApi {

    private CallingTheApi() {}

    static TikTokAuth open(Map<String, String> settings) {
        // region: auth
        TikTokAuth auth = TikTokAuth.builder(TikTokConfig.fromMap(settings))
                .tokenStore(new InMemoryTokenStore())
                .stateStore(new InMemoryStateStore())
                .build();
        // end
        return auth;
    }

    // region: okhttp
    static String productsWithOkHttp(TikTokAuth auth, String userId, OkHttpClient shared) throws IOException {
        OkHttpClient client = TikTokShopClient.forUser(auth, userId, shared);
        HttpUrl url = HttpUrl.get(auth.config().baseUrl() + "/product/202309/products/search")
                .newBuilder()
                .addQueryParameter("page_size", "20")
                .build();
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create("{\"status\":\"ALL\"}", MediaType.get("application/json")))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return TikTokShopClient.requireSuccess(response).body().string();
        }
    }
    // end

    // region: next-step
    static String nextStep(TikTokAuth auth, String userId, TikTokCallException e) {
        return switch (e.kind()) {
            case AUTHORIZATION_REQUIRED, TOKEN_REFUSED, SHOP_CIPHER_MISSING ->
                "send the user to " + auth.initiate(userId).authUrl();
            case RATE_LIMITED, UNAVAILABLE ->
                "try again in " + e.retryAfter().orElse(Duration.ofSeconds(1)).toSeconds() + " s";
            default -> "tell the operator: " + e.getMessage();
        };
    }
    // end

    static Request withoutCipher(HttpUrl url) {
        // region: cipher
        Request request = new Request.Builder()
                .url(url)
                .tag(ShopCipher.class, ShopCipher.OMIT)
                .build();
        // end
        return request;
    }

    // region: jdk
    static String productsWithTheJdk(TikTokAuth auth, String userId, HttpClient http)
            throws IOException, InterruptedException {
        AccessToken token = auth.getValidAccessToken(userId);
        HttpResponse<byte[]> response = search(auth, token, http);
        GatewayResponse answer = judge(response, token);
        if (answer.kind() == GatewayResponse.Kind.TOKEN_REFUSED) {
            token = auth.replaceRefusedToken(userId, token);
            response = search(auth, token, http);
            answer = judge(response, token);
        }
        if (answer.kind() != GatewayResponse.Kind.SUCCESS) {
            throw new IOException(answer.toString()); // kind, TikTok's code and request id, time to wait
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> search(TikTokAuth auth, AccessToken token, HttpClient http)
            throws IOException, InterruptedException {
        byte[] body = "{\"status\":\"ALL\"}".getBytes(StandardCharsets.UTF_8);
        String cipher = Objects.requireNonNull(token.shopCipher(), "no shop cipher: let the seller connect again");
        SignedRequest signed = auth.signedCalls()
                .sign(
                        token,
                        "/product/202309/products/search",
                        Map.of("page_size", "20", "shop_cipher", cipher),
                        "application/json",
                        body);
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.uri())
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
        signed.headers().forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static GatewayResponse judge(HttpResponse<byte[]> response, AccessToken used) {
        return GatewayResponse.of(response.statusCode(), response.headers()::firstValue, response.body(), used);
    }
    // end
}
