package io.github.tiktokauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The next step after an answer of TikTok's gateway, decided by the {@code code} in its body and not by the HTTP status
 * alone. The JSON itself is the host's to read.
 *
 * @param kind the next step
 * @param error what TikTok said, unless it is a success
 * @param retryAfter how long TikTok asks to wait, if it does; at most a day
 */
public record GatewayResponse(
        Kind kind, @Nullable TikTokError error, @Nullable Duration retryAfter) {

    private static final JsonFactory JSON = new JsonFactory();

    /** An error is a few hundred bytes; only a success has more, and it may say its code behind its data. */
    private static final int MOST_BYTES = 64 * 1024;

    /** The next step. */
    public enum Kind {
        /** Code 0: read the data. */
        SUCCESS,
        /**
         * The access token is refused as invalid or expired: call {@link TikTokAuth#replaceRefusedToken} and repeat the call once,
         * signed anew. If it is refused again, the seller has probably ended the authorization.
         */
        TOKEN_REFUSED,
        /** The timestamp is refused: repeat once, signed anew. If it is refused again, this machine's clock is wrong. */
        TIMESTAMP_REFUSED,
        /** Too many calls: wait, for {@link GatewayResponse#retryAfter()} if TikTok says so. */
        RATE_LIMITED,
        /** TikTok, or something on the way to it, fails: try later. */
        UNAVAILABLE,
        /** App Key, App Secret or the list of allowed addresses: an operator must act. */
        CONFIGURATION,
        /** Refused for good, for this call only. */
        REFUSED
    }

    /**
     * Judges an answer that was read whole.
     *
     * @param httpStatus the HTTP status
     * @param header finds a header by its name; with the JDK's client {@code response.headers()::firstValue}
     * @param body the body, decompressed
     * @param used the token that the call was made with; it is taken out of TikTok's text
     * @return the judgement
     */
    public static GatewayResponse of(
            int httpStatus, Function<String, Optional<String>> header, byte[] body, @Nullable AccessToken used) {
        try {
            return read(httpStatus, header, new ByteArrayInputStream(body), used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Judges an answer from the beginning of its body: reads until the code is known, and 64 KiB at most. An answer with an HTTP
     * status from 200 to 299 whose code is not within them counts as a success.
     *
     * @param httpStatus the HTTP status
     * @param header finds a header by its name
     * @param body the body, decompressed; it is not closed
     * @param used the token that the call was made with; it is taken out of TikTok's text
     * @return the judgement
     * @throws IOException when the body cannot be read
     */
    public static GatewayResponse read(
            int httpStatus, Function<String, Optional<String>> header, InputStream body, @Nullable AccessToken used)
            throws IOException {
        Envelope envelope = Envelope.read(body);
        Long code = envelope.code;
        if (code == null ? envelope.cutOff && httpStatus / 100 == 2 : code == 0) {
            return new GatewayResponse(Kind.SUCCESS, null, null);
        }
        List<String> secrets = used == null ? List.of() : List.of(used.value());
        TikTokError error = new TikTokError(
                httpStatus,
                code == null ? 0 : code,
                code == null ? "not the JSON it should be" : Text.printable(envelope.message, 200, secrets),
                envelope.requestId == null ? null : Text.printable(envelope.requestId, 128, secrets));
        return new GatewayResponse(kind(error, code != null), error, RetryAfter.read(header));
    }

    private static Kind kind(TikTokError error, boolean hasCode) {
        if (ErrorCode.refusesToken(error)) {
            return Kind.TOKEN_REFUSED;
        } else if (ErrorCode.refusesTimestamp(error)) {
            return Kind.TIMESTAMP_REFUSED;
        } else if (ErrorCode.limitsRate(error)) {
            return Kind.RATE_LIMITED;
        } else if (!hasCode) {
            return Kind.UNAVAILABLE;
        }
        return switch (ErrorCode.remedy(error)) {
            case TRANSIENT -> Kind.UNAVAILABLE;
            case CONFIGURATION -> Kind.CONFIGURATION;
            case REAUTHORIZE, NEW_CONSENT, PERMANENT -> Kind.REFUSED;
        };
    }

    /** The outer fields of an answer, as far as it was read. */
    private static final class Envelope {

        @Nullable Long code;

        String message = "";

        @Nullable String requestId;

        boolean cutOff;

        static Envelope read(InputStream body) throws IOException {
            Envelope envelope = new Envelope();
            Limited limited = new Limited(body);
            boolean ended;
            try (JsonParser parser = JSON.createParser(limited)) {
                ended = envelope.read(parser);
            } catch (JsonProcessingException e) {
                ended = false;
            }
            envelope.cutOff = !ended && limited.left == 0;
            return envelope;
        }

        /** Whether it ended: what was looked for is known, or known to be missing. */
        private boolean read(JsonParser parser) throws IOException {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first != null;
            }
            boolean known = false;
            while (!known && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
                    code = parser.getLongValue();
                } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
                    message = parser.getText();
                } else if (name.equals("request_id") && value == JsonToken.VALUE_STRING) {
                    requestId = parser.getText();
                } else {
                    parser.skipChildren();
                }
                known = code != null && (code == 0 || (!message.isEmpty() && requestId != null));
            }
            return true;
        }
    }

    private static final class Limited extends InputStream {

        private final InputStream source;
        private int left = MOST_BYTES;

        Limited(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int value = left == 0 ? -1 : source.read();
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = left == 0 ? -1 : source.read(into, offset, Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
