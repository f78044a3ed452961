package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a test does with the simulator in its own process, for other processes: JSON over HTTP. */
final class ControlApi {

    private static final int MOST_SEEDS = 1_000_000;

    private final TikTokSimulator simulator;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    ControlApi(TikTokSimulator simulator) {
        this.simulator = simulator;
    }

    Response answer(Request request) {
        try {
            String what = request.method() + " " + request.path().substring(Router.CONTROL_PREFIX.length());
            JsonNode in = request.body().length == 0 ? Json.object() : Json.read(request.text());
            return json(200, act(what, in, request));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return json(400, Json.object().put("error", e.getMessage()));
        }
    }

    private JsonNode act(String what, JsonNode in, Request request) {
        ObjectNode done = Json.object().put("done", true);
        switch (what) {
            case "GET environment" -> {
                return Json.tree(simulator.environment());
            }
            case "GET counters" -> {
                return Json.tree(simulator.counters());
            }
            case "GET refreshes" -> {
                return Json.tree(simulator.requests().refreshesBySeller());
            }
            case "GET requests" -> {
                return Json.tree(simulator.requests().last());
            }
            case "GET tokens" -> {
                return tokens(request.parameter("seller"));
            }
            case "POST allow" -> {
                return callback(
                        simulator.allow(text(in, "authUrl"), in.path("seller").asText(SimulatedSeller.ONE_SHOP)));
            }
            case "POST deny" -> {
                return callback(simulator.deny(text(in, "authUrl")));
            }
            case "POST app-store" -> {
                return callback(simulator.authorizeFromAppStore(text(in, "seller")));
            }
            case "POST seed" -> {
                return seed(in);
            }
            case "POST revoke" -> {
                return Json.object().put("done", simulator.revoke(text(in, "seller")));
            }
            case "POST expire-access" -> simulator.expireAccessTokens(text(in, "seller"));
            case "POST expire-authorization" -> simulator.expireAuthorizations(text(in, "seller"));
            case "POST advance" -> simulator.advance(Duration.ofSeconds(number(in, "seconds")));
            case "POST faults" -> script(in);
            case "DELETE faults" -> simulator.faults().clear();
            case "POST latency" -> simulator.faults().latency(endpoint(in), Duration.ofMillis(number(in, "millis")));
            case "POST gate-await" ->
                gate(text(in, "gate"))
                        .awaitArrivals(
                                in.path("arrivals").asInt(1),
                                Duration.ofSeconds(in.path("seconds").asInt(30)));
            case "POST gate-open" -> gate(text(in, "gate")).open();
            case "POST reset" -> simulator.resetCounters();
            default -> throw new IllegalArgumentException("there is no " + what);
        }
        return done;
    }

    private JsonNode tokens(String sellerId) {
        return Json.object()
                .set(
                        "tokens",
                        simulator.tokensOf(sellerId).map(ControlApi::tokens).orElse(null));
    }

    private static ObjectNode tokens(SimulatedTokens tokens) {
        ObjectNode node = Json.object();
        node.put("openId", tokens.openId());
        node.put("accessToken", tokens.accessToken());
        node.put("accessTokenExpiresAt", tokens.accessTokenExpiresAt().getEpochSecond());
        node.put("refreshToken", tokens.refreshToken());
        node.put("refreshTokenExpiresAt", tokens.refreshTokenExpiresAt().getEpochSecond());
        return node;
    }

    private static ObjectNode callback(SimulatedCallback callback) {
        ObjectNode node = Json.object();
        node.put("uri", callback.uri().toString());
        node.put("code", callback.code());
        node.put("state", callback.state());
        node.put("error", callback.error());
        node.put("region", callback.region());
        return node;
    }

    private JsonNode seed(JsonNode in) {
        String prefix = text(in, "prefix");
        long count = number(in, "count");
        if (count < 1 || count > MOST_SEEDS) {
            throw new IllegalArgumentException("count must be from 1 to " + MOST_SEEDS);
        }
        Instant access = simulator.now().plusSeconds(number(in, "accessExpiresInSeconds"));
        Instant refresh = simulator.now().plusSeconds(number(in, "refreshExpiresInSeconds"));
        ObjectNode out = Json.object();
        ArrayNode all = out.putArray("authorizations");
        for (int i = 0; i < count; i++) {
            SimulatedSeller seller = SimulatedSeller.withOneShop(prefix + i);
            ObjectNode node = tokens(simulator.seedAuthorization(seller, access, refresh));
            node.put("seller", seller.id());
            node.set("shop", Json.tree(seller.shops().get(0)));
            all.add(node);
        }
        return out;
    }

    private void script(JsonNode in) {
        Fault fault = fault(in);
        if (in.path("carriedOut").asBoolean()) {
            fault = fault.butCarriedOut();
        }
        if (in.has("retryAfter")) {
            fault = fault.retryAfter(text(in, "retryAfter"));
        }
        if (in.has("seller")) {
            fault = fault.onlyFor(text(in, "seller"));
        }
        if (in.has("times")) {
            simulator.faults().times((int) number(in, "times"), endpoint(in), fault);
        } else {
            simulator.faults().always(endpoint(in), fault);
        }
    }

    private Fault fault(JsonNode in) {
        int status = in.path("status").asInt(200);
        String kind = text(in, "kind");
        return switch (kind) {
            case "error" ->
                Fault.error(status, (int) number(in, "code"), in.path("message").asText("scripted"));
            case "html" -> Fault.html(status);
            case "empty" -> Fault.empty(status);
            case "oversized" -> Fault.oversized((int) number(in, "characters"));
            case "redirect" -> Fault.redirect(text(in, "location"));
            case "dropped" -> Fault.dropped();
            case "lost" -> Fault.lost();
            case "cut-short" -> Fault.cutShort();
            case "data" -> Fault.data(text(in, "json"));
            case "with" -> Fault.with(text(in, "field"), text(in, "json"));
            case "without" -> Fault.without(text(in, "field"));
            case "token-answer" ->
                OddTokenResponse.valueOf(text(in, "shape").toUpperCase(Locale.ROOT))
                        .fault();
            case "delayed" -> Fault.delayed(Duration.ofMillis(number(in, "millis")));
            case "held-before" -> Fault.heldBefore(gate(text(in, "gate")));
            case "held-after" -> Fault.heldAfter(gate(text(in, "gate")));
            default -> throw new IllegalArgumentException("there is no fault of the kind " + kind);
        };
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, any -> new Gate());
    }

    private static SimulatedEndpoint endpoint(JsonNode in) {
        return SimulatedEndpoint.valueOf(text(in, "endpoint").toUpperCase(Locale.ROOT));
    }

    private static String text(JsonNode in, String name) {
        JsonNode value = in.get(name);
        if (value == null || !value.isValueNode() || value.isNull()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value.asText();
    }

    private static long number(JsonNode in, String name) {
        JsonNode value = in.get(name);
        if (value == null || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " must be a whole number");
        }
        return value.asLong();
    }

    private static Response json(int status, JsonNode body) {
        return Response.of(status, Response.JSON, Json.write(body));
    }
}
