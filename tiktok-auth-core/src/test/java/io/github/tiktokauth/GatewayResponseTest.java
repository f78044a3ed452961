package io.github.tiktokauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.GatewayResponse.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayResponseTest {

    private static final AccessToken USED = AccessToken.of("SECRET-token", Instant.EPOCH, "1", null);

    private static GatewayResponse judge(int status, String body, Map<String, String> headers) {
        return GatewayResponse.of(
                status, name -> Optional.ofNullable(headers.get(name)), body.getBytes(StandardCharsets.UTF_8), USED);
    }

    private static GatewayResponse judge(int status, String body) {
        return judge(status, body, Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | 0        | Success                                                    | SUCCESS
            400 | 0        | the body decides                                           | SUCCESS
            401 | 105001   | invalid                                                    | TOKEN_REFUSED
            200 | 105002   | expired                                                    | TOKEN_REFUSED
            400 | 36009004 | The `access_token` header is invalid.                      | TOKEN_REFUSED
            400 | 36009004 | The `x-tts-access-token` header is invalid.                | TOKEN_REFUSED
            400 | 36009004 | The `content-type` header is invalid.                      | REFUSED
            400 | 36009004 | The value of the `timestamp` query parameter is too old    | TIMESTAMP_REFUSED
            400 | 36009004 | Invalid `app_key` query parameter                          | CONFIGURATION
            400 | 36009004 | anything else                                              | REFUSED
            429 | 36009002 | Too many requests                                          | RATE_LIMITED
            200 | 36009002 | Too many requests                                          | RATE_LIMITED
            429 | 1        | another code                                               | RATE_LIMITED
            500 | 36009003 | Internal error                                             | UNAVAILABLE
            504 | 36009007 | time-out                                                   | UNAVAILABLE
            502 | 7        | unknown                                                    | UNAVAILABLE
            400 | 36009033 | IP not on the allow list                                   | CONFIGURATION
            401 | 106001   | sign invalid                                               | CONFIGURATION
            401 | 105005   | scope missing                                              | REFUSED
            400 | 106013   | cipher missing                                             | REFUSED
            400 | 36009044 | shop disabled                                              | REFUSED
            404 | 36009009 | path                                                       | REFUSED
            """)
    void theCodeInTheBodyDecides(int status, int code, String message, Kind kind) {
        GatewayResponse answer = judge(
                status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"request_id\":\"R\",\"data\":null}");
        assertThat(answer.kind()).isEqualTo(kind);
        if (kind == Kind.SUCCESS) {
            assertThat(answer.error()).isNull();
        } else {
            assertThat(answer.error()).isEqualTo(new TikTokError(status, code, message, "R"));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, UNAVAILABLE", "404, UNAVAILABLE", "502, UNAVAILABLE", "429, RATE_LIMITED"})
    void whatIsNotTikToksJsonIsAFailureOnTheWay(int status, Kind kind) {
        for (String body :
                new String[] {"", "<html>", "[]", "null", "{}", "{\"code\":\"0\"}", "{\"code\":", "\u0000"}) {
            assertThat(judge(status, body).kind()).as(body).isEqualTo(kind);
        }
    }

    @Test
    void theOrderOfFieldsAndUnknownOnesDoNotMatter() {
        GatewayResponse answer = judge(
                401,
                "{\"request_id\":\"R\",\"data\":{\"code\":0,\"message\":[{}]},\"x\":[1,[2]],\"message\":\"m\",\"code\":105002}");
        assertThat(answer.error()).isEqualTo(new TikTokError(401, 105002, "m", "R"));
    }

    @Test
    void whatIsLongerThanAnErrorEverIsIsASuccessIfTheStatusSaysSo() {
        String body = "{\"data\":\"" + "x".repeat(100_000) + "\",\"code\":105002}";
        assertThat(judge(200, body).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(judge(500, body).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(judge(200, " ".repeat(100_000) + "{}").kind()).isEqualTo(Kind.SUCCESS);
        assertThat(judge(500, " ".repeat(100_000) + "{}").kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(judge(200, " ".repeat(60_000) + "{}").kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(judge(200, " ".repeat(60_000)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void noMoreIsReadThanMustBe() throws IOException {
        InputStream stalling = new InputStream() {
            private final byte[] start = "{\"code\":0,\"data\":[".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                throw new AssertionError("read on although the code is known");
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (at == start.length) {
                    throw new AssertionError("read on although the code is known");
                }
                int count = Math.min(length, start.length - at);
                System.arraycopy(start, at, into, offset, count);
                at += count;
                return count;
            }
        };
        assertThat(GatewayResponse.read(200, name -> Optional.empty(), stalling, null)
                        .kind())
                .isEqualTo(Kind.SUCCESS);
    }

    @Test
    void theTokenAndControlCharactersAreTakenOutOfTikToksText() {
        GatewayResponse answer = judge(
                401, "{\"code\":7,\"message\":\"bad SECRET-token\\n\\u001b[31m\",\"request_id\":\"SECRET-token\"}");
        assertThat(answer.error()).isEqualTo(new TikTokError(401, 7, "bad ***  [31m", "***"));
        assertThat(answer.toString()).doesNotContain("SECRET");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0                             | PT0S
            30                            | PT30S
            ' 5 '                         | PT5S
            999999999                     | PT24H
            99999999999                   | -
            -1                            | -
            1.5                           | -
            soon                          | -
            Mon, 23 Nov 2026 10:16:00 GMT | PT1M
            Mon, 23 Nov 2026 10:14:00 GMT | PT0S
            Mon, 23 Nov 2126 10:14:00 GMT | -
            Sat, 23 Nov 2126 10:14:00 GMT | PT24H
            """)
    void theTimeToWaitIsReadInBothForms(String retryAfter, Duration expected) {
        Map<String, String> headers = Map.of("Retry-After", retryAfter, "Date", "Mon, 23 Nov 2026 10:15:00 GMT");
        assertThat(judge(429, "{\"code\":36009002,\"message\":\"slow\"}", headers)
                        .retryAfter())
                .isEqualTo(expected);
    }

    @Test
    void withoutAHeaderThereIsNoTimeToWait() {
        assertThat(judge(429, "").retryAfter()).isNull();
        assertThat(judge(429, "", Map.of("Retry-After", "Mon, 23 Nov 2026 10:16:00 GMT"))
                        .retryAfter())
                .as("a date is nothing without the server's own")
                .isNull();
    }
}
