package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.GatewayResponse;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Looks at the beginning of an answer and leaves all of it to be read. */
final class GatewayResponses {

    private GatewayResponses() {}

    /** Reads 64 KiB at most, both of what was sent and of what it decompresses to. */
    static GatewayResponse judge(Response response, @Nullable CallState state) throws IOException {
        AccessToken used = state == null ? null : state.call().token();
        try (Beginning body = beginning(response, state)) {
            GatewayResponse answer = GatewayResponse.read(
                    response.code(), name -> Optional.ofNullable(response.header(name)), body, used);
            return body.isCutOff() && response.isSuccessful() && hasNoCode(answer)
                    ? new GatewayResponse(GatewayResponse.Kind.SUCCESS, null, null)
                    : answer;
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    private static boolean hasNoCode(GatewayResponse answer) {
        return answer.error() != null && answer.error().code() == 0;
    }

    private static Beginning beginning(Response response, @Nullable CallState state) {
        BufferedSource body = response.body().source();
        if (isGzip(response)) {
            return Beginning.gunzipped(body);
        }
        BufferedSource received = state == null ? null : state.received();
        Response fromNetwork = response.networkResponse();
        if (received == null || fromNetwork == null || !isGzip(fromNetwork)) {
            return Beginning.of(body);
        }
        // OkHttp decompresses, with no limit to what it reads for that. An interceptor that has looked at the body
        // before has left in the buffer what it saw.
        if (!body.getBuffer().exhausted()) {
            return Beginning.buffered(body.getBuffer());
        }
        return received.isOpen() ? Beginning.gunzipped(received) : Beginning.of(body);
    }

    private static boolean isGzip(Response response) {
        return "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
    }
}
