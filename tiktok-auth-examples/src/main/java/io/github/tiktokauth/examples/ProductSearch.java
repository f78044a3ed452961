package io.github.tiktokauth.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthException;
import io.github.tiktokauth.TikTokError;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.okhttp.TikTokShopClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The example of using the token: one call to TikTok with a client that signs, and that repeats once with another token. */
final class ProductSearch {

    private static final Logger LOG = LoggerFactory.getLogger(ProductSearch.class);
    private static final String PATH = "/product/202309/products/search";
    private static final RequestBody EVERYTHING = RequestBody.create("{}", MediaType.get("application/json"));
    private static final String PAGE_SIZE = "20";
    private static final int ANSWER_LIMIT = 2 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final long SCOPE_MISSING = 105005;
    private static final Set<Long> OPERATOR = Set.of(106001L, 106013L);
    private static final Set<Long> DISABLED = Set.of(36009043L, 36009044L);

    private final TikTokAuth auth;
    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(PATIENCE).build();

    ProductSearch(TikTokAuth auth) {
        this.auth = auth;
    }

    List<JsonNode> of(String userId) {
        HttpUrl url = HttpUrl.get(auth.config().baseUrl() + PATH)
                .newBuilder()
                .addQueryParameter("page_size", PAGE_SIZE)
                .build();
        // OkHttp decompresses by itself, and nothing limits what it reads for that.
        Request request = new Request.Builder()
                .url(url)
                .post(EVERYTHING)
                .header("Accept-Encoding", "identity")
                .build();
        OkHttpClient client = TikTokShopClient.forUser(auth, userId, http);
        try (Response response =
                TikTokShopClient.requireSuccess(client.newCall(request).execute())) {
            List<JsonNode> products = new ArrayList<>();
            body(response).path("data").path("products").forEach(products::add);
            return products;
        } catch (TikTokCallException e) {
            LOG.warn("products: {}", e.getMessage());
            throw toAnswer(e);
        } catch (IOException e) {
            throw unusable(RETRY);
        }
    }

    private static JsonNode body(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(ANSWER_LIMIT + 1L)) {
            throw new IOException("too long an answer");
        }
        return Json.MAPPER.readTree(source.readByteArray());
    }

    private static RuntimeException toAnswer(TikTokCallException e) {
        if (e.getCause() instanceof TikTokAuthException known) {
            return known;
        }
        long code = e.tikTokError().map(TikTokError::code).orElse(0L);
        return switch (e.kind()) {
            case TOKEN_REFUSED, SHOP_CIPHER_MISSING ->
                ApiException.badRequest("TikTok refuses this shop's token; please connect again");
            case RATE_LIMITED, UNAVAILABLE, REDIRECT_REFUSED ->
                unusable(e.retryAfter().orElse(RETRY));
            case REFUSED -> refused(code);
            default -> ApiException.of(500, "TikTok refuses this app's call (code " + code + "); see its settings");
        };
    }

    private static ApiException refused(long code) {
        if (code == SCOPE_MISSING) {
            return ApiException.badRequest("the authorization does not cover products; please connect again");
        }
        if (DISABLED.contains(code)) {
            return ApiException.badRequest("TikTok has disabled this shop; see Seller Center");
        }
        return OPERATOR.contains(code)
                ? ApiException.of(500, "TikTok refuses this app's call (code " + code + "); see its settings")
                : ApiException.of(502, "TikTok refuses this call (code " + code + ")");
    }

    private static ApiException unusable(Duration retryAfter) {
        return ApiException.unavailable("TikTok gives no usable answer at present; please try again later", retryAfter);
    }
}
