package io.github.tiktokauth.examples;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to this site. The session cookie is {@code SameSite=Lax} already; this refuses cross-site requests also in
 * browsers, and from neighbours on other ports, for which that means nothing.
 */
final class SameOrigin {

    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Set<String> names;

    SameOrigin(String listeningHost, URI redirectUri) {
        names = new HashSet<>(List.of("localhost", lower(listeningHost), lower(redirectUri.getHost())));
    }

    /**
     * A page elsewhere can give its own name this address and then talk to it as to its own site. It cannot do so with an
     * IP address, nor with the names this app is known by.
     */
    void requireKnownHost(HttpServletRequest request) {
        String host = lower(request.getServerName());
        boolean address = host.startsWith("[") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.contains(":");
        if (!address && !names.contains(host)) {
            throw ApiException.of(421, "this app is not known by that host name");
        }
    }

    /** Refuses a state-changing request that another site made the browser send. */
    static void requireSameOrigin(HttpServletRequest request) {
        if (!UNSAFE.contains(request.getMethod())) {
            return;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean fine = site != null
                ? site.equals("same-origin") || site.equals("none")
                : origin == null || sameAuthority(origin, request.getHeader("Host"));
        if (!fine) {
            throw ApiException.of(403, "requests from another site are refused");
        }
    }

    /** Without the scheme: behind a proxy that speaks TLS the browser says https and this app sees http. */
    private static boolean sameAuthority(String origin, @Nullable String host) {
        int start = origin.indexOf("://");
        return start > 0 && host != null && lower(origin.substring(start + 3)).equals(lower(host));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
