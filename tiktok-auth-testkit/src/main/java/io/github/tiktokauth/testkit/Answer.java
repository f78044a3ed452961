package io.github.tiktokauth.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is written.
 *
 * @param code TikTok's code in the body, or -1
 */
record Answer(int status, Map<String, String> headers, String body, int code) {

    static final String JSON = "application/json; charset=utf-8";

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, Map.of("Content-Type", contentType), body, -1);
    }

    /** What TikTok's token host says to wrong methods and paths. */
    static Answer notFoundInPlainText() {
        return of(404, "text/plain; charset=utf-8", "404 page not found\n");
    }

    static Answer success(JsonNode data) {
        ObjectNode body = Json.object();
        body.put("code", 0);
        body.set("data", data);
        body.put("message", "Success");
        body.put("request_id", Json.requestId());
        return new Answer(200, Map.of("Content-Type", JSON), Json.write(body), 0);
    }

    static Answer refused(int status, int code, String message, boolean withNullData) {
        ObjectNode body = Json.object();
        body.put("code", code);
        if (withNullData) {
            body.putNull("data");
        }
        body.put("message", message);
        body.put("request_id", Json.requestId());
        return new Answer(status, Map.of("Content-Type", JSON), Json.write(body), code);
    }

    Answer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, code);
    }

    Answer withStatus(int other) {
        return new Answer(other, headers, body, code);
    }

    /** Changes {@code data} of a success; anything else stays as it is. */
    Answer withData(java.util.function.UnaryOperator<@Nullable JsonNode> change) {
        if (code != 0) {
            return this;
        }
        ObjectNode node = (ObjectNode) Json.read(body);
        JsonNode data = change.apply(node.get("data"));
        if (data == null) {
            node.remove("data");
        } else {
            node.set("data", data);
        }
        return new Answer(status, headers, Json.write(node), code);
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", code " + code + "]";
    }
}
