package io.github.tiktokauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.signing.RequestSigner;
import io.github.tiktokauth.spi.StoredShop;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** TikTok's token endpoints, unsigned, and its shop list, signed. */
final class HttpTikTokApi implements TikTokApi {

    private static final String SHOPS_PATH = "/authorization/202309/shops";

    /** Anything below is a duration, not an instant: TikTok's {@code *_expire_in} are absolute epoch seconds. */
    private static final long EARLIEST_INSTANT = 1_000_000_000L;

    /** The end of the year 9999, the last that databases hold. */
    private static final long LATEST_INSTANT = 253_402_300_799L;

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
    public Grant exchange(String code) throws CallFailure {
        Grant grant = token(config.tokenUrl(), "authorized_code", "auth_code", code);
        if (grant.refreshToken() == null || grant.refreshTokenExpiresAt() == null) {
            throw malformed("refresh_token");
        }
        return grant;
    }

    @Override
    public Grant refresh(String refreshToken) throws CallFailure {
        return token(config.refreshUrl(), "refresh_token", "refresh_token", refreshToken);
    }

    private Grant token(URI endpoint, String grantType, String name, String secret) throws CallFailure {
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
        JsonNode data = http.get(request, asQuoted(config.clientSecret(), secret));
        return new Grant(
                accessToken(data),
                text(data, "refresh_token"),
                mandatoryInstant(data, "access_token_expire_in"),
                instant(data, "refresh_token_expire_in"),
                label(data, "open_id", 128),
                scope(data.path("granted_scopes")),
                data.path("user_type").isIntegralNumber()
                        ? Integer.valueOf(data.path("user_type").asInt(-1))
                        : null);
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
        return error == null
                || Remedy.of(error) == Remedy.TRANSIENT
                || (error.code() == 36009004 && error.message().contains("timestamp"));
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
        JsonNode data = http.get(request, asQuoted(config.clientSecret(), accessToken));
        List<StoredShop> shops = new ArrayList<>();
        for (JsonNode shop : data.path("shops")) {
            String id = shop.path("id").isIntegralNumber() ? shop.path("id").asText() : text(shop, "id");
            if (id != null && id.length() <= 128 && Text.isStorable(id)) {
                shops.add(new StoredShop(
                        id, label(shop, "name", 255), label(shop, "region", 32), identifier(shop, "cipher")));
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

    private static String mandatory(JsonNode data, String field) throws CallFailure {
        String text = text(data, field);
        if (text == null) {
            throw malformed(field);
        }
        return text;
    }

    /** It travels in a header; what fits into none would be quoted by the HTTP client's exception, here and at the host. */
    private static String accessToken(JsonNode data) throws CallFailure {
        String token = mandatory(data, "access_token");
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw malformed("access_token");
        }
        return token;
    }

    private static @Nullable Instant instant(JsonNode data, String field) throws CallFailure {
        JsonNode value = data.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        long seconds = value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : 0;
        if (seconds < EARLIEST_INSTANT || seconds > LATEST_INSTANT) {
            throw malformed(field);
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static Instant mandatoryInstant(JsonNode data, String field) throws CallFailure {
        Instant instant = instant(data, field);
        if (instant == null) {
            throw malformed(field);
        }
        return instant;
    }

    private static @Nullable String scope(JsonNode scopes) {
        if (!scopes.isArray() || scopes.isEmpty()) {
            return null;
        }
        String joined = StreamSupport.stream(scopes.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
        return Text.printable(joined, 4000, List.of());
    }

    @Override
    public void close() {
        http.close();
    }
}
