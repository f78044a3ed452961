package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Signs each attempt, as a network interceptor: it sees every attempt, also those that OkHttp makes by itself (after a lost
 * connection, a redirect, 408, 421, 503), and exactly what is sent. Only what comes after it sees the signature and the token:
 * retries, redirects, the host's interceptors and the response that the host gets see the request as the host made it.
 */
final class SigningInterceptor implements Interceptor {

    private final GatewayRequests gateway;
    private final boolean followsRedirects;

    SigningInterceptor(GatewayRequests gateway, boolean followsRedirects) {
        this.gateway = gateway;
        this.followsRedirects = followsRedirects;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        CallState state = request.tag(CallState.class);
        if (state == null) {
            return chain.proceed(request);
        }
        state.markSent();
        if (!gateway.cover(request.url())) {
            throw redirectRefused();
        }
        Request signed = Attempt.sign(request, state.call(), gateway.wantsShopCipher(request));
        Response response = chain.proceed(signed).newBuilder().request(request).build();
        // Here already, so that not even a connection is made; OkHttp takes only its own header along to no other host.
        if (followsRedirects && gateway.isLeftBy(response.code(), response.header("Location"), request.url())) {
            response.close();
            throw redirectRefused();
        }
        state.received(response.body().source());
        return response;
    }

    private static TikTokCallException redirectRefused() {
        return TikTokCallException.of(
                Kind.REDIRECT_REFUSED, "a redirect away from TikTok's base URL was refused; nothing was sent there");
    }
}
