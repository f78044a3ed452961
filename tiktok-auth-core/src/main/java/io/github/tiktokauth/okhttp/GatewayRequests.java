package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.client.Gateway;
import io.github.tiktokauth.client.GatewayCall;
import io.github.tiktokauth.client.ShopCipher;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The gateway's requests and URLs in OkHttp's types. */
final class GatewayRequests {

    private final Gateway gateway;

    GatewayRequests(Gateway gateway) {
        this.gateway = gateway;
    }

    boolean cover(HttpUrl url) {
        return gateway.covers(url.scheme(), url.host(), url.port(), url.encodedPath());
    }

    /** Whether this library adds the cipher. */
    boolean wantsShopCipher(Request request) {
        HttpUrl url = request.url();
        if (url.queryParameterNames().contains(GatewayCall.SHOP_CIPHER)) {
            return false;
        }
        ShopCipher tag = request.tag(ShopCipher.class);
        return tag == null ? gateway.takesShopCipher(request.method(), url.encodedPath()) : tag == ShopCipher.ADD;
    }

    /** Whether an answer redirects away from the gateway. */
    boolean isLeftBy(int status, @Nullable String location, HttpUrl url) {
        HttpUrl target = status / 100 == 3 && location != null ? url.resolve(location) : null;
        return target != null && !cover(target);
    }
}
