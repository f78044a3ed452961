package io.github.tiktokauth;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What a host does with a token of the simulated TikTok, over the JDK's client; each call gives TikTok's code. */
final class ApiClient {

    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final TikTokSimulator simulator;

    ApiClient(TikTokSimulator simulator) {
        this.simulator = simulator;
    }

    int exchange(String code) {
        Map<String, String> query = Map.of(
                "app_key",
                setting("TIKTOK_CLIENT_ID"),
                "app_secret",
                setting("TIKTOK_CLIENT_SECRET"),
                "auth_code",
                code,
                "grant_type",
                "authorized_code");
        return send(request("/api/v2/token/get", query).build());
    }

    int shops(String accessToken) {
        return signed("GET", "/authorization/202309/shops", Map.of(), "", accessToken);
    }

    int products(String accessToken, String cipher) {
        Map<String, String> query = Map.of("shop_cipher", cipher, "page_size", "10");
        return signed("POST", "/product/202309/products/search", query, "{}", accessToken);
    }

    private int signed(String method, String path, Map<String, String> query, String body, String accessToken) {
        Map<String, String> all = new RequestSigner(setting("TIKTOK_CLIENT_ID"), setting("TIKTOK_CLIENT_SECRET"))
                .sign(path, query, JSON, body.getBytes(StandardCharsets.UTF_8), simulator.now());
        return send(request(path, all)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("x-tts-access-token", accessToken)
                .header("Content-Type", JSON)
                .build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String encoded = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(joining("&"));
        return HttpRequest.newBuilder(URI.create(simulator.url() + path + "?" + encoded))
                .timeout(Duration.ofSeconds(30));
    }

    private int send(HttpRequest request) {
        try {
            JsonNode answer =
                    JsonTree.read(http.send(request, BodyHandlers.ofByteArray()).body());
            return answer.required("code").asInt();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String setting(String name) {
        return simulator.environment().get(name);
    }
}
