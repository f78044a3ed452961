package io.github.tiktokauth.examples;

import io.github.tiktokauth.examples.SignIn.Notice;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The HTML: a frame, its content, and escaping for every value. */
final class Page {

    private static final Map<String, String> ESCAPES =
            Map.of("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "'", "&#39;", "{", "&#123;");

    private Page() {}

    static String of(
            @Nullable String userId,
            @Nullable Notice notice,
            boolean authorizationWaits,
            boolean simulated,
            @Nullable String home) {
        String content = userId == null
                ? text(simulated ? "signed-out-simulated.html" : "signed-out.html")
                : text("signed-in.html").replace("{{user}}", escaped(userId));
        String waiting = text(userId == null ? "waiting-signed-out.html" : "waiting.html");
        return frame(authorizationWaits ? waiting + content : content, notice, home);
    }

    /** An error for people; programs get JSON. */
    static String problem(int status, String message) {
        String content = text("problem.html")
                .replace("{{title}}", escaped(HttpStatus.getMessage(status)))
                .replace("{{message}}", escaped(sentence(message)));
        return frame(content, null, null);
    }

    static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    static void write(HttpServletResponse response, String html) throws IOException {
        response.setContentType("text/html; charset=utf-8");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String frame(String content, @Nullable Notice notice, @Nullable String home) {
        String note = notice == null
                ? ""
                : "<p class=\"notice " + notice.kind().name().toLowerCase(Locale.ROOT) + "\">" + escaped(notice.text())
                        + "</p>";
        return text("page.html")
                .replace("{{home}}", home == null ? "" : escaped(home))
                .replace("{{notice}}", note)
                .replace("{{content}}", content);
    }

    /** A brace too, so that nothing a user typed is taken for a place to fill. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            String one = String.valueOf((char) c);
            safe.append(ESCAPES.getOrDefault(one, one));
        });
        return safe.toString();
    }

    private static String text(String name) {
        return new String(resource("/" + name), StandardCharsets.UTF_8);
    }

    static byte[] resource(String path) {
        try (InputStream in = Page.class.getResourceAsStream("page" + path)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + path + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
