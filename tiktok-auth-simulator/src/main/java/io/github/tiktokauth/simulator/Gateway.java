package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The signed side of TikTok: who calls, when, and whether the signature fits, before anything is answered. */
final class Gateway {

    private static final Duration BEHIND = Duration.ofMinutes(5);
    private static final Duration AHEAD = Duration.ofSeconds(30);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final SimulatorSettings settings;
    private final Sellers sellers;
    private final Authorizations authorizations;
    private final RequestLog counts;

    Gateway(SimulatorSettings settings, Sellers sellers, Authorizations authorizations, RequestLog counts) {
        this.settings = settings;
        this.sellers = sellers;
        this.authorizations = authorizations;
        this.counts = counts;
    }

    Response shops(Request request) throws Refusal {
        SimulatedSeller seller = authenticate(request);
        requireJson(request);
        requireScope(seller, "seller.authorization.info");
        if (request.parameters().containsKey("shop_cipher")) {
            throw Refusal.invalid(
                    "Unexpected identifier. The `shop_cipher` query parameter is not required for this request.");
        }
        ObjectNode data = Json.object();
        ArrayNode shops = data.putArray("shops");
        for (SimulatedShop shop : seller.shops()) {
            ObjectNode node = shops.addObject();
            node.put("cipher", shop.cipher());
            node.put("code", shop.code());
            node.put("id", shop.id());
            node.put("name", shop.name());
            node.put("region", shop.region());
            node.put("seller_type", shop.sellerType());
        }
        return Response.success(data);
    }

    Response products(Request request) throws Refusal {
        SimulatedSeller seller = authenticate(request);
        requireJson(request);
        requireScope(seller, "seller.product.basic");
        return Products.search(shopOf(request, seller), request);
    }

    Response echo(Request request) throws Refusal {
        authenticate(request);
        ObjectNode data = Json.object();
        data.put("method", request.method());
        data.put("path", request.path());
        data.put("content_type", request.mediaType());
        data.put("body_bytes", request.body().length);
        ObjectNode parameters = data.putObject("parameters");
        request.parameters().forEach((name, value) -> {
            if (!name.equals("sign")) {
                parameters.put(name, value);
            }
        });
        return Response.success(data);
    }

    private SimulatedSeller authenticate(Request request) throws Refusal {
        if (request.isMalformed()) {
            throw Refusal.invalid("Invalid query. A name is repeated, or a value is badly encoded.");
        }
        if (!request.parameter("app_key").equals(settings.appKey())) {
            throw Refusal.invalid("Invalid credentials. Invalid `app_key` query parameter.");
        }
        requireTimestamp(request.parameter("timestamp"));
        requireSignature(request);
        String token = request.header("x-tts-access-token");
        if (token == null || token.isEmpty()) {
            throw Refusal.invalid("Invalid credentials. The `access_token` header is invalid.");
        }
        Grant grant = authorizations.authenticate(token);
        SimulatedSeller seller = sellers.get(grant.sellerId);
        if (!seller.canHoldShops()) {
            throw new Refusal(400, Refusal.TOKEN_OF_WRONG_KIND, "The access token is not of a seller.");
        }
        return seller;
    }

    private void requireTimestamp(String text) throws Refusal {
        // Ten digits, or TikTok's clock runs past the year 2286.
        if (!text.matches("\\d{10}")) {
            throw Refusal.invalid(
                    "Invalid timestamp. The value of the `timestamp` query parameter is missing or not in seconds.");
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(text));
        Instant now = settings.clock().seconds();
        if (at.isBefore(now.minus(BEHIND))) {
            throw Refusal.invalid(
                    "Invalid timestamp. The value of the `timestamp` query parameter must not be earlier than 5 minutes"
                            + " before the current time.");
        }
        if (at.isAfter(now.plus(AHEAD))) {
            throw Refusal.invalid(
                    "Invalid timestamp. The value of the `timestamp` query parameter must not be later than 30 seconds"
                            + " after the current time.");
        }
    }

    private void requireSignature(Request request) throws Refusal {
        String sign = request.parameter("sign");
        if (sign.isEmpty()) {
            counts.count(RequestLog.Event.BAD_SIGNATURE);
            throw Refusal.invalid(
                    "Missing credentials. The request does not include a required signature in the query.");
        }
        String contentType = request.header("Content-Type");
        String expected = Signatures.ofRequest(
                settings.appSecret(),
                request.path(),
                request.parameters(),
                contentType == null ? "" : contentType,
                request.body());
        if (!Signatures.same(sign, expected)) {
            counts.count(RequestLog.Event.BAD_SIGNATURE);
            throw new Refusal(401, Refusal.SIGN_WRONG, "Invalid credentials. The 'sign' query parameter is invalid.");
        }
    }

    private static void requireJson(Request request) throws Refusal {
        if (!request.mediaType().equals("application/json")) {
            throw new Refusal(
                    400, Refusal.CONTENT_TYPE_WRONG, "Invalid content type. The header must be application/json.");
        }
        if (WITH_BODY.contains(request.method()) && !isJsonObject(request)) {
            throw new Refusal(400, Refusal.BODY_INVALID, "Invalid body. It must be a JSON object.");
        }
    }

    private static boolean isJsonObject(Request request) {
        try {
            return request.body().length == 0 || Json.read(request.text()).isObject();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void requireScope(SimulatedSeller seller, String scope) throws Refusal {
        if (!seller.scopes().contains(scope)) {
            throw new Refusal(
                    401, Refusal.SCOPE_MISSING, "Access denied. The authorization lacks a scope for this path.");
        }
    }

    private static SimulatedShop shopOf(Request request, SimulatedSeller seller) throws Refusal {
        String cipher = request.parameter("shop_cipher");
        if (cipher.isEmpty()) {
            throw new Refusal(
                    400,
                    Refusal.SHOP_CIPHER_MISSING,
                    "Missing identifier. The `shop_cipher` query parameter is required.");
        }
        for (SimulatedShop shop : seller.shops()) {
            if (shop.cipher().equals(cipher)) {
                return shop;
            }
        }
        throw new Refusal(
                400, Refusal.TOKEN_OF_WRONG_KIND, "The access token does not cover the shop of `shop_cipher`.");
    }
}
