package io.github.tiktokauth.okhttp;

import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.client.Gateway;
import io.github.tiktokauth.client.ShopCipher;
import io.github.tiktokauth.client.TikTokCallException;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Creates OkHttp clients whose calls to TikTok's gateway are made for a user.
 *
 * <pre>{@code
 * OkHttpClient client = TikTokShopClient.forUser(auth, userId, new OkHttpClient());
 * try (Response response = client.newCall(request).execute()) {
 *     String json = TikTokShopClient.requireSuccess(response).body().string();
 * }
 * }</pre>
 *
 * <p>Calls to the configured base URL (scheme, host, port and path compared exactly) get the header
 * {@code x-tts-access-token}, {@code app_key}, {@code timestamp} and {@code sign}, {@code shop_cipher} where the operation takes it
 * (see {@link ShopCipher}), and {@code Content-Type: application/json} if they have none. All other calls are left unchanged.
 *
 * <ul>
 *   <li>Every attempt is signed when it is sent, over the bytes that are sent, also those that OkHttp
 *       makes by itself after a lost connection, a redirect, 408 or 503.
 *   <li>When TikTok refuses the token as invalid or expired, the call gets another one (a refresh only if the refused one is
 *       still the stored one) and is repeated once. When TikTok refuses the timestamp, the call is repeated once with the time of
 *       TikTok's own answer.
 *   <li>The host gets the last answer, refusals and rate limits included; nothing waits and nothing else is repeated. {@link
 *       #requireSuccess} turns refusals into exceptions.
 *   <li>To find a refusal at most the first 64 KiB of an answer are read, counted as sent and as decompressed.
 *   <li>A call that cannot be sent ends in a {@link TikTokCallException}: no connection, a body that is one-shot, duplex or, unless it is
 *       {@code multipart/form-data}, of more than 10 MiB, a request that sets what this client sets, a redirect away from the base URL.
 *   <li>Answers are never cached.
 * </ul>
 *
 * <p>The token and the signature are added after all interceptors of the given client, which see neither. Interceptors
 * that are added to the new client with {@code addNetworkInterceptor} come later and see both, as does an
 * {@code EventListener} that looks at request headers; do not let those log.
 */
public final class TikTokShopClient {

    private TikTokShopClient() {}

    /**
     * Returns a client whose calls are made for one user. It shares connections, threads and settings with the given one, so it
     * is cheap: create one per user or per request. Given a client of another user, the new one serves the new user only.
     *
     * @param auth the library
     * @param userId the user of the host's authenticated session
     * @param base the host's client; it is not changed. To see redirects instead of following them, or to switch off repeats
     *     after lost connections, set it so before. If it has an authenticator, that is asked when TikTok answers 401
     * @return a client, safe for use by many threads
     */
    public static OkHttpClient forUser(TikTokAuth auth, String userId, OkHttpClient base) {
        if (userId.isBlank()) {
            throw new IllegalArgumentException("userId must not be blank; take it from the host's session");
        }
        GatewayRequests gateway = new GatewayRequests(new Gateway(auth.config().baseUrl()));
        OkHttpClient.Builder builder = base.newBuilder();
        builder.interceptors().removeIf(TokenInterceptor.class::isInstance);
        builder.networkInterceptors().removeIf(SigningInterceptor.class::isInstance);
        return builder.addInterceptor(new TokenInterceptor(auth, userId, gateway))
                .addNetworkInterceptor(new SigningInterceptor(gateway, base.followRedirects()))
                .build();
    }

    /**
     * Throws for any answer of the gateway other than a success. The body of a success is not consumed: read it and close
     * it. Only the first 64 KiB of the body are looked at, counted as sent and as decompressed. An answer with an HTTP
     * status from 200 to 299 whose code is not within them counts as a success, any other for
     * {@link TikTokCallException.Kind#UNAVAILABLE}.
     *
     * <p>A limit on what you read of the body does not limit what OkHttp reads to decompress it: a hostile body can decompress to
     * nothing without end. Send {@code Accept-Encoding: identity} to get the body as it was sent.
     *
     * @param response an answer to a call of a client from {@link #forUser}
     * @return the same response, when TikTok's code in it is 0
     * @throws TikTokCallException when TikTok refuses, with kind, code, request id and, for
     *     {@link TikTokCallException.Kind#RATE_LIMITED}, the time to wait; the response is closed then
     * @throws IOException when the answer cannot be read; the response is closed then
     */
    public static Response requireSuccess(Response response) throws IOException {
        GatewayResponse answer =
                GatewayResponses.judge(response, response.request().tag(CallState.class));
        if (answer.kind() != GatewayResponse.Kind.SUCCESS) {
            response.close();
            throw TikTokCallException.refused(answer);
        }
        return response;
    }
}
