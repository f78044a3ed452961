package io.github.tiktokauth.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a path to what answers there, with faults, latency and counting around it. */
final class Router implements HttpHandler {

    static final String CONTROL_PREFIX = "/_sim/";

    private static final Pattern OTHER_VERSION =
            Pattern.compile("/(authorization/\\d{6}/shops|product/\\d{6}/products/search)");
    private static final Pattern ECHO = Pattern.compile("/echo/202309/.*");

    private final TokenEndpoint tokenEndpoint;
    private final Gateway gateway;
    private final ConsentPage consentPage;
    private final Authorizations authorizations;
    private final FaultScript faults;
    private final RequestLog counts;
    private final @Nullable Function<Request, Response> control;

    Router(
            TokenEndpoint tokenEndpoint,
            Gateway gateway,
            ConsentPage consentPage,
            Authorizations authorizations,
            FaultScript faults,
            RequestLog counts,
            @Nullable Function<Request, Response> control) {
        this.tokenEndpoint = tokenEndpoint;
        this.gateway = gateway;
        this.consentPage = consentPage;
        this.authorizations = authorizations;
        this.faults = faults;
        this.counts = counts;
        this.control = control;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing without an answer closes the connection: that is what a lost answer looks like.
        try (exchange) {
            Request request = Request.read(exchange);
            SimulatedEndpoint endpoint = endpoint(request);
            if (control != null && request.path().startsWith(CONTROL_PREFIX)) {
                write(exchange, control.apply(request), FaultPlan.Delivery.WHOLE);
            } else if (endpoint == null) {
                Response response = elsewhere(request);
                observe(request, null, response.status(), response.code(), false);
                write(exchange, response, FaultPlan.Delivery.WHOLE);
            } else {
                serve(exchange, request, endpoint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable SimulatedEndpoint endpoint(Request request) {
        String method = request.method();
        return switch (request.path()) {
            case "/api/v2/token/get" -> method.equals("GET") ? SimulatedEndpoint.EXCHANGE : null;
            case "/api/v2/token/refresh" -> method.equals("GET") ? SimulatedEndpoint.REFRESH : null;
            case "/authorization/202309/shops" -> method.equals("GET") ? SimulatedEndpoint.SHOPS : null;
            case "/product/202309/products/search" -> method.equals("POST") ? SimulatedEndpoint.PRODUCTS : null;
            default -> ECHO.matcher(request.path()).matches() ? SimulatedEndpoint.ECHO : null;
        };
    }

    private void serve(HttpExchange exchange, Request request, SimulatedEndpoint endpoint)
            throws IOException, InterruptedException {
        String sellerId = sellerOf(request, endpoint);
        counts.count(event(endpoint));
        boolean refresh = endpoint == SimulatedEndpoint.REFRESH;
        if (refresh) {
            counts.refreshBegins(sellerId, sellerId == null ? null : request.parameter("refresh_token"));
        }
        Response response;
        Fault fault;
        try {
            fault = faults.take(endpoint, sellerId);
            response = fault == null ? carryOut(request, endpoint) : disturbed(fault, request, endpoint);
            sleep(faults.latency(endpoint));
        } finally {
            // Before the answer is written: after it the next request may come.
            if (refresh) {
                counts.refreshEnds(sellerId);
            }
        }
        FaultPlan.Delivery delivery =
                fault == null ? FaultPlan.Delivery.WHOLE : fault.plan().delivery();
        boolean whole = delivery == FaultPlan.Delivery.WHOLE;
        observe(request, sellerId, whole ? response.status() : 0, whole ? response.code() : -1, fault != null);
        write(exchange, response, delivery);
    }

    private Response disturbed(Fault fault, Request request, SimulatedEndpoint endpoint) throws InterruptedException {
        if (fault.plan().before() != null) {
            fault.plan().before().pass();
        }
        Response undisturbed = fault.plan().carriedOut() ? carryOut(request, endpoint) : Response.notFoundInPlainText();
        if (fault.plan().after() != null) {
            fault.plan().after().pass();
        }
        sleep(fault.plan().delay());
        return fault.plan().change().apply(undisturbed);
    }

    private Response carryOut(Request request, SimulatedEndpoint endpoint) {
        boolean ofGateway = endpoint != SimulatedEndpoint.EXCHANGE && endpoint != SimulatedEndpoint.REFRESH;
        try {
            return switch (endpoint) {
                case EXCHANGE -> tokenEndpoint.exchange(request);
                case REFRESH -> tokenEndpoint.refresh(request);
                case SHOPS -> gateway.shops(request);
                case PRODUCTS -> gateway.products(request);
                case ECHO -> gateway.echo(request);
            };
        } catch (Refusal e) {
            return Response.refused(e.status(), e.code(), e.text(), ofGateway);
        }
    }

    private Response elsewhere(Request request) {
        String path = request.path();
        if (path.equals(SimulatorSettings.CONSENT_PATH) || path.equals(Consent.LEGACY_PATH)) {
            if (request.method().equals("GET")) {
                return consentPage.show(request);
            }
            if (request.method().equals("POST")) {
                return consentPage.decide(request);
            }
        }
        counts.count(RequestLog.Event.UNKNOWN_PATH);
        if (path.startsWith("/api/v2/")
                || path.equals(SimulatorSettings.CONSENT_PATH)
                || path.equals(Consent.LEGACY_PATH)) {
            return Response.notFoundInPlainText();
        }
        if (path.equals("/authorization/202309/shops") || path.equals("/product/202309/products/search")) {
            return Response.refused(400, Refusal.METHOD_WRONG, "Invalid method for this path.", true);
        }
        if (OTHER_VERSION.matcher(path).matches()) {
            return Response.refused(
                    400, Refusal.VERSION_UNKNOWN, "Invalid API version. The value is invalid or unsupported.", true);
        }
        return Response.refused(404, Refusal.PATH_UNKNOWN, "Invalid path.", true);
    }

    private @Nullable String sellerOf(Request request, SimulatedEndpoint endpoint) {
        return switch (endpoint) {
            case EXCHANGE -> authorizations.sellerOfCode(request.parameter("auth_code"));
            case REFRESH -> authorizations.sellerOfRefreshToken(request.parameter("refresh_token"));
            case SHOPS, PRODUCTS, ECHO -> {
                String token = request.header("x-tts-access-token");
                yield token == null ? null : authorizations.sellerOfAccessToken(token);
            }
        };
    }

    private static RequestLog.Event event(SimulatedEndpoint endpoint) {
        return switch (endpoint) {
            case EXCHANGE -> RequestLog.Event.EXCHANGE;
            case REFRESH -> RequestLog.Event.REFRESH;
            case SHOPS -> RequestLog.Event.SHOPS;
            case PRODUCTS -> RequestLog.Event.PRODUCTS;
            case ECHO -> RequestLog.Event.ECHO;
        };
    }

    private void observe(Request request, @Nullable String sellerId, int status, int code, boolean scripted) {
        counts.observe(new ObservedRequest(
                request.method(), request.path(), request.parameterNames(), sellerId, status, code, scripted));
    }

    private static void write(HttpExchange exchange, Response response, FaultPlan.Delivery delivery)
            throws IOException {
        if (delivery == FaultPlan.Delivery.NOTHING) {
            return;
        }
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bare = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bare ? -1 : body.length);
        if (bare) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, delivery == FaultPlan.Delivery.HALF ? body.length / 2 : body.length);
        out.flush();
    }

    private static void sleep(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            Thread.sleep(duration.toMillis());
        }
    }
}
