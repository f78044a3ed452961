package io.github.tiktokauth.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.TikTokAuth;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The example of using the token: one signed call to TikTok with the JDK's HTTP client. A token that TikTok refuses is
 * refreshed once and the call repeated once, stamped and signed anew.
 */
final class ProductSearch {

    private static final Logger LOG = LoggerFactory.getLogger(ProductSearch.class);
    private static final String PATH = "/product/202309/products/search";
    private static final String JSON = "application/json";
    private static final byte[] EVERYTHING = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int PAGE_SIZE = 20;
    private static final int ANSWER_LIMIT = 2 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private static final long TOKEN_INVALID = 105001;
    private static final long TOKEN_EXPIRED = 105002;
    private static final long SCOPE_MISSING = 105005;
    private static final Set<Long> OPERATOR = Set.of(106001L, 106013L, 36009033L);
    private static final Set<Long> TRANSIENT = Set.of(36009002L, 36009003L, 36009007L);
    private static final Set<Long> DISABLED = Set.of(36009043L, 36009044L);

    private final TikTokAuth auth;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            // The token travels in a header of TikTok's own, which a redirect would carry to another host.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ProductSearch(TikTokAuth auth) {
        this.auth = auth;
    }

    List<JsonNode> of(String userId) {
        Answer answer = call(auth.getValidAccessToken(userId));
        if (answer.tokenRefused()) {
            answer = call(auth.refresh(userId));
        }
        if (answer.code() != 0) {
            LOG.warn("TikTok refuses {}: {}", PATH, answer);
            throw answer.toException();
        }
        List<JsonNode> products = new ArrayList<>();
        answer.body().path("data").path("products").forEach(products::add);
        return products;
    }

    private Answer call(AccessToken token) {
        Map<String, String> query = new HashMap<>();
        query.put("page_size", Integer.toString(PAGE_SIZE));
        if (token.shopCipher() != null) {
            query.put("shop_cipher", token.shopCipher());
        }
        Map<String, String> signed = auth.signer().sign(PATH, query, JSON, EVERYTHING, Instant.now());
        HttpRequest request = HttpRequest.newBuilder(URI.create(auth.config().baseUrl() + PATH + "?" + encoded(signed)))
                .timeout(PATIENCE)
                .header("content-type", JSON)
                .header("x-tts-access-token", token.value())
                .POST(HttpRequest.BodyPublishers.ofByteArray(EVERYTHING))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return Answer.of(response, body.readNBytes(ANSWER_LIMIT + 1));
            }
        } catch (IOException e) {
            throw unusable(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable(RETRY);
        }
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ApiException unusable(Duration retryAfter) {
        return ApiException.unavailable("TikTok gives no usable answer at present; please try again later", retryAfter);
    }

    /** What the gateway said: its body decides, whatever the HTTP status. */
    private record Answer(int status, long code, JsonNode body, Duration retryAfter) {

        static Answer of(HttpResponse<?> response, byte[] bytes) throws IOException {
            Duration retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,9}"))
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                    .map(value -> value.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : value)
                    .orElse(RETRY);
            JsonNode body = bytes.length > ANSWER_LIMIT ? null : parsed(bytes);
            if (body == null || !body.path("code").isIntegralNumber()) {
                throw unusable(retryAfter);
            }
            return new Answer(response.statusCode(), body.path("code").longValue(), body, retryAfter);
        }

        private static @Nullable JsonNode parsed(byte[] bytes) {
            try {
                return Json.MAPPER.readTree(bytes);
            } catch (IOException e) {
                return null;
            }
        }

        /** What TikTok's support asks for; the message may quote what was sent. */
        @Override
        public String toString() {
            String requestId = body.path("request_id").asText("none").replaceAll("[^A-Za-z0-9-]", "");
            return "HTTP " + status + ", code " + code + ", request id " + requestId;
        }

        boolean tokenRefused() {
            return code == TOKEN_INVALID || code == TOKEN_EXPIRED;
        }

        RuntimeException toException() {
            if (tokenRefused()) {
                return ApiException.badRequest("TikTok refuses this shop's token; please connect again");
            }
            if (code == SCOPE_MISSING) {
                return ApiException.badRequest("the authorization does not cover products; please connect again");
            }
            if (DISABLED.contains(code)) {
                return ApiException.badRequest("TikTok has disabled this shop; see Seller Center");
            }
            if (OPERATOR.contains(code)) {
                return ApiException.of(500, "TikTok refuses this app's call (code " + code + "); see its settings");
            }
            return TRANSIENT.contains(code) || status == 429 || status >= 500
                    ? unusable(retryAfter)
                    : ApiException.of(502, "TikTok refuses this call (code " + code + ")");
        }
    }
}
