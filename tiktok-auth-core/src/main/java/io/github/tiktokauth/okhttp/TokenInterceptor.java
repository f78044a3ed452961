package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.client.GatewayCall;
import io.github.tiktokauth.client.TikTokCallException;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import okhttp3.CacheControl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Starts each call, as an application interceptor: it gets the token while no connection is held, and repeats the call when TikTok
 * refuses token or timestamp.
 */
final class TokenInterceptor implements Interceptor {

    /** Two users' calls can have the same URL: an answer must never be found in a cache. */
    private static final CacheControl NO_STORE =
            new CacheControl.Builder().noStore().build();

    private final TikTokAuth auth;
    private final String userId;
    private final GatewayRequests gateway;

    TokenInterceptor(TikTokAuth auth, String userId, GatewayRequests gateway) {
        this.auth = auth;
        this.userId = userId;
        this.gateway = gateway;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!gateway.cover(request.url())) {
            return chain.proceed(withoutState(request));
        }
        check(request);
        CallState state = new CallState(GatewayCall.start(auth, userId));
        return call(
                chain,
                request.newBuilder()
                        .tag(CallState.class, state)
                        .cacheControl(NO_STORE)
                        .build(),
                state);
    }

    private Response call(Chain chain, Request request, CallState state) throws IOException {
        while (true) {
            if (gateway.wantsShopCipher(request)) {
                state.call().requireShopCipher();
            }
            Response response = proceed(chain, request, state);
            GatewayResponse answer = GatewayResponses.judge(response, state);
            if (!state.call().isRetried(answer)) {
                return response;
            }
            response.close();
            state.call().prepareRetry(answer, date(response));
        }
    }

    private static @Nullable Instant date(Response response) {
        Date date = response.headers().getDate("Date");
        return date == null ? null : date.toInstant();
    }

    private Response proceed(Chain chain, Request request, CallState state) throws IOException {
        Response response = chain.proceed(request);
        if (!state.sent() && response.networkResponse() != null) {
            response.close();
            throw TikTokCallException.of(
                    Kind.INVALID_REQUEST,
                    "the call was sent without token and signature, because a network interceptor is missing: it was removed"
                            + " from the client, or this is a web socket");
        }
        return response;
    }

    /** A request that was taken from an earlier response. */
    private static Request withoutState(Request request) {
        return request.tag(CallState.class) == null
                ? request
                : request.newBuilder().tag(CallState.class, null).build();
    }

    private static void check(Request request) throws TikTokCallException {
        GatewayCall.check(request.url().queryParameterNames(), request.header(GatewayCall.TOKEN_HEADER) != null);
        Attempt.query(request.url());
        RequestBody body = request.body();
        if (body != null && (body.isOneShot() || body.isDuplex())) {
            throw TikTokCallException.of(
                    Kind.BODY_NOT_REPEATABLE,
                    "a one-shot or duplex body cannot be signed and repeated; use bytes, text or a file");
        }
    }
}
