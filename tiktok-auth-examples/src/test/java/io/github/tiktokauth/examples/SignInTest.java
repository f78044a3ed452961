package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.examples.Client.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session, and what stands in every answer. */
class SignInTest {

    @TempDir
    static Path directory;

    static App app;

    private final Client client = new Client(app.url());

    @BeforeAll
    static void start() {
        app = App.start(Map.of("PORT", "0"), directory);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void theSessionIsACookieThatNoScriptAndNoOtherSiteGets() {
        Reply reply = client.signIn("alice");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).isEqualTo("/");
        assertThat(reply.header("Set-Cookie"))
                .startsWith("tiktok_auth_example=")
                .contains("; HttpOnly")
                .contains("; SameSite=Lax")
                .contains("; Path=/")
                .doesNotContain("Secure", "alice");
    }

    @Test
    void behindHttpsTheCookieIsSecure(@TempDir Path other) {
        try (App behindProxy = App.start(Shops.real(Map.of("PORT", "0")), other)) {
            assertThat(new Client(behindProxy.url()).signIn("alice").header("Set-Cookie"))
                    .contains("; Secure");
        }
    }

    @Test
    void eachSignInHasANewSession() {
        String first = client.signIn("alice").header("Set-Cookie");
        String second = client.signIn("alice").header("Set-Cookie");
        assertThat(first).isNotEqualTo(second);
        Reply old = new Client(app.url()).get(API + "/auth/status", "Cookie", first.split(";", 2)[0]);
        assertThat(old.status()).isEqualTo(401);
    }

    @Test
    void aSessionIdInTheUrlIsWorthNothing() {
        String id = client.signIn("alice").header("Set-Cookie").split("[=;]", 3)[1];
        Reply reply = new Client(app.url()).get(API + "/auth/status;jsessionid=" + id);
        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() {
        client.signIn("alice");
        assertThat(client.get(API + "/auth/status").status()).isEqualTo(200);
        assertThat(client.form("/logout", "").header("Location")).isEqualTo("/");
        assertThat(client.get(API + "/auth/status").status()).isEqualTo(401);
        assertThat(client.form("/logout", "").status()).as("signed out already").isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "userId=",
                "userId=%20%20",
                "userId=%zz",
                "userId=a%00b",
                "userId=a%0Ab",
                "userId=a%E2%80%AEb",
                "user=alice",
                "userId"
            })
    void aUserIdThatIsNoneIs400(String form) {
        Reply reply = client.form("/login", form);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aUserIdHasAtMost128Characters() {
        assertThat(client.signIn("x".repeat(128)).status()).isEqualTo(303);
        assertThat(client.signIn("x".repeat(129)).status()).isEqualTo(400);
    }

    @Test
    void aUserIdInTheUrlIsNotTaken() {
        assertThat(client.form("/login?userId=mallory", "").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\" onload=\"x", "{{content}}", "Größe ✓ 😀", "a&b"})
    void anyUserIdIsShownAsText(String userId) {
        client.signIn(userId);
        assertThat(client.get("/").body()).contains("<strong id=\"user\">" + Page.escaped(userId) + "</strong>");
        assertThat(client.get(API + "/auth/status").status()).isEqualTo(200);
        assertThat(Page.escaped(userId)).doesNotContain("<", ">", "\"", "{");
    }

    @Test
    void usersDifferInCase() {
        Client alice = Shops.connected(app, "Case", Shops.newSeller(app));
        assertThat(alice.get(API + "/auth/status").body()).contains("true");
        assertThat(Client.signedIn(app, "case").get(API + "/auth/status").body())
                .contains("false");
    }

    @Test
    void everyAnswerHasTheSecurityHeaders() {
        client.signIn("alice");
        for (String path : new String[] {"/", "/app.js", "/style.css", "/icon.svg", "/none", API + "/auth/status"}) {
            Reply reply = client.get(path);
            assertThat(reply.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.headers()).doesNotContainKey("server");
        }
        assertThat(client.get(API + "/auth/callback?code=a&state=b").header("Referrer-Policy"))
                .isEqualTo("no-referrer");
    }

    @Test
    void thePageMovesFromLocalhostToWhereTheCallbackIs() {
        Client astray = new Client(app.url().replace("127.0.0.1", "localhost"));
        assertThat(astray.get("/").body()).contains("data-home=\"" + app.url() + "/\"");
        assertThat(client.get("/").body()).contains("data-home=\"\"");
    }
}
