package io.github.tiktokauth;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Reads each answer whole, into memory, within a limit that counts what is sent as well as what it unfolds to. OkHttp's own
 * decompression is not asked for, because it has no limit: it reads on for as long as the file name in the header does not
 * end, or blocks without content come.
 *
 * <p>An answer that is too long or not readable is handed on with its status and its headers, and without a body.
 */
final class BoundedResponses implements Interceptor {

    private static final long MOST_BYTES = 256 * 1024;

    @Override
    public Response intercept(Chain chain) throws IOException {
        try (Response response = chain.proceed(chain.request()
                .newBuilder()
                .header("Accept-Encoding", "identity")
                .build())) {
            Buffer sent = limited(response.body().source());
            Buffer readable = sent == null ? null : decoded(sent, response.header("Content-Encoding", "identity"));
            Buffer body = readable == null ? new Buffer() : readable;
            return response.newBuilder()
                    .removeHeader("Content-Encoding")
                    .removeHeader("Content-Length")
                    .body(ResponseBody.create(body, response.body().contentType(), body.size()))
                    .build();
        }
    }

    private static @Nullable Buffer limited(BufferedSource source) throws IOException {
        if (source.request(MOST_BYTES + 1)) {
            // Else OkHttp would read on for a while when it is closed, in the hope of using the connection again.
            source.timeout().deadlineNanoTime(System.nanoTime());
            return null;
        }
        Buffer all = new Buffer();
        source.readAll(all);
        return all;
    }

    private static @Nullable Buffer decoded(Buffer sent, String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity" -> sent;
            case "gzip" -> gunzipped(sent);
            default -> null;
        };
    }

    private static @Nullable Buffer gunzipped(Buffer sent) {
        try (BufferedSource source = Okio.buffer(new GzipSource(sent))) {
            return limited(source);
        } catch (IOException e) {
            // Nothing is read from the network here.
            return null;
        }
    }
}
