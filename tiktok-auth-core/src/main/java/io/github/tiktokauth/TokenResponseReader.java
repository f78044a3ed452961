package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a token answer of code 0. The code or the refresh token is spent by then, and what came back exists nowhere else; so a
 * field that cannot be used is set aside by itself, and never costs the others.
 */
final class TokenResponseReader {

    /** Anything below is a duration, not an instant: TikTok's {@code *_expire_in} are absolute epoch seconds. */
    private static final long EARLIEST_INSTANT = 1_000_000_000L;

    /** The end of the year 9999, the last that databases hold. */
    private static final long LATEST_INSTANT = 253_402_300_799L;

    /** From here on, with thirteen digits, it is milliseconds. */
    private static final long EARLIEST_MILLIS = EARLIEST_INSTANT * 1000;

    private static final int LONGEST_OPEN_ID = 128;
    private static final int LONGEST_SCOPE = 4000;

    private final JsonNode data;
    private final List<String> odd = new ArrayList<>();

    private TokenResponseReader(JsonNode data) {
        this.data = data;
    }

    /** What is good of it, which may be nothing. One warning names the fields that are not. */
    static TokenResponse read(JsonNode body) {
        TokenResponseReader answer = new TokenResponseReader(body.path("data"));
        if (body.path("code").isTextual()) {
            answer.note("code", body.path("code"));
        }
        TokenResponse response = answer.response();
        if (!answer.odd.isEmpty()) {
            LOG.warn(
                    "fields of a token answer of TikTok's are not as documented, the rest of it is used: {}",
                    String.join(", ", answer.odd));
        }
        return response;
    }

    private TokenResponse response() {
        String accessToken = accessToken();
        String refreshToken = refreshToken();
        return new TokenResponse(
                accessToken,
                refreshToken,
                instant("access_token_expire_in", accessToken != null),
                instant("refresh_token_expire_in", refreshToken != null),
                openId(),
                scope(),
                userType());
    }

    /** It travels in a header; what fits into none would be quoted by the HTTP client's exception, here and at the host. */
    private @Nullable String accessToken() {
        JsonNode value = data.path("access_token");
        String token = value.isTextual() ? value.asText() : "";
        boolean fits = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return noted("access_token", value, fits ? token : null);
    }

    /** A refresh may leave it out. */
    private @Nullable String refreshToken() {
        JsonNode value = data.path("refresh_token");
        return isAbsent(value) ? null : noted("refresh_token", value, isLabel(value) ? value.asText() : null);
    }

    private @Nullable Instant instant(String field, boolean isExpected) {
        JsonNode value = data.path(field);
        return isAbsent(value) && !isExpected ? null : noted(field, value, instant(number(value)));
    }

    private static @Nullable Instant instant(long number) {
        long seconds = number >= EARLIEST_MILLIS && number < EARLIEST_MILLIS * 10 ? number / 1000 : number;
        return seconds < EARLIEST_INSTANT || seconds > LATEST_INSTANT ? null : Instant.ofEpochSecond(seconds);
    }

    /** Also from text; 0 if there is none. */
    private static long number(JsonNode value) {
        if (value.isTextual()) {
            return value.asText().matches("[0-9]{10,13}") ? Long.parseLong(value.asText()) : 0;
        }
        return value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : 0;
    }

    private @Nullable String openId() {
        JsonNode value = data.path("open_id");
        boolean fits = isLabel(value) && value.asText().length() <= LONGEST_OPEN_ID;
        return isAbsent(value) ? null : noted("open_id", value, fits ? value.asText() : null);
    }

    /** None at all says nothing. */
    private @Nullable String scope() {
        JsonNode value = data.path("granted_scopes");
        if (isAbsent(value) || (value.isArray() && value.isEmpty())) {
            return null;
        }
        List<JsonNode> scopes = StreamSupport.stream(value.spliterator(), false).toList();
        boolean fit = value.isArray() && scopes.stream().allMatch(TokenResponseReader::isLabel);
        String joined = String.join(" ", scopes.stream().map(JsonNode::asText).toList());
        return noted("granted_scopes", value, fit && joined.length() <= LONGEST_SCOPE ? joined : null);
    }

    private @Nullable Integer userType() {
        JsonNode value = data.path("user_type");
        boolean fits = value.isIntegralNumber() && value.canConvertToInt();
        return isAbsent(value) ? null : noted("user_type", value, fits ? Integer.valueOf(value.asInt()) : null);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean isLabel(JsonNode value) {
        return value.isTextual() && !value.asText().isBlank() && Text.isStorable(value.asText());
    }

    private <T> @Nullable T noted(String field, JsonNode value, @Nullable T usable) {
        if (usable == null) {
            note(field, value);
        }
        return usable;
    }

    /** By name and type; the value may be a secret. */
    private void note(String field, JsonNode value) {
        odd.add(field + " (" + value.getNodeType().name().toLowerCase(Locale.ROOT) + ")");
    }
}
