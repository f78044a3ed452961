package io.github.tiktokauth;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** At most one refresh of a user at a time in this process; the others wait for its outcome. */
final class Flights {

    private final ConcurrentMap<String, CompletableFuture<Outcome>> flying = new ConcurrentHashMap<>();

    /** Runs the work, unless a flight of this user is under way; then empty. */
    Optional<Outcome> lead(String userId, Supplier<Outcome> work) {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        if (flying.putIfAbsent(userId, mine) != null) {
            return Optional.empty();
        }
        Outcome outcome = new Outcome.Busy();
        try {
            outcome = work.get();
            return Optional.of(outcome);
        } finally {
            // Gone before it completes: who then finds no token starts a flight of its own instead of joining this one
            // again.
            flying.remove(userId, mine);
            mine.complete(outcome);
        }
    }

    boolean isFlying(String userId) {
        return flying.containsKey(userId);
    }

    /** The outcome of the flight under way; {@link Outcome.Busy} when there is none, or when it has no end in time. */
    Outcome join(String userId, Duration limit) {
        CompletableFuture<Outcome> flight = flying.get(userId);
        if (flight == null) {
            return new Outcome.Busy();
        }
        try {
            return flight.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable("interrupted while waiting for a refresh", Duration.ofSeconds(1), null);
        } catch (TimeoutException e) {
            return new Outcome.Unavailable("a refresh takes longer than callers wait", Duration.ofSeconds(1), null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a flight completes with a value", e);
        }
    }
}
