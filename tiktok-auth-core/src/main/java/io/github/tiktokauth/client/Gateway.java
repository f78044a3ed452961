package io.github.tiktokauth.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows which URLs are the gateway's, and which of its operations take {@code shop_cipher}. Immutable. */
public final class Gateway {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private static final List<Pattern> WITHOUT_SHOP = List.of(
            Pattern.compile("\\w+ /(authorization|seller|affiliate_creator|affiliate_partner|supply_chain)/.*"),
            Pattern.compile("\\w+ /product/\\d+/(global_products|global_categories|compliance|sizecharts)(/.*)?"),
            Pattern.compile("\\w+ /product/\\d+/categories/[^/]+/global_(attributes|rules)"),
            Pattern.compile("\\w+ /product/\\d+/(images|files)/upload"),
            Pattern.compile("POST /product/\\d+/brands"),
            Pattern.compile("\\w+ /affiliate_seller/\\d+/images/upload"),
            Pattern.compile("\\w+ /logistics/\\d+/global_warehouses"),
            Pattern.compile("\\w+ /fulfillment/\\d+/bundles"));

    private final String scheme;
    private final String host;
    private final int port;
    private final String basePath;

    /**
     * Creates the gateway of one app.
     *
     * @param baseUrl the absolute base URL, as in {@link io.github.tiktokauth.TikTokConfig#baseUrl()}
     */
    public Gateway(URI baseUrl) {
        URI normalized = baseUrl.normalize();
        scheme = normalized.getScheme().toLowerCase(Locale.ROOT);
        host = canonical(normalized.getHost());
        port = port(scheme, normalized.getPort());
        String path = normalized.getRawPath();
        basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Returns whether a URL is below the base URL: scheme, host and port are compared exactly, the base path by whole segments.
     *
     * @param urlScheme the scheme
     * @param urlHost the host name or address
     * @param urlPort the port; -1 for the scheme's own
     * @param encodedPath the path, percent-encoded, without dot segments
     * @return whether it is
     */
    public boolean covers(String urlScheme, String urlHost, int urlPort, String encodedPath) {
        return urlScheme.equalsIgnoreCase(scheme)
                && canonical(urlHost).equals(host)
                && port(scheme, urlPort) == port
                && encodedPath.startsWith(basePath + "/");
    }

    /**
     * Returns whether an operation takes {@code shop_cipher}, by the rule in {@link ShopCipher}.
     *
     * @param method the HTTP method
     * @param encodedPath a path below the base URL, percent-encoded
     * @return whether it does
     */
    public boolean takesShopCipher(String method, String encodedPath) {
        String operation = method + " " + encodedPath.substring(basePath.length());
        return WITHOUT_SHOP.stream()
                .noneMatch(pattern -> pattern.matcher(operation).matches());
    }

    private static int port(String scheme, int given) {
        if (given != -1) {
            return given;
        }
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    private static String canonical(String host) {
        if (!host.contains(":")) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            // An IPv6 address: nothing is looked up.
            String address = host.startsWith("[") ? host : "[" + host + "]";
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
