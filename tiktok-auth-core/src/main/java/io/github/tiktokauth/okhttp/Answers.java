package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.GatewayAnswer;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Looks at the beginning of an answer and leaves all of it to be read. */
final class Answers {

    private Answers() {}

    static GatewayAnswer judge(Response response, @Nullable AccessToken used) throws IOException {
        try {
            BufferedSource ahead = response.body().source().peek();
            // OkHttp decompresses only what it asked for itself.
            BufferedSource plain = "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
                    ? Okio.buffer(new GzipSource(ahead))
                    : ahead;
            return GatewayAnswer.read(
                    response.code(), name -> Optional.ofNullable(response.header(name)), plain.inputStream(), used);
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }
}
