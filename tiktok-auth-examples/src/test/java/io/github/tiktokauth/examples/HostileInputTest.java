package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.examples.Client.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-meaning client sends. */
class HostileInputTest {

    @TempDir
    static Path directory;

    static App app;

    private final Client client = Client.signedIn(app, Shops.newName("user"));

    @BeforeAll
    static void start() {
        app = App.start(Map.of("PORT", "0"), directory);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/tiktok/auth/initiate",
        "POST, /api/v1/tiktok/auth/callback",
        "GET, /api/v1/tiktok/auth/callback?code=a&state=b",
        "GET, /api/v1/tiktok/auth/status",
        "GET, /api/v1/tiktok/auth/details",
        "GET, /api/v1/tiktok/shop/info",
        "GET, /api/v1/tiktok/shop/products",
        "POST, /api/v1/tiktok/auth/refresh",
        "DELETE, /api/v1/tiktok/shop/disconnect",
        "GET, /api/v1/tiktok/nothing/here",
        "PUT, /api/v1/tiktok/auth/status",
        "GET, /api/",
        "GET, /api"
    })
    void withoutASessionEveryApiCallIs401(String method, String path) {
        Reply reply = new Client(app.url()).method(method, path);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body())
                .isEqualTo("{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"please sign in first\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/tiktok/auth/initiate, POST",
        "HEAD, /api/v1/tiktok/auth/callback, 'GET, POST'",
        "PUT, /api/v1/tiktok/auth/callback, 'GET, POST'",
        "POST, /api/v1/tiktok/auth/status, GET",
        "POST, /api/v1/tiktok/shop/info, GET",
        "DELETE, /api/v1/tiktok/shop/products, GET",
        "GET, /api/v1/tiktok/auth/refresh, POST",
        "POST, /api/v1/tiktok/shop/disconnect, DELETE",
        "GET, /api/v1/tiktok/shop/disconnect, DELETE",
        "GET, /login, POST",
        "GET, /logout, POST",
        "POST, /, GET",
        "OPTIONS, /, GET",
        "DELETE, /app.js, GET"
    })
    void aWrongMethodIs405AndNamesTheRightOnes(String method, String path, String allow) {
        Reply reply = client.method(method, path);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo(allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/tiktok", "/api/v1/tiktok/auth/status/", "/api/v2/tiktok/auth/status", "/api/x", "/x.css"
            })
    void unknownAddressesAre404(String path) {
        Reply reply = client.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").textValue()).isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "\"text\"",
                "null",
                "{\"state\":1}",
                "{\"state\":{\"a\":1}}",
                "{\"state\":[\"a\"]}",
                "{\"state\":true}",
                "{\"scope\":1.5}",
                "{\"state\":\"a\",\"state\":\"b\"}",
                "{\"state\":\"a\"}{\"state\":\"b\"}",
                "{\"state\":\"a\"} trailing",
                "{'state':'a'}",
                "{\"state\":\"a\",}",
                "{\"state\":NaN}",
                "{\"state\":\"line\\nbreak\"}",
                "{\"scope\":\"null\\u0000byte\"}",
                "{\"state\":\"half \\ud800 character\"}"
            })
    void malformedJsonAndWrongTypesAre400(String body) {
        Reply reply = client.post(API + "/auth/initiate", body);
        assertThat(reply.status()).as(body).isEqualTo(400);
        assertThat(reply.json().path("statusCode").intValue()).isEqualTo(400);
        assertThat(reply.json().path("error").textValue()).isEqualTo("Bad Request");
        assertThat(reply.json().path("message").textValue())
                .isNotBlank()
                .doesNotContain("nonsense", "Exception", "line ");
    }

    @Test
    void jsonBombsAre400() {
        String deep = "{\"state\":" + "[".repeat(7000) + "]".repeat(7000) + "}";
        assertThat(client.post(API + "/auth/initiate", deep).status()).isEqualTo(400);
        byte[] notUtf8 = "{\"state\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(client.post(API + "/auth/initiate", notUtf8).status()).isEqualTo(400);
        assertThat(client.post(API + "/auth/initiate", "{\"state\":\"" + "x".repeat(1001) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIs413WithOrWithoutALength() {
        byte[] body = ("{\"state\":\"" + "x".repeat(Json.BODY_LIMIT) + "\"}").getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("/auth/initiate", "/auth/callback", "/auth/refresh")) {
            assertThat(client.post(API + path, body).status()).isEqualTo(413);
            assertThat(client.postChunked(API + path, body).status()).isEqualTo(413);
        }
        assertThat(client.form("/login", "userId=" + "x".repeat(Json.BODY_LIMIT))
                        .status())
                .isEqualTo(413);
        assertThat(client.get(API + "/auth/status").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tiktok/auth/initiate", "/api/v1/tiktok/webhooks", "/login", "/logout", "/nothing"})
    void aRefusedBodyThatIsShortLeavesTheConnectionUsable(String path) throws IOException {
        String body = "x".repeat(100_000);
        String post = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";
        String answers = raw(
                post + "Content-Length: " + body.length() + "\r\n\r\n",
                body,
                post + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n",
                body + "\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 ").contains("HTTP/1.1 200 OK");
        assertThat(answers.split("HTTP/1\\.1 \\d\\d\\d ", -1)).hasSize(4);
        assertThat(answers.split("(?i)Connection: close", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10000000", "Content-Length: 20000\r\nExpect: 100-continue"})
    void aRefusedBodyThatIsLongOrNotYetSentIsNotAwaitedAndTheClientHearsThatTheConnectionEnds(String headers)
            throws IOException {
        String answer = raw("POST /api/v1/tiktok/auth/initiate HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void aBodyThatAFormOfAnotherSiteCouldSendIs415() {
        assertThat(client.form(API + "/auth/initiate", "{\"state\":\"x\"}").status())
                .isEqualTo(415);
        assertThat(client.form(API + "/auth/refresh", "a=b").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, strange",
        "Origin, https://evil.example",
        "Origin, http://127.0.0.1:1",
        "Origin, null",
        "Origin, ''"
    })
    void whatAnotherSiteMakesTheBrowserSendIs403(String header, String value) {
        assertThat(client.post(API + "/auth/initiate", "{}", header, value).status())
                .isEqualTo(403);
        assertThat(client.post(API + "/auth/refresh", "", header, value).status())
                .isEqualTo(403);
        assertThat(client.method("DELETE", API + "/shop/disconnect", header, value)
                        .status())
                .isEqualTo(403);
        assertThat(client.form("/logout", "", header, value).status()).isEqualTo(403);
        assertThat(client.form("/login", "userId=mallory", header, value).status())
                .isEqualTo(403);
        assertThat(client.get("/").body()).doesNotContain("mallory");
    }

    @Test
    void whatTheOwnPageSendsIsTaken() {
        assertThat(client.post(API + "/auth/initiate", "{}", "Origin", app.url(), "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(client.post(API + "/auth/initiate", "{}", "Origin", app.url())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aForeignHostNameThatPointsHereIs421() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:1234\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /api/v1/tiktok/auth/callback?code=%zz&state=marked-secret HTTP/1.1\r\nHost: localhost\r\nConnection:"
                        + " close\r\n\r\n",
                "GET /%2e%2e/x?state=marked-secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /a%00b?state=marked-secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api;a=b/..;/x?state=marked-secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /?state=marked-secret HTTP/1.1\r\nConnection: close\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedWithoutDetail(String request) throws IOException {
        assertThat(raw(request))
                .matches("(?s)HTTP/1.1 4\\d\\d .*")
                .doesNotContain("marked-secret", "Exception", "jetty", "Jetty", "%zz");
    }

    @Test
    void aCallbackWithAMalformedOrDoubledQueryEndsAtThePage() {
        for (String query :
                List.of("code=a&code=b&state=c", "code=a&state=b&state=c", "error=a&error=b", "code=&state=", "")) {
            Reply reply = client.get(API + "/auth/callback?" + query);
            assertThat(reply.status()).as(query).isEqualTo(303);
            assertThat(reply.header("Location")).isEqualTo("/");
            assertThat(client.get("/").body()).as(query).contains("notice ");
        }
    }

    @Test
    void anEndlessHeaderIsRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    /** Between the pieces of what is sent the server has time to do what it would do too early. */
    private static String raw(String... pieces) throws IOException {
        URI url = URI.create(app.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (pieces.length > 1) {
                    new Client(app.url()).get("/");
                }
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
