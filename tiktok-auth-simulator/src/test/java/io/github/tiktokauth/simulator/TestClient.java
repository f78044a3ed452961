package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A client of the simulator that does everything right unless a test makes it do something wrong. */
final class TestClient {

    static final String SHOPS = "/authorization/202309/shops";
    static final String PRODUCTS = "/product/202309/products/search";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TikTokSimulator simulator;

    TestClient(TikTokSimulator simulator) {
        this.simulator = simulator;
    }

    private String setting(String name) {
        return Objects.requireNonNull(simulator.environment().get(name));
    }

    String key() {
        return setting("TIKTOK_CLIENT_ID");
    }

    String secret() {
        return setting("TIKTOK_CLIENT_SECRET");
    }

    String authUrl(String state) {
        return setting("TIKTOK_AUTH_URL") + "?service_id=" + setting("TIKTOK_SERVICE_ID") + "&state=" + state;
    }

    Map<String, String> exchangeParameters(String code) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("app_key", key());
        parameters.put("app_secret", secret());
        parameters.put("auth_code", code);
        parameters.put("grant_type", "authorized_code");
        return parameters;
    }

    Map<String, String> refreshParameters(String refreshToken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("app_key", key());
        parameters.put("app_secret", secret());
        parameters.put("refresh_token", refreshToken);
        parameters.put("grant_type", "refresh_token");
        return parameters;
    }

    JsonNode exchange(String code) {
        return Json.read(get("/api/v2/token/get", exchangeParameters(code)).body());
    }

    JsonNode refresh(String refreshToken) {
        return Json.read(
                get("/api/v2/token/refresh", refreshParameters(refreshToken)).body());
    }

    /** A seller's consent, exchanged. */
    JsonNode connect(String sellerId) {
        return exchange(simulator.allow(authUrl("s"), sellerId).code()).get("data");
    }

    HttpResponse<String> shops(String accessToken) {
        return send(signed("GET", SHOPS, Map.of(), "", accessToken, "application/json"));
    }

    HttpResponse<String> products(String accessToken, String cipher, String body) {
        return send(signed(
                "POST",
                PRODUCTS,
                Map.of("shop_cipher", cipher, "page_size", "10"),
                body,
                accessToken,
                "application/json"));
    }

    HttpRequest signed(
            String method,
            String path,
            Map<String, String> query,
            String body,
            String accessToken,
            String contentType) {
        Map<String, String> all = TestSigner.sign(
                key(), secret(), path, query, contentType, body.getBytes(StandardCharsets.UTF_8), simulator.now());
        return request(path, all)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("x-tts-access-token", accessToken)
                .header("Content-Type", contentType)
                .build();
    }

    HttpRequest.Builder request(String path, Map<String, String> query) {
        String encoded = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(simulator.url() + path + (encoded.isEmpty() ? "" : "?" + encoded)))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> get(String path, Map<String, String> query) {
        return send(request(path, query).build());
    }

    /** By hand, since the JDK's client silently sends a GET a second time when the connection ends without an answer. */
    String rawGet(String path, Map<String, String> query) {
        URI uri = request(path, query).build().uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String head = "GET " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.1\r\nHost: "
                    + uri.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return http;
    }

    static int code(HttpResponse<String> answer) {
        return Json.read(answer.body()).get("code").asInt();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
