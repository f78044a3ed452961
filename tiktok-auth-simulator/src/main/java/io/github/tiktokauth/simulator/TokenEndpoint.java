package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two unsigned endpoints, where the app secret and the one-time secrets travel in the query. */
final class TokenEndpoint {

    private final SimulatorSettings settings;
    private final Sellers sellers;
    private final Authorizations authorizations;
    private final RequestLog counts;

    TokenEndpoint(SimulatorSettings settings, Sellers sellers, Authorizations authorizations, RequestLog counts) {
        this.settings = settings;
        this.sellers = sellers;
        this.authorizations = authorizations;
        this.counts = counts;
    }

    Response exchange(Request request) throws Refusal {
        check(request, "authorized_code", "auth_code");
        String code = request.parameter("auth_code");
        String sellerId = authorizations.sellerOfCode(code);
        SimulatedTokens tokens = authorizations.exchange(code);
        counts.count(RequestLog.Event.EXCHANGED);
        return success(tokens, sellerId);
    }

    Response refresh(Request request) throws Refusal {
        check(request, "refresh_token", "refresh_token");
        String refreshToken = request.parameter("refresh_token");
        String sellerId = authorizations.sellerOfRefreshToken(refreshToken);
        SimulatedTokens tokens = authorizations.refresh(refreshToken);
        counts.count(RequestLog.Event.REFRESHED);
        return success(tokens, sellerId);
    }

    private void check(Request request, String grantType, String secretName) throws Refusal {
        if (request.isMalformed()) {
            throw parameter("query");
        }
        if (!request.parameter("app_key").equals(settings.appKey())) {
            throw parameter("app_key");
        }
        if (!Signatures.same(request.parameter("app_secret"), settings.appSecret())) {
            throw parameter("app_secret");
        }
        if (!request.parameter("grant_type").equals(grantType)) {
            throw parameter("grant_type");
        }
        if (request.parameter(secretName).isEmpty()) {
            throw parameter(secretName);
        }
    }

    private static Refusal parameter(String name) {
        return new Refusal(200, Refusal.PARAMETER, "invalid params: " + name);
    }

    private Response success(SimulatedTokens tokens, @Nullable String sellerId) {
        SimulatedSeller seller = sellers.get(Objects.requireNonNull(sellerId, "tokens belong to a seller"));
        ObjectNode data = Json.object();
        data.put("access_token", tokens.accessToken());
        data.put("access_token_expire_in", tokens.accessTokenExpiresAt().getEpochSecond());
        data.put("refresh_token", tokens.refreshToken());
        data.put("refresh_token_expire_in", tokens.refreshTokenExpiresAt().getEpochSecond());
        data.put("open_id", tokens.openId());
        data.put("seller_name", seller.sellerName());
        if (seller.region() != null) {
            data.put("seller_base_region", seller.region());
        }
        data.put("user_type", seller.userType());
        seller.scopes().forEach(data.putArray("granted_scopes")::add);
        return Response.success(data);
    }
}
