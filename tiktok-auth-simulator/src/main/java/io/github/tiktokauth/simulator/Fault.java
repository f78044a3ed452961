package io.github.tiktokauth.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tiktokauth.simulator.FaultPlan.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A failure of TikTok's. Immutable; methods on an instance return another fault.
 *
 * <p>Most faults answer <em>instead of</em> doing what was requested: no token is spent. {@link #butCarriedOut()} does the work
 * first, so that the token is spent and the caller does not get the new ones. {@link #lost()}, {@link #cutShort()} and faults that
 * change the data always do the work.
 */
public final class Fault {

    private final FaultPlan plan;

    private Fault(FaultPlan plan) {
        this.plan = plan;
    }

    private static Fault instead(Response response) {
        return new Fault(FaultPlan.of(false, ignored -> response, Delivery.WHOLE));
    }

    static Fault changed(UnaryOperator<Response> change) {
        return new Fault(FaultPlan.of(true, change, Delivery.WHOLE));
    }

    private static Fault delivered(boolean carriedOut, Delivery delivery) {
        return new Fault(FaultPlan.of(carriedOut, UnaryOperator.identity(), delivery));
    }

    FaultPlan plan() {
        return plan;
    }

    /**
     * Returns an error in TikTok's usual form.
     *
     * @param status the HTTP status; 200 is common
     * @param code TikTok's code, not 0
     * @param message the message
     * @return the fault
     */
    public static Fault error(int status, int code, String message) {
        return instead(Response.refused(status, code, message, true));
    }

    /**
     * Returns any answer, word for word.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the body
     * @return the fault
     */
    public static Fault answer(int status, String contentType, String body) {
        return instead(Response.of(status, contentType, body));
    }

    /**
     * Returns an HTML page, as from a proxy.
     *
     * @param status the HTTP status
     * @return the fault
     */
    public static Fault html(int status) {
        return answer(status, "text/html", "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>");
    }

    /**
     * Returns an answer with an empty body.
     *
     * @param status the HTTP status
     * @return the fault
     */
    public static Fault empty(int status) {
        return answer(status, Response.JSON, "");
    }

    /**
     * Returns a success whose JSON is well-formed but far too long.
     *
     * @param characters how long the body is at least
     * @return the fault
     */
    public static Fault oversized(int characters) {
        return answer(200, Response.JSON, "{\"code\":0,\"message\":\"" + "x".repeat(characters) + "\",\"data\":{}}");
    }

    /**
     * Returns 429 with TikTok's code for too many requests.
     *
     * @param retryAfterSeconds the header {@code Retry-After}
     * @return the fault
     */
    public static Fault rateLimited(int retryAfterSeconds) {
        return error(429, Refusal.TOO_MANY_REQUESTS, "Too many requests.").retryAfter("" + retryAfterSeconds);
    }

    /**
     * Returns 503 with an HTML page.
     *
     * @return the fault
     */
    public static Fault unavailable() {
        return html(503);
    }

    /**
     * Returns a redirect.
     *
     * @param location the target
     * @return the fault
     */
    public static Fault redirect(String location) {
        return instead(Response.of(302, "text/html", "").withHeader("Location", location));
    }

    /**
     * Closes the connection without an answer and without doing the work.
     *
     * @return the fault
     */
    public static Fault dropped() {
        return delivered(false, Delivery.NOTHING);
    }

    /**
     * Closes the connection without an answer after the work is done.
     *
     * @return the fault
     */
    public static Fault lost() {
        return delivered(true, Delivery.NOTHING);
    }

    /**
     * Closes the connection in the middle of the answer after the work is done.
     *
     * @return the fault
     */
    public static Fault cutShort() {
        return delivered(true, Delivery.HALF);
    }

    /**
     * Replaces {@code data} of a success after the work is done.
     *
     * @param json the data, for example {@code null}, {@code []} or {@code {}}
     * @return the fault
     */
    public static Fault data(String json) {
        JsonNode node = Json.read(json);
        return changed(response -> response.withData(data -> node.deepCopy()));
    }

    /**
     * Removes fields from {@code data} of a success after the work is done.
     *
     * @param fields the fields' names
     * @return the fault
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
     * Replaces a field in {@code data} of a success after the work is done.
     *
     * @param field the field's name
     * @param json its value, for example {@code 604800} or {@code null}
     * @return the fault
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
     * Returns a success that takes some time.
     *
     * @param duration how long the answer takes
     * @return the fault
     */
    public static Fault delayed(Duration duration) {
        return new Fault(delivered(true, Delivery.WHOLE).plan.withDelay(duration));
    }

    /**
     * Returns a success whose request waits at a gate before it is processed.
     *
     * @param gate the gate
     * @return the fault
     */
    public static Fault heldBefore(Gate gate) {
        return new Fault(delivered(true, Delivery.WHOLE).plan.withGateBefore(gate));
    }

    /**
     * Returns a success whose answer waits at a gate after the work is done.
     *
     * @param gate the gate
     * @return the fault
     */
    public static Fault heldAfter(Gate gate) {
        return new Fault(delivered(true, Delivery.WHOLE).plan.withGateAfter(gate));
    }

    /**
     * Returns a copy that does the work first: tokens are spent, the caller does not get the new ones.
     *
     * @return the copy
     */
    public Fault butCarriedOut() {
        return new Fault(plan.withWorkDone());
    }

    /**
     * Returns a copy whose request waits at a gate before it is processed.
     *
     * @param gate the gate
     * @return the copy
     */
    public Fault behind(Gate gate) {
        return new Fault(plan.withGateBefore(gate));
    }

    /**
     * Returns a copy with the header {@code Retry-After}.
     *
     * @param retryAfter seconds, or an HTTP date
     * @return the copy
     */
    public Fault retryAfter(String retryAfter) {
        return new Fault(plan.withChange(response -> response.withHeader("Retry-After", retryAfter)));
    }

    /**
     * Returns a copy for the codes and tokens of one seller; all other requests succeed.
     *
     * @param sellerId the seller's id
     * @return the copy
     */
    public Fault onlyFor(String sellerId) {
        return new Fault(plan.withSeller(sellerId));
    }
}
