package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.okhttp.TikTokCallException.Kind;
import io.github.tiktokauth.signing.RequestSigner;
import java.io.IOException;
import java.time.InstantSource;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The half that stands at the wire, as a network interceptor: it sees every attempt, those that OkHttp makes by itself too
 * (after a lost connection, a redirect, 408, 421, 503), and what exactly is sent. Nothing behind it is signed or holds the
 * token: retries, redirects, the host's interceptors and the response that the host gets all see the request as the host made
 * it.
 */
final class SigningInterceptor implements Interceptor {

    private final GatewayUrls gateway;
    private final RequestSigner signer;
    private final InstantSource clock;
    private final boolean followsRedirects;

    SigningInterceptor(TikTokAuth auth, GatewayUrls gateway, boolean followsRedirects) {
        this.gateway = gateway;
        this.signer = auth.signer();
        this.clock = auth.clock();
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
        Request signed = Attempt.sign(
                request,
                state.token(),
                gateway.wantsShopCipher(request),
                signer,
                clock.instant().plus(state.clockError()));
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
