package io.github.tiktokauth.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, read whole. A query that repeats a name or is badly encoded has {@code parameters} null. */
final class Request {

    private static final int MOST_BYTES = 20 * 1024 * 1024;

    private final HttpExchange exchange;
    private final String path;
    private final @Nullable Map<String, String> parameters;
    private final byte[] body;

    private Request(HttpExchange exchange, String path, @Nullable Map<String, String> parameters, byte[] body) {
        this.exchange = exchange;
        this.path = path;
        this.parameters = parameters;
        this.body = body;
    }

    static Request read(HttpExchange exchange) throws IOException {
        // URI takes //a/b for a host; its text is what was really asked for.
        String target = exchange.getRequestURI().toString();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new Request(
                exchange,
                path,
                parse(mark < 0 ? "" : target.substring(mark + 1)),
                exchange.getRequestBody().readNBytes(MOST_BYTES));
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** Exactly as requested. */
    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** The media type without its parameters, in lower case; empty when there is none. */
    String mediaType() {
        String header = header("Content-Type");
        return header == null ? "" : Signatures.mediaType(header);
    }

    boolean isMalformed() {
        return parameters == null;
    }

    Map<String, String> parameters() {
        return parameters == null ? Map.of() : parameters;
    }

    String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    List<String> parameterNames() {
        return parameters().keySet().stream().sorted().toList();
    }

    /** Decodes a query or a form. */
    static @Nullable Map<String, String> parse(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
                if (parameters.put(name, value) != null) {
                    return null;
                }
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
