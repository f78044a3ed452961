package io.github.tiktokauth.simulator;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a {@link Fault} does to a request, step by step. */
record FaultPlan(
        boolean carriedOut,
        UnaryOperator<Response> change,
        Delivery delivery,
        @Nullable Gate before,
        @Nullable Gate after,
        Duration delay,
        @Nullable String sellerId) {

    /** How much of the answer is sent. */
    enum Delivery {
        WHOLE,
        HALF,
        NOTHING
    }

    static FaultPlan of(boolean carriedOut, UnaryOperator<Response> change, Delivery delivery) {
        return new FaultPlan(carriedOut, change, delivery, null, null, Duration.ZERO, null);
    }

    FaultPlan withWorkDone() {
        return new FaultPlan(true, change, delivery, before, after, delay, sellerId);
    }

    FaultPlan withChange(UnaryOperator<Response> further) {
        UnaryOperator<Response> first = change;
        return new FaultPlan(
                carriedOut, response -> further.apply(first.apply(response)), delivery, before, after, delay, sellerId);
    }

    FaultPlan withGateBefore(Gate gate) {
        return new FaultPlan(carriedOut, change, delivery, gate, after, delay, sellerId);
    }

    FaultPlan withGateAfter(Gate gate) {
        return new FaultPlan(carriedOut, change, delivery, before, gate, delay, sellerId);
    }

    FaultPlan withDelay(Duration duration) {
        return new FaultPlan(carriedOut, change, delivery, before, after, duration, sellerId);
    }

    FaultPlan withSeller(String id) {
        return new FaultPlan(carriedOut, change, delivery, before, after, delay, id);
    }

    boolean isFor(@Nullable String seller) {
        return sellerId == null || sellerId.equals(seller);
    }
}
