package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.client.GatewayCall;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import io.github.tiktokauth.signing.RequestSigner;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;

/** From the request that is about to be sent to the one with token, timestamp and signature. */
final class Attempt {

    private static final String JSON = "application/json";

    private final Request request;
    private final Request.Builder signed;
    private final String contentType;

    private Attempt(Request request) {
        this.request = request;
        this.signed = request.newBuilder();
        String given = request.header("Content-Type");
        this.contentType = given == null ? JSON : given;
    }

    static Request sign(Request request, GatewayCall call, boolean withShopCipher) throws IOException {
        Attempt attempt = new Attempt(request);
        Map<String, String> query = query(request.url());
        byte[] body = attempt.body();
        // Encoded again, so that a plus sign means one thing only.
        HttpUrl.Builder url = request.url().newBuilder().query(null);
        call.sign(request.url().encodedPath(), query, withShopCipher, attempt.contentType, body)
                .forEach(url::addQueryParameter);
        return attempt.signed
                .url(url.build())
                .header("Content-Type", attempt.contentType)
                .header(GatewayCall.TOKEN_HEADER, call.token().value())
                .build();
    }

    /** What is to be signed. A body that is signed is read once, so that the same bytes are signed and sent. */
    private byte[] body() throws IOException {
        RequestBody body = request.body();
        if (body == null || !RequestSigner.signsBody(contentType)) {
            return new byte[0];
        }
        byte[] bytes = read(body);
        signed.method(request.method(), RequestBody.create(bytes, null))
                .header("Content-Length", Long.toString(bytes.length))
                .removeHeader("Transfer-Encoding");
        return bytes;
    }

    private static byte[] read(RequestBody body) throws IOException {
        Buffer buffer = new Buffer();
        try (BufferedSink sink = Okio.buffer((Sink) new Bounded(buffer))) {
            body.writeTo(sink);
        }
        return buffer.readByteArray();
    }

    /** Decoded. A name that is repeated has no signature that TikTok defines. */
    static Map<String, String> query(HttpUrl url) throws TikTokCallException {
        Map<String, String> query = new HashMap<>();
        for (int i = 0; i < url.querySize(); i++) {
            String name = url.queryParameterName(i);
            String value = url.queryParameterValue(i);
            boolean nothing = name.isEmpty() && value == null;
            if (!nothing && query.put(name, value == null ? "" : value) != null) {
                throw TikTokCallException.of(
                        Kind.INVALID_REQUEST, "a query parameter is repeated, which TikTok's signature does not allow");
            }
        }
        return query;
    }

    private static final class Bounded extends ForwardingSink {

        private long written;

        Bounded(Buffer buffer) {
            super(buffer);
        }

        @Override
        public void write(Buffer source, long byteCount) throws IOException {
            written += byteCount;
            if (written > GatewayCall.LARGEST_SIGNED_BODY) {
                source.skip(byteCount);
                throw bodyTooLarge();
            }
            super.write(source, byteCount);
        }
    }

    static TikTokCallException bodyTooLarge() {
        return TikTokCallException.of(
                Kind.BODY_TOO_LARGE,
                "a body of more than " + GatewayCall.LARGEST_SIGNED_BODY
                        + " bytes is not signed; send files as multipart/form-data");
    }
}
