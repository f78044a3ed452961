package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong at TikTok. Immutable; the {@code with…}-like methods give another fault.
 *
 * <p>Most faults answer <em>instead of</em> doing what was asked for: no token is spent. {@link #butCarriedOut()} does the work
 * first, so that the token is spent and the caller does not get what it bought. {@link #lost()}, {@link #cutShort()} and those
 * that change the data are of the second kind from the start.
 */
public final class Fault {

    /** What goes over the wire. */
    enum Delivery {
        WHOLE,
        HALF,
        NOTHING
    }

    private final boolean carriedOut;
    private final UnaryOperator<Response> change;
    private final Delivery delivery;
    private final @Nullable Gate before;
    private final @Nullable Gate after;
    private final Duration delay;
    private final @Nullable String sellerId;

    private Fault(
            boolean carriedOut,
            UnaryOperator<Response> change,
            Delivery delivery,
            @Nullable Gate before,
            @Nullable Gate after,
            Duration delay,
            @Nullable String sellerId) {
        this.carriedOut = carriedOut;
        this.change = change;
        this.delivery = delivery;
        this.before = before;
        this.after = after;
        this.delay = delay;
        this.sellerId = sellerId;
    }

    private static Fault instead(Response response) {
        return new Fault(false, ignored -> response, Delivery.WHOLE, null, null, Duration.ZERO, null);
    }

    static Fault changed(UnaryOperator<Response> change) {
        return new Fault(true, change, Delivery.WHOLE, null, null, Duration.ZERO, null);
    }

    private static Fault delivered(boolean carriedOut, Delivery delivery) {
        return new Fault(carriedOut, UnaryOperator.identity(), delivery, null, null, Duration.ZERO, null);
    }

    /**
     * TikTok's error in its usual form.
     *
     * @param status the HTTP status; 200 is common
     * @param code TikTok's code, not 0
     * @param message the message
     * @return a fault
     */
    public static Fault error(int status, int code, String message) {
        return instead(Response.refused(status, code, message, true));
    }

    /**
     * Any answer, word for word.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the body
     * @return a fault
     */
    public static Fault answer(int status, String contentType, String body) {
        return instead(Response.of(status, contentType, body));
    }

    /**
     * An HTML page, as a proxy in between has it.
     *
     * @param status the HTTP status
     * @return a fault
     */
    public static Fault html(int status) {
        return answer(status, "text/html", "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>");
    }

    /**
     * Nothing at all in the body.
     *
     * @param status the HTTP status
     * @return a fault
     */
    public static Fault empty(int status) {
        return answer(status, Response.JSON, "");
    }

    /**
     * A success whose JSON is well-formed but far too long.
     *
     * @param characters how long the body is at least
     * @return a fault
     */
    public static Fault oversized(int characters) {
        return answer(200, Response.JSON, "{\"code\":0,\"message\":\"" + "x".repeat(characters) + "\",\"data\":{}}");
    }

    /**
     * Too many requests: 429, code 36009002.
     *
     * @param retryAfterSeconds the header {@code Retry-After}
     * @return a fault
     */
    public static Fault rateLimited(int retryAfterSeconds) {
        return error(429, Refusal.TOO_MANY_REQUESTS, "Too many requests.").retryAfter("" + retryAfterSeconds);
    }

    /**
     * Service unavailable: 503 with an HTML page.
     *
     * @return a fault
     */
    public static Fault unavailable() {
        return html(503);
    }

    /**
     * A redirect.
     *
     * @param location where to
     * @return a fault
     */
    public static Fault redirect(String location) {
        return instead(Response.of(302, "text/html", "").withHeader("Location", location));
    }

    /**
     * The connection is closed without an answer, and nothing was done.
     *
     * @return a fault
     */
    public static Fault dropped() {
        return delivered(false, Delivery.NOTHING);
    }

    /**
     * All was done, and the connection is closed without an answer.
     *
     * @return a fault
     */
    public static Fault lost() {
        return delivered(true, Delivery.NOTHING);
    }

    /**
     * All was done, and the connection is closed in the middle of the answer.
     *
     * @return a fault
     */
    public static Fault cutShort() {
        return delivered(true, Delivery.HALF);
    }

    /**
     * All was done, and {@code data} of a success is something else.
     *
     * @param json the data, for example {@code null}, {@code []} or {@code {}}
     * @return a fault
     */
    public static Fault data(String json) {
        JsonNode node = Json.read(json);
        return changed(response -> response.withData(data -> node.deepCopy()));
    }

    /**
     * All was done, and some fields are missing from {@code data} of a success.
     *
     * @param fields the fields' names
     * @return a fault
     */
    public static Fault without(String... fields) {
        List<String> names = List.of(fields);
        return changed(response -> response.withData(data -> {
            if (data instanceof ObjectNode object) {
                object.remove(names);
            }
            return data;
        }));
    }

    /**
     * All was done, and a field in {@code data} of a success is something else.
     *
     * @param field the field's name
     * @param json its value, for example {@code 604800} or {@code null}
     * @return a fault
     */
    public static Fault with(String field, String json) {
        JsonNode node = Json.read(json);
        return changed(response -> response.withData(data -> {
            if (data instanceof ObjectNode object) {
                object.set(field, node.deepCopy());
            }
            return data;
        }));
    }

    /**
     * All goes well, after a while.
     *
     * @param by how long the answer takes
     * @return a fault
     */
    public static Fault delayed(Duration by) {
        return new Fault(true, UnaryOperator.identity(), Delivery.WHOLE, null, null, by, null);
    }

    /**
     * All goes well, but the request waits at a gate before it is looked at.
     *
     * @param gate the gate
     * @return a fault
     */
    public static Fault heldBefore(Gate gate) {
        return new Fault(true, UnaryOperator.identity(), Delivery.WHOLE, gate, null, Duration.ZERO, null);
    }

    /**
     * All is done, but the answer waits at a gate.
     *
     * @param gate the gate
     * @return a fault
     */
    public static Fault heldAfter(Gate gate) {
        return new Fault(true, UnaryOperator.identity(), Delivery.WHOLE, null, gate, Duration.ZERO, null);
    }

    /**
     * The same, with the work done first: tokens are spent, the caller does not get them.
     *
     * @return another fault
     */
    public Fault butCarriedOut() {
        return new Fault(true, change, delivery, before, after, delay, sellerId);
    }

    /**
     * The same, after a gate: the request waits there before it is looked at.
     *
     * @param gate the gate
     * @return another fault
     */
    public Fault behind(Gate gate) {
        return new Fault(carriedOut, change, delivery, gate, after, delay, sellerId);
    }

    /**
     * The same, with the header {@code Retry-After}.
     *
     * @param value seconds, or an HTTP date
     * @return another fault
     */
    public Fault retryAfter(String value) {
        UnaryOperator<Response> first = change;
        return new Fault(
                carriedOut,
                response -> first.apply(response).withHeader("Retry-After", value),
                delivery,
                before,
                after,
                delay,
                sellerId);
    }

    /**
     * The same, for one seller's codes and tokens only; all others are served.
     *
     * @param id the seller's id
     * @return another fault
     */
    public Fault onlyFor(String id) {
        return new Fault(carriedOut, change, delivery, before, after, delay, id);
    }

    boolean isCarriedOut() {
        return carriedOut;
    }

    Response change(Response response) {
        return change.apply(response);
    }

    Delivery delivery() {
        return delivery;
    }

    @Nullable Gate before() {
        return before;
    }

    @Nullable Gate after() {
        return after;
    }

    Duration delay() {
        return delay;
    }

    boolean isFor(@Nullable String seller) {
        return sellerId == null || sellerId.equals(seller);
    }
}
