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

    /** How a flight ended, and for what it was started. */
    record Landing(Outcome outcome, Refresher.Mode mode) {}

    private record Flight(Refresher.Mode mode, CompletableFuture<Outcome> outcome) {}

    private final ConcurrentMap<String, Flight> flying = new ConcurrentHashMap<>();

    /** Runs the work, unless a flight of this user is under way; then empty. */
    Optional<Outcome> lead(String userId, Refresher.Mode mode, Supplier<Outcome> work) {
        Flight mine = new Flight(mode, new CompletableFuture<>());
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
            mine.outcome().complete(outcome);
        }
    }

    /** Until every flight under way has ended, or the time is up. */
    void awaitAll(Duration limit) {
        CompletableFuture<?>[] all =
                flying.values().stream().map(Flight::outcome).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // What has not ended by now writes its tokens itself.
        }
    }

    boolean isFlying(String userId) {
        return flying.containsKey(userId);
    }

    /** The outcome of the flight under way; {@link Outcome.Busy} when there is none, or when it has no end in time. */
    Landing join(String userId, Duration limit) {
        Flight flight = flying.get(userId);
        return flight == null
                ? new Landing(new Outcome.Busy(), Refresher.Mode.EARLY)
                : new Landing(await(flight.outcome(), limit), flight.mode());
    }

    private static Outcome await(CompletableFuture<Outcome> flight, Duration limit) {
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
