package io.github.tiktokauth.examples;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.examples.SignIn.Notice;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The page, its style and script, and the sign-in of the demonstration. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Map<String, String> TYPES = Map.of(
            "/app.js", "text/javascript; charset=utf-8",
            "/style.css", "text/css; charset=utf-8",
            "/icon.svg", "image/svg+xml");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final transient TikTokAuth auth;
    private final transient URI redirectUri;
    private final boolean simulated;

    PageServlet(TikTokAuth auth, boolean simulated) {
        this.auth = auth;
        this.redirectUri = auth.config().redirectUri();
        this.simulated = simulated;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        switch (path) {
            case "/" -> {
                only(request, "GET");
                page(request, response);
            }
            case "/login" -> {
                only(request, "POST");
                SignIn.in(request, formField(request, "userId"));
                Redirect.home(response);
            }
            case "/logout" -> {
                only(request, "POST");
                SignIn.out(request);
                Redirect.home(response);
            }
            case "/claim" -> {
                only(request, "POST");
                claim(request);
                Redirect.home(response);
            }
            case "/dismiss" -> {
                only(request, "POST");
                ParkedAuthorization.dismiss(request);
                Redirect.home(response);
            }
            default -> {
                String type = TYPES.get(path);
                if (type == null) {
                    throw ApiException.of(404, "there is nothing at this address");
                }
                only(request, "GET");
                response.setContentType(type);
                response.getOutputStream().write(Page.resource(path));
            }
        }
    }

    private void claim(HttpServletRequest request) {
        SignIn user = SignIn.of(request);
        if (user == null) {
            throw ApiException.of(401, "please sign in first");
        }
        SignIn.leave(request, ParkedAuthorization.claim(auth, request, user));
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn user = SignIn.of(request);
        Notice notice = SignIn.takeNotice(request);
        String home = strayedFrom(request);
        Page.write(
                response,
                Page.of(
                        user == null ? null : user.userId(),
                        notice,
                        ParkedAuthorization.in(request.getSession(false)) != null,
                        simulated,
                        home));
    }

    /**
     * The cookie of {@code localhost} is not that of {@code 127.0.0.1}: who signs in at one and comes back from TikTok at the
     * other is a stranger there. The page then moves to where the callback is.
     */
    private @Nullable String strayedFrom(HttpServletRequest request) {
        String asked = request.getServerName().toLowerCase(Locale.ROOT);
        String home = redirectUri.getHost();
        boolean strayed = LOOPBACK.contains(asked) && LOOPBACK.contains(home) && !asked.equals(home);
        return strayed ? redirectUri.getScheme() + "://" + redirectUri.getRawAuthority() + "/" : null;
    }

    private static void only(HttpServletRequest request, String method) {
        boolean same = request.getMethod().equals(method)
                || (method.equals("GET") && request.getMethod().equals("HEAD"));
        if (!same) {
            throw ApiException.methodNotAllowed(method);
        }
        SameOrigin.requireSameOrigin(request);
    }

    /** From the body only: the servlet API's parameters would also take it from the URL. */
    private static @Nullable String formField(HttpServletRequest request, String name) throws IOException {
        for (String pair : new String(Json.bytes(request), StandardCharsets.UTF_8).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }
}
