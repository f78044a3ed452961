package io.github.tiktokauth.examples;

import io.github.tiktokauth.TikTokAuthException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Around everything: security headers, the host check, whole bodies, and no exception ever reaches the server. */
final class GuardFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GuardFilter.class);
    private static final int FRAMES = 12;

    private final transient SameOrigin site;

    GuardFilter(SameOrigin site) {
        this.site = site;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        RequestBodyDrain answer = new RequestBodyDrain(request, response);
        secure(request, answer);
        try {
            site.requireKnownHost(request);
            chain.doFilter(request, answer);
        } catch (Exception e) {
            answer(request, answer, e);
        }
        answer.settle();
    }

    private static void secure(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // The callback's URL holds code and state. Elsewhere forms need their origin, which no-referrer would hide.
        boolean api = request.getServletPath().equals("/api");
        response.setHeader("Referrer-Policy", api ? "no-referrer" : "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Exception e)
            throws IOException {
        ApiException error = Errors.toAnswer(e);
        if (error.status() >= 500) {
            log(request, error.status(), e);
        }
        if (!response.isCommitted()) {
            response.resetBuffer();
            String accept = request.getHeader("Accept");
            if (accept != null && accept.contains("text/html")) {
                response.setStatus(error.status());
                Page.write(response, Page.problem(error.status(), error.text()));
            } else {
                Json.write(response, error);
            }
        }
    }

    /** The path as it was sent, without its query. The library's messages are free of secrets; those of others may quote their input. */
    static void log(HttpServletRequest request, int status, Exception e) {
        boolean known = e instanceof ApiException || e instanceof TikTokAuthException;
        LOG.warn(
                "{} {} answered {}: {}",
                request.getMethod(),
                request.getRequestURI(),
                status,
                known
                        ? e.getMessage()
                        : e.getClass().getName() + " at "
                                + Arrays.stream(e.getStackTrace()).limit(FRAMES).toList());
    }
}
