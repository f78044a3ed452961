package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response before it is written.
 *
 * @param code TikTok's code in the body, or -1
 */
record Response(int status, Map<String, String> headers, String body, int code) {

    static final String JSON = "application/json; charset=utf-8";

    Response {
        headers = Map.copyOf(headers);
    }

    static Response of(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body, -1);
    }

    /** What TikTok's token endpoints say to wrong methods and paths. */
    static Response notFoundInPlainText() {
        return of(404, "text/plain; charset=utf-8", "404 page not found\n");
    }

    static Response success(JsonNode data) {
        ObjectNode body = Json.object();
        body.put("code", 0);
        body.set("data", data);
        body.put("message", "Success");
        body.put("request_id", Json.requestId());
        return new Response(200, Map.of("Content-Type", JSON), Json.write(body), 0);
    }

    static Response refused(int status, int code, String message, boolean withNullData) {
        ObjectNode body = Json.object();
        body.put("code", code);
        if (withNullData) {
            body.putNull("data");
        }
        body.put("message", message);
        body.put("request_id", Json.requestId());
        return new Response(status, Map.of("Content-Type", JSON), Json.write(body), code);
    }

    Response withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body, code);
    }

    Response withStatus(int other) {
        return new Response(other, headers, body, code);
    }

    /** Writes the code of a success as text. */
    Response withCodeAsText() {
        if (code != 0) {
            return this;
        }
        ObjectNode node = (ObjectNode) Json.read(body);
        node.put("code", "0");
        return new Response(status, headers, Json.write(node), code);
    }

    /** Changes {@code data} of a success; anything else stays as it is. */
    Response withData(java.util.function.UnaryOperator<@Nullable JsonNode> change) {
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
        return new Response(status, headers, Json.write(node), code);
    }

    @Override
    public String toString() {
        return "Response[" + status + ", code " + code + "]";
    }
}
