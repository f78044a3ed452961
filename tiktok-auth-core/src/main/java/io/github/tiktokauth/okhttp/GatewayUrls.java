package io.github.tiktokauth.okhttp;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Which URLs are the gateway's, and which of its paths are about one shop. */
final class GatewayUrls {

    private static final List<Pattern> WITHOUT_SHOP = List.of(
            Pattern.compile("\\w+ /(authorization|seller|affiliate_creator|affiliate_partner|supply_chain)/.*"),
            Pattern.compile("\\w+ /product/\\d+/(global_products|global_categories|compliance|sizecharts)(/.*)?"),
            Pattern.compile("\\w+ /product/\\d+/categories/[^/]+/global_(attributes|rules)"),
            Pattern.compile("\\w+ /product/\\d+/(images|files)/upload"),
            Pattern.compile("POST /product/\\d+/brands"),
            Pattern.compile("\\w+ /affiliate_seller/\\d+/images/upload"),
            Pattern.compile("\\w+ /logistics/\\d+/global_warehouses"),
            Pattern.compile("\\w+ /fulfillment/\\d+/bundles"));

    private final HttpUrl base;
    private final String basePath;

    GatewayUrls(URI baseUrl) {
        base = HttpUrl.get(baseUrl.toString());
        basePath = base.encodedPath().equals("/") ? "" : base.encodedPath();
    }

    /** Scheme, host and port exactly, and the base path as a whole segment. */
    boolean cover(HttpUrl url) {
        return url.scheme().equals(base.scheme())
                && url.host().equals(base.host())
                && url.port() == base.port()
                && url.encodedPath().startsWith(basePath + "/");
    }

    /** Whether this library adds the cipher. */
    boolean wantsShopCipher(Request request) {
        HttpUrl url = request.url();
        if (url.queryParameterNames().contains(Attempt.SHOP_CIPHER)) {
            return false;
        }
        ShopCipher said = request.tag(ShopCipher.class);
        return said == null ? !isWithoutShop(request.method(), url) : said == ShopCipher.ADD;
    }

    private boolean isWithoutShop(String method, HttpUrl url) {
        String call = method + " " + url.encodedPath().substring(basePath.length());
        return WITHOUT_SHOP.stream().anyMatch(pattern -> pattern.matcher(call).matches());
    }

    /** Whether an answer sends the caller elsewhere. */
    boolean isLeftBy(int status, @Nullable String location, HttpUrl url) {
        HttpUrl target = status / 100 == 3 && location != null ? url.resolve(location) : null;
        return target != null && !cover(target);
    }
}
