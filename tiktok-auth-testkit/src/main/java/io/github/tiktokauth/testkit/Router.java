package io.github.tiktokauth.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a path to what answers there, with faults, latency and counting around it. */
final class Router implements HttpHandler {

    private static final Pattern OTHER_VERSION =
            Pattern.compile("/(authorization/\\d{6}/shops|product/\\d{6}/products/search)");
    private static final Pattern ECHO = Pattern.compile("/echo/202309/.*");

    private final TokenHost tokenHost;
    private final Gateway gateway;
    private final ConsentPage consentPage;
    private final Ledger ledger;
    private final FaultScript faults;
    private final Tally tally;
    private final @Nullable ControlApi control;

    Router(
            TokenHost tokenHost,
            Gateway gateway,
            ConsentPage consentPage,
            Ledger ledger,
            FaultScript faults,
            Tally tally,
            @Nullable ControlApi control) {
        this.tokenHost = tokenHost;
        this.gateway = gateway;
        this.consentPage = consentPage;
        this.ledger = ledger;
        this.faults = faults;
        this.tally = tally;
        this.control = control;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing without an answer closes the connection: that is what a lost answer looks like.
        try (exchange) {
            Request request = Request.read(exchange);
            SimulatedEndpoint endpoint = endpoint(request);
            if (control != null && request.path().startsWith(ControlApi.PREFIX)) {
                write(exchange, control.answer(request), Fault.Delivery.WHOLE);
            } else if (endpoint == null) {
                Answer answer = elsewhere(request);
                observe(request, null, answer.status(), answer.code(), false);
                write(exchange, answer, Fault.Delivery.WHOLE);
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
        tally.count(event(endpoint));
        boolean refresh = endpoint == SimulatedEndpoint.REFRESH;
        if (refresh) {
            tally.refreshBegins(sellerId, sellerId == null ? null : request.parameter("refresh_token"));
        }
        Answer answer;
        Fault fault;
        try {
            fault = faults.take(endpoint, sellerId);
            answer = fault == null ? carryOut(request, endpoint) : disturbed(fault, request, endpoint);
            sleep(faults.latency(endpoint));
        } finally {
            // Before the answer is written: after it the next request may come.
            if (refresh) {
                tally.refreshEnds(sellerId);
            }
        }
        Fault.Delivery delivery = fault == null ? Fault.Delivery.WHOLE : fault.delivery();
        boolean whole = delivery == Fault.Delivery.WHOLE;
        observe(request, sellerId, whole ? answer.status() : 0, whole ? answer.code() : -1, fault != null);
        write(exchange, answer, delivery);
    }

    private Answer disturbed(Fault fault, Request request, SimulatedEndpoint endpoint) throws InterruptedException {
        if (fault.before() != null) {
            fault.before().pass();
        }
        Answer undisturbed = fault.isCarriedOut() ? carryOut(request, endpoint) : Answer.notFoundInPlainText();
        if (fault.after() != null) {
            fault.after().pass();
        }
        sleep(fault.delay());
        return fault.change(undisturbed);
    }

    private Answer carryOut(Request request, SimulatedEndpoint endpoint) {
        boolean tokenEndpoint = endpoint == SimulatedEndpoint.EXCHANGE || endpoint == SimulatedEndpoint.REFRESH;
        try {
            return switch (endpoint) {
                case EXCHANGE -> tokenHost.exchange(request);
                case REFRESH -> tokenHost.refresh(request);
                case SHOPS -> gateway.shops(request);
                case PRODUCTS -> gateway.products(request);
                case ECHO -> gateway.echo(request);
            };
        } catch (Refusal e) {
            return Answer.refused(e.status(), e.code(), e.text(), !tokenEndpoint);
        }
    }

    private Answer elsewhere(Request request) {
        String path = request.path();
        if (path.equals(Consent.PATH) || path.equals(Consent.LEGACY_PATH)) {
            if (request.method().equals("GET")) {
                return consentPage.show(request);
            }
            if (request.method().equals("POST")) {
                return consentPage.decide(request);
            }
        }
        tally.count(Tally.Event.UNKNOWN_PATH);
        if (path.startsWith("/api/v2/") || path.equals(Consent.PATH) || path.equals(Consent.LEGACY_PATH)) {
            return Answer.notFoundInPlainText();
        }
        if (path.equals("/authorization/202309/shops") || path.equals("/product/202309/products/search")) {
            return Answer.refused(400, Refusal.METHOD_WRONG, "Invalid method for this path.", true);
        }
        if (OTHER_VERSION.matcher(path).matches()) {
            return Answer.refused(
                    400, Refusal.VERSION_UNKNOWN, "Invalid API version. The value is invalid or unsupported.", true);
        }
        return Answer.refused(404, Refusal.PATH_UNKNOWN, "Invalid path.", true);
    }

    private @Nullable String sellerOf(Request request, SimulatedEndpoint endpoint) {
        return switch (endpoint) {
            case EXCHANGE -> ledger.sellerOfCode(request.parameter("auth_code"));
            case REFRESH -> ledger.sellerOfRefreshToken(request.parameter("refresh_token"));
            case SHOPS, PRODUCTS, ECHO -> {
                String token = request.header("x-tts-access-token");
                yield token == null ? null : ledger.sellerOfAccessToken(token);
            }
        };
    }

    private static Tally.Event event(SimulatedEndpoint endpoint) {
        return switch (endpoint) {
            case EXCHANGE -> Tally.Event.EXCHANGE;
            case REFRESH -> Tally.Event.REFRESH;
            case SHOPS -> Tally.Event.SHOPS;
            case PRODUCTS -> Tally.Event.PRODUCTS;
            case ECHO -> Tally.Event.ECHO;
        };
    }

    private void observe(Request request, @Nullable String sellerId, int status, int code, boolean scripted) {
        tally.observe(new ObservedRequest(
                request.method(), request.path(), request.parameterNames(), sellerId, status, code, scripted));
    }

    private static void write(HttpExchange exchange, Answer answer, Fault.Delivery delivery) throws IOException {
        if (delivery == Fault.Delivery.NOTHING) {
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bare = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : body.length);
        if (bare) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, delivery == Fault.Delivery.HALF ? body.length / 2 : body.length);
        out.flush();
    }

    private static void sleep(Duration duration) throws InterruptedException {
        if (!duration.isZero()) {
            Thread.sleep(duration.toMillis());
        }
    }
}
