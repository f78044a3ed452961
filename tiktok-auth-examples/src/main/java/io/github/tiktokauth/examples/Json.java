package io.github.tiktokauth.examples;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reading small JSON bodies strictly, and writing answers. */
final class Json {

    static final int BODY_LIMIT = 16 * 1024;

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
    }

    private Json() {}

    /** The body as an object; without a body an empty one. Anything else is refused, without quoting it. */
    static JsonNode read(HttpServletRequest request) throws IOException {
        byte[] body = bytes(request);
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        String type = String.valueOf(request.getContentType()).split(";", 2)[0].strip();
        if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
            throw ApiException.of(415, "the body must be application/json");
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (IOException e) {
            throw ApiException.badRequest("the body is not valid JSON");
        }
        if (!node.isObject()) {
            throw ApiException.badRequest("the body must be a JSON object");
        }
        return node;
    }

    static byte[] bytes(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > BODY_LIMIT) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            throw tooLarge();
        }
        return body;
    }

    private static ApiException tooLarge() {
        return ApiException.of(413, "the body must not exceed " + BODY_LIMIT + " bytes");
    }

    /** A member that is text, or {@code null} when it is absent or null. */
    static @Nullable String text(JsonNode object, String name, int limit) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ApiException.badRequest(name + " must be a string");
        }
        if (value.textValue().length() > limit) {
            throw ApiException.badRequest(name + " must not exceed " + limit + " characters");
        }
        if (!value.textValue().codePoints().allMatch(Json::isWholeAndVisible)) {
            throw ApiException.badRequest(name + " must not hold control characters");
        }
        return value.textValue();
    }

    private static boolean isWholeAndVisible(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }

    static void write(HttpServletResponse response, int status, Object content) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(content);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    static void write(HttpServletResponse response, ApiException error) throws IOException {
        String seconds = error.retryAfterSeconds();
        if (seconds != null) {
            response.setHeader("Retry-After", seconds);
        }
        if (error.allow() != null) {
            response.setHeader("Allow", error.allow());
        }
        write(response, error.status(), Responses.Problem.of(error.status(), error.text()));
    }
}
