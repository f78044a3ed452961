package io.github.tiktokauth.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tiktokauth.AuthorizationOptions;
import io.github.tiktokauth.CallbackRequest;
import io.github.tiktokauth.TikTokAuth;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The API: each address and method is one small method below. */
final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String CALLBACK = "/v1/tiktok/auth/callback";
    private static final int LONG_VALUE = 1_000;
    private static final int LONG_CODE = 4_096;
    private static final int SHORT_VALUE = 64;

    /** What an endpoint does for a signed-in user; the result is written as JSON with status 200. */
    private interface Endpoint {
        @Nullable Object answer(SignIn user, HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final transient TikTokAuth auth;
    private final transient ProductSearch products;
    private final transient BrowserCallback callback;
    private final transient Map<String, Map<String, Endpoint>> endpoints;

    ApiServlet(TikTokAuth auth, ProductSearch products, BrowserCallback callback) {
        this.auth = auth;
        this.products = products;
        this.callback = callback;
        this.endpoints = Map.of(
                "/auth/initiate", Map.of("POST", this::initiate),
                "/auth/callback", Map.of("POST", this::callback, "GET", callback::complete),
                "/auth/refresh", Map.of("POST", this::refresh),
                "/auth/status", Map.of("GET", (user, in, out) -> Responses.Status.of(auth.status(user.userId()))),
                "/auth/details", Map.of("GET", (user, in, out) -> Responses.Details.of(auth.status(user.userId()))),
                "/shop/info", Map.of("GET", (user, in, out) -> Responses.Shop.of(auth.shopInfo(user.userId()))),
                "/shop/disconnect", Map.of("DELETE", this::disconnect),
                "/shop/products", Map.of("GET", this::products));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignIn user = SignIn.of(request);
        if (request.getMethod().equals("GET")
                && CALLBACK.equals(request.getPathInfo())
                && BrowserCallback.isTikToks(request)) {
            callback.park(request, response);
            return;
        }
        if (user == null) {
            throw ApiException.of(401, "please sign in first");
        }
        SameOrigin.requireSameOrigin(request);
        Object answer = find(request).answer(user, request, response);
        if (answer != null) {
            Json.write(response, HttpServletResponse.SC_OK, answer);
        }
    }

    private Endpoint find(HttpServletRequest request) {
        String path = String.valueOf(request.getPathInfo());
        String prefix = "/v1/tiktok";
        Map<String, Endpoint> methods = path.startsWith(prefix) ? endpoints.get(path.substring(prefix.length())) : null;
        if (methods == null) {
            throw ApiException.of(404, "there is nothing at this address");
        }
        Endpoint endpoint = methods.get(request.getMethod());
        if (endpoint == null) {
            throw ApiException.methodNotAllowed(String.join(", ", new TreeMap<>(methods).keySet()));
        }
        return endpoint;
    }

    private Object initiate(SignIn user, HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        return Responses.Consent.of(auth.initiate(AuthorizationOptions.forUser(user.userId())
                .withHostState(Json.text(body, "state", LONG_VALUE))
                .withScope(Json.text(body, "scope", LONG_VALUE))
                .withBrowserBinding(user.browserBinding())));
    }

    private Object callback(SignIn user, HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        String code = Json.text(body, "code", LONG_CODE);
        String state = Json.text(body, "state", LONG_VALUE);
        if (code == null || !code.matches("[\\x21-\\x7e]+")) {
            throw ApiException.badRequest("code is missing or malformed");
        }
        CallbackRequest callback = CallbackRequest.of(user.userId(), code, state)
                .withShopId(Json.text(body, "shop_id", SHORT_VALUE))
                .withRegion(Json.text(body, "shop_region", SHORT_VALUE))
                .withBrowserBinding(user.browserBinding());
        return Responses.Shop.of(auth.callback(callback).shop());
    }

    private Object refresh(SignIn user, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.read(request);
        auth.refresh(user.userId());
        return new Responses.Refreshed(true, "Token refreshed successfully");
    }

    private Object disconnect(SignIn user, HttpServletRequest request, HttpServletResponse response) {
        if (!auth.disconnect(user.userId())) {
            throw ApiException.of(404, "no TikTok shop is connected");
        }
        return new Responses.Disconnected("TikTok Shop disconnected successfully", HttpServletResponse.SC_OK);
    }

    private Object products(SignIn user, HttpServletRequest request, HttpServletResponse response) {
        return new Responses.Products(products.of(user.userId()));
    }
}
