package io.github.tiktokauth.examples;

import jakarta.servlet.http.HttpServletResponse;

/** Redirects go to the page and nowhere else; no request can name another place. */
final class Redirect {

    private Redirect() {}

    /** With a method other than that of the request, so that a reload repeats nothing. */
    static void home(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "/");
    }
}
