package io.github.tiktokauth.client;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.GatewayResponse;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokError;
import io.github.tiktokauth.client.TikTokCallException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to TikTok's gateway for one user: holds its token, signs each attempt, and decides after an answer whether the call is
 * repeated. A call is repeated at most once with another token and once with a corrected timestamp; every other answer is the
 * caller's.
 *
 * <p>For integrations of HTTP clients; hosts use those. An instance serves one call, attempt after attempt; it may be handed from
 * thread to thread.
 */
public final class GatewayCall {

    /** The header that carries the access token. */
    public static final String TOKEN_HEADER = "x-tts-access-token";

    /** The query parameter that names the shop. */
    public static final String SHOP_CIPHER = "shop_cipher";

    /** The most bytes of a body that is signed; files travel as {@code multipart/form-data}, which is not signed. */
    public static final long LARGEST_SIGNED_BODY = 10L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(GatewayCall.class);

    /** Set here, never by the caller. */
    private static final Set<String> RESERVED = Set.of("app_key", "timestamp", "sign", "access_token");

    private final TikTokAuth auth;
    private final String userId;
    private volatile AccessToken token;
    private volatile Duration clockError = Duration.ZERO;
    private volatile boolean tokenReplaced;
    private volatile boolean clockCorrected;

    private GatewayCall(TikTokAuth auth, String userId, AccessToken token) {
        this.auth = auth;
        this.userId = userId;
        this.token = token;
    }

    /**
     * Starts a call with the user's valid access token.
     *
     * @param auth the library
     * @param userId the user of the host's authenticated session
     * @return the call
     * @throws TikTokCallException when there is no token
     */
    public static GatewayCall start(TikTokAuth auth, String userId) throws TikTokCallException {
        return new GatewayCall(auth, userId, usable(() -> auth.getValidAccessToken(userId), null));
    }

    /**
     * Checks that a request leaves to the library what the library sets.
     *
     * @param parameterNames the names of the query parameters
     * @param hasTokenHeader whether the request has the header {@link #TOKEN_HEADER}
     * @throws TikTokCallException when it does not
     */
    public static void check(Collection<String> parameterNames, boolean hasTokenHeader) throws TikTokCallException {
        for (String name : parameterNames) {
            if (RESERVED.contains(name)) {
                throw TikTokCallException.of(
                        Kind.INVALID_REQUEST,
                        "the query parameter " + name + " is set by this client, not by its user");
            }
        }
        if (hasTokenHeader) {
            throw TikTokCallException.of(
                    Kind.INVALID_REQUEST, "the header " + TOKEN_HEADER + " is set by this client, not by its user");
        }
    }

    /**
     * Returns the token of the next attempt.
     *
     * @return the token
     */
    public AccessToken token() {
        return token;
    }

    /**
     * Checks that the user's shop has a cipher. Call it before an attempt that carries one.
     *
     * @throws TikTokCallException when it has none
     */
    public void requireShopCipher() throws TikTokCallException {
        if (token.shopCipher() == null) {
            throw TikTokCallException.of(
                    Kind.SHOP_CIPHER_MISSING,
                    "no cipher is stored for the user's shop; let the seller connect again, or list the shops and set"
                            + " shop_cipher");
        }
    }

    /**
     * Completes the query of the next attempt: adds {@code shop_cipher} if wanted, {@code app_key}, {@code timestamp} and {@code
     * sign}. Call it when the attempt is sent.
     *
     * @param encodedPath the path exactly as it is requested
     * @param query the other parameters, decoded
     * @param withShopCipher whether to add the shop cipher
     * @param contentType the content type
     * @param body the bytes exactly as they are sent; empty when there are none
     * @return all parameters to send, decoded, in the order of their names; percent-encode them
     */
    public SortedMap<String, String> sign(
            String encodedPath, Map<String, String> query, boolean withShopCipher, String contentType, byte[] body) {
        Map<String, String> all = new HashMap<>(query);
        String cipher = token.shopCipher();
        if (withShopCipher && cipher != null) {
            all.put(SHOP_CIPHER, cipher);
        }
        return auth.signedCalls()
                .signer()
                .sign(
                        encodedPath,
                        all,
                        contentType,
                        body,
                        auth.signedCalls().clock().instant().plus(clockError));
    }

    /**
     * Returns whether the call is to be repeated after an answer. Release the connection of that answer then, and call {@link
     * #prepareRetry}; otherwise the answer is the caller's.
     *
     * @param response what the gateway answered
     * @return whether to repeat the call
     */
    public boolean isRetried(GatewayResponse response) {
        return switch (response.kind()) {
            case TOKEN_REFUSED -> !tokenReplaced;
            case TIMESTAMP_REFUSED -> !clockCorrected;
            default -> false;
        };
    }

    /**
     * Prepares the next attempt after an answer for which {@link #isRetried} returned {@code true}: gets another token, which may
     * take a refresh, or corrects the clock by the answer's own date.
     *
     * @param response what the gateway answered
     * @param date the answer's {@code Date}, or {@code null}
     * @throws TikTokCallException when there is no other token
     */
    public void prepareRetry(GatewayResponse response, @Nullable Instant date) throws TikTokCallException {
        if (response.kind() == GatewayResponse.Kind.TOKEN_REFUSED) {
            tokenReplaced = true;
            replaceToken(response.error());
        } else {
            clockCorrected = true;
            correctClock(date);
        }
    }

    private void replaceToken(@Nullable TikTokError refusal) throws TikTokCallException {
        LOG.info(
                "user {}: TikTok refuses the access token (code {}, request id {}); getting another one",
                userId,
                refusal == null ? 0 : refusal.code(),
                refusal == null ? null : refusal.requestId());
        AccessToken refused = token;
        token = usable(() -> auth.replaceRefusedToken(userId, refused), refusal);
    }

    private void correctClock(@Nullable Instant date) {
        if (date != null) {
            clockError = Duration.between(auth.signedCalls().clock().instant(), date);
        }
        LOG.warn(
                "TikTok refuses this machine's timestamps; its clock is {} seconds ahead of ours. Check the clock.",
                clockError.toSeconds());
    }

    /** HTTP clients expect an {@link java.io.IOException}: anything else would end a thread of theirs. */
    private static AccessToken usable(Supplier<AccessToken> source, @Nullable TikTokError refusal)
            throws TikTokCallException {
        AccessToken token;
        try {
            token = source.get();
        } catch (RuntimeException e) {
            throw TikTokCallException.withoutToken(e, refusal);
        }
        if (!token.value().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw TikTokCallException.of(Kind.DEFECT, "the access token contains characters that no header can carry");
        }
        return token;
    }

    /**
     * Returns a constant text, because an instance may be part of a request's text.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "GatewayCall[of one user]";
    }
}
