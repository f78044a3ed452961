package io.github.tiktokauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.spi.StoredShop;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** TikTok's token endpoints, unsigned, and its shop list, signed. */
final class HttpTikTokApi implements TikTokApi {

    private static final String SHOPS_PATH = "/authorization/202309/shops";

    private final TikTokConfig config;
    private final RequestSigner signer;
    private final TikTokHttp http;
    private final Time time;

    HttpTikTokApi(TikTokConfig config, TikTokHttp http, Time time) {
        this.config = config;
        this.signer = config.signer();
        this.http = http;
        this.time = time;
    }

    @Override
    public TokenResponse exchange(String code) throws CallFailure {
        TokenResponse response = token(config.tokenUrl(), "authorized_code", "auth_code", code);
        // Without the one the shops cannot be listed, without the other nothing lasts.
        if (response.accessToken() == null || response.refreshToken() == null) {
            throw malformed(response.accessToken() == null ? "access_token" : "refresh_token");
        }
        return response;
    }

    @Override
    public TokenResponse refresh(String refreshToken) throws CallFailure {
        TokenResponse response = token(config.refreshUrl(), "refresh_token", "refresh_token", refreshToken);
        if (response.accessToken() == null && response.refreshToken() == null) {
            throw malformed("token");
        }
        return response;
    }

    private TokenResponse token(URI endpoint, String grantType, String name, String secret) throws CallFailure {
        HttpUrl url = url(endpoint.toString())
                .addQueryParameter("app_key", config.clientId())
                .addQueryParameter("app_secret", config.clientSecret())
                .addQueryParameter(name, secret)
                .addQueryParameter("grant_type", grantType)
                .build();
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .build();
        return TokenResponseReader.read(http.get(request, asQuoted(config.clientSecret(), secret)));
    }

    @Override
    public List<StoredShop> shops(String accessToken) throws CallFailure {
        try {
            return shopsOnce(accessToken);
        } catch (CallFailure failure) {
            if (!mayRepeat(failure)) {
                throw failure;
            }
            return shopsOnce(accessToken);
        }
    }

    /** Listing changes nothing, and the user waits with a code already spent: one repeat, signed with a new timestamp. */
    private static boolean mayRepeat(CallFailure failure) {
        TikTokError error = failure.error();
        return error == null || ErrorCode.remedy(error) == Remedy.TRANSIENT || ErrorCode.refusesTimestamp(error);
    }

    private List<StoredShop> shopsOnce(String accessToken) throws CallFailure {
        Map<String, String> query = signer.sign(
                config.baseUrl().getRawPath() + SHOPS_PATH,
                Map.of(),
                "application/json",
                new byte[0],
                time.wall().instant());
        HttpUrl.Builder url = url(config.baseUrl() + SHOPS_PATH);
        query.forEach(url::addQueryParameter);
        Request request = new Request.Builder()
                .url(url.build())
                .header("x-tts-access-token", accessToken)
                .header("content-type", "application/json")
                .build();
        JsonNode body = http.get(request, asQuoted(config.clientSecret(), accessToken));
        List<StoredShop> shops = new ArrayList<>();
        for (JsonNode shop : body.path("data").path("shops")) {
            String id = shop.path("id").isIntegralNumber() ? shop.path("id").asText() : text(shop, "id");
            if (id != null && id.length() <= 128 && Text.isStorable(id)) {
                String cipher = identifier(shop, "cipher");
                shops.add(StoredShop.builder(id)
                        .name(label(shop, "name", 255))
                        .region(label(shop, "region", 32))
                        .cipher(cipher)
                        .withoutCipher(cipher == null)
                        .build());
            }
        }
        shops.sort(Comparator.comparing(StoredShop::shopId));
        return List.copyOf(shops);
    }

    /** Secrets as TikTok may quote them: as they are, and as they travel. */
    private static List<String> asQuoted(String... secrets) {
        return Stream.of(secrets)
                .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static HttpUrl.Builder url(String text) {
        return HttpUrl.get(text).newBuilder();
    }

    private static CallFailure malformed(String field) {
        return CallFailure.outcomeUnknown("TikTok's answer has no usable " + field, null);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static @Nullable String label(JsonNode node, String field, int longest) {
        String text = text(node, field);
        return text == null ? null : Text.printable(text, longest, List.of());
    }

    /** One that does not fit is of no use cut short. */
    private static @Nullable String identifier(JsonNode node, String field) {
        String text = text(node, field);
        return text == null || text.length() > 255 || !Text.isStorable(text) ? null : text;
    }

    @Override
    public void close() {
        http.close();
    }
}
