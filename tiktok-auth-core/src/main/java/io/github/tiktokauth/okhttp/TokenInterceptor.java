package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokError;
import io.github.tiktokauth.okhttp.TikTokCallException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import okhttp3.CacheControl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The half that stands at the host, as an application interceptor: it gets the token while no connection is held, and may ask
 * again when TikTok refuses it.
 */
final class TokenInterceptor implements Interceptor {

    /** Of the class that hosts know. */
    private static final Logger LOG = LoggerFactory.getLogger("io.github.tiktokauth.okhttp.TikTokShopClient");

    /** Two users' calls can have the same URL: an answer must never be found in a cache. */
    private static final CacheControl NO_STORE =
            new CacheControl.Builder().noStore().build();

    private final TikTokAuth auth;
    private final String userId;
    private final GatewayUrls gateway;

    TokenInterceptor(TikTokAuth auth, String userId, GatewayUrls gateway) {
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
        CallState state = new CallState(token(() -> auth.getValidAccessToken(userId), null));
        checkCipher(request, state.token());
        return call(
                chain,
                request.newBuilder()
                        .tag(CallState.class, state)
                        .cacheControl(NO_STORE)
                        .build(),
                state);
    }

    /** At most one repeat for the token and one for the clock; a refusal after that is the host's to see. */
    private Response call(Chain chain, Request request, CallState state) throws IOException {
        boolean tokenReplaced = false;
        boolean stampedAnew = false;
        while (true) {
            Response response = proceed(chain, request, state);
            GatewayResponse answer = GatewayResponses.judge(response, state);
            if (answer.kind() == GatewayResponse.Kind.TOKEN_REFUSED && !tokenReplaced) {
                tokenReplaced = true;
                response.close();
                replaceToken(state, answer.error());
                checkCipher(request, state.token());
            } else if (answer.kind() == GatewayResponse.Kind.TIMESTAMP_REFUSED && !stampedAnew) {
                stampedAnew = true;
                correctClock(state, response.headers().getDate("Date"));
                response.close();
            } else {
                return response;
            }
        }
    }

    private Response proceed(Chain chain, Request request, CallState state) throws IOException {
        Response response = chain.proceed(request);
        if (!state.sent() && response.networkResponse() != null) {
            response.close();
            throw TikTokCallException.of(
                    Kind.INVALID_REQUEST,
                    "the call was sent without token and signature, because a network interceptor is missing: it was taken"
                            + " out of the client, or this is a web socket");
        }
        return response;
    }

    private void replaceToken(CallState state, @Nullable TikTokError refusal) throws TikTokCallException {
        LOG.info(
                "user {}: TikTok refuses the access token (code {}, request id {}); getting another",
                userId,
                refusal == null ? 0 : refusal.code(),
                refusal == null ? null : refusal.requestId());
        AccessToken refused = state.token();
        state.token(token(() -> auth.replaceRefusedToken(userId, refused), refusal));
    }

    private void correctClock(CallState state, @Nullable Date date) {
        if (date != null) {
            Instant now = auth.clock().instant();
            state.clockError(Duration.between(now, date.toInstant()));
        }
        LOG.warn(
                "TikTok refuses this machine's timestamps; its clock is {} seconds ahead of ours. Check the clock.",
                state.clockError().toSeconds());
    }

    /** OkHttp wants an {@link IOException}: anything else would end a thread of its dispatcher. */
    private static AccessToken token(Supplier<AccessToken> source, @Nullable TikTokError refusal)
            throws TikTokCallException {
        AccessToken token;
        try {
            token = source.get();
        } catch (RuntimeException e) {
            throw TikTokCallException.withoutToken(e, refusal);
        }
        if (!token.value().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw TikTokCallException.of(Kind.DEFECT, "the access token holds characters that no header can carry");
        }
        return token;
    }

    /** A request that was taken from an earlier response. */
    private static Request withoutState(Request request) {
        return request.tag(CallState.class) == null
                ? request
                : request.newBuilder().tag(CallState.class, null).build();
    }

    private static void check(Request request) throws TikTokCallException {
        for (String name : request.url().queryParameterNames()) {
            if (Attempt.OURS.contains(name)) {
                throw TikTokCallException.of(
                        Kind.INVALID_REQUEST,
                        "the query parameter " + name + " is set by this client, not by its user");
            }
        }
        if (request.header(Attempt.TOKEN_HEADER) != null) {
            throw TikTokCallException.of(
                    Kind.INVALID_REQUEST,
                    "the header " + Attempt.TOKEN_HEADER + " is set by this client, not by its user");
        }
        Attempt.query(request.url());
        RequestBody body = request.body();
        if (body != null && (body.isOneShot() || body.isDuplex())) {
            throw TikTokCallException.of(
                    Kind.BODY_NOT_REPEATABLE,
                    "a one-shot or duplex body cannot be signed and repeated; hand in bytes, text or a file");
        }
    }

    private void checkCipher(Request request, AccessToken token) throws TikTokCallException {
        if (token.shopCipher() == null && gateway.wantsShopCipher(request)) {
            throw TikTokCallException.of(
                    Kind.SHOP_CIPHER_MISSING,
                    "no cipher is stored for the user's shop; let the seller connect again, or list the shops and set"
                            + " shop_cipher");
        }
    }
}
