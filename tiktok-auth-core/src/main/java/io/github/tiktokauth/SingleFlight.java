package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * At most one refresh of a user at a time in this process. Each runs on a thread of its own from the reading to the saved
 * answer, and whoever needs its outcome waits, for as long as it likes: leaving changes nothing.
 *
 * <p>A refresh whose thread has been stuck for as long as a lease lasts is overdue: other nodes may act now, and so may the
 * next caller here. Nothing is written in its place, so the others find a lease that was never given back, which means that the
 * outcome is unknown. If its thread comes back, an answer is still saved.
 */
final class SingleFlight {

    /** Made beforehand: what breaks a refresh off may be that nothing more can be made. */
    private static final RefreshOutcome BROKEN_OFF = brokenOff(Duration.ofSeconds(1));

    private final ConcurrentMap<String, Flight> flying = new ConcurrentHashMap<>();
    private final Set<Flight> givenUp = ConcurrentHashMap.newKeySet();
    private final Executor threads;
    private final Time time;
    private final long bound;

    SingleFlight(Executor threads, Time time, Duration lease) {
        this.threads = threads;
        this.time = time;
        this.bound = lease.toNanos();
    }

    private static RefreshOutcome brokenOff(Duration retryAfter) {
        return new RefreshOutcome.Unavailable("a refresh was broken off by an error in this process", retryAfter, null);
    }

    /** One that is not under way yet; see {@link #join}. */
    Flight of(String userId, RefreshMode mode, Function<Flight, RefreshOutcome> work) {
        return new Flight(userId, mode, work);
    }

    /** The user's refresh under way, unless that is overdue; otherwise this one, which is under way then. */
    Flight join(Flight mine) {
        long now = time.nanos();
        while (true) {
            Flight other = flying.putIfAbsent(mine.userId, mine);
            if (other != null && !other.isOverdue(now)) {
                return other;
            }
            if (other == null || replace(other, mine)) {
                mine.start();
                return mine;
            }
        }
    }

    private boolean replace(Flight overdue, Flight mine) {
        givenUp.add(overdue);
        if (!flying.replace(mine.userId, overdue, mine)) {
            // It has landed, or somebody else has replaced it.
            overdue.forgetIfLanded();
            return false;
        }
        LOG.warn("user {}: a refresh did not end within its lease; its outcome is unknown", mine.userId);
        overdue.forgetIfLanded();
        return true;
    }

    boolean isFlying(String userId) {
        Flight flight = flying.get(userId);
        return flight != null && !flight.isOverdue(time.nanos());
    }

    /** Until every flight under way has ended, or the time is up. */
    void awaitAll(Duration limit) {
        CompletableFuture<?>[] all = Stream.concat(flying.values().stream(), givenUp.stream())
                .map(flight -> flight.end)
                .toArray(CompletableFuture<?>[]::new);
        // What has not ended by then writes its tokens itself.
        time.await(CompletableFuture.allOf(all), limit.toNanos());
    }

    /** One refresh of one user. */
    final class Flight implements Runnable {

        private final String userId;
        private final RefreshMode mode;
        private final Function<Flight, RefreshOutcome> work;
        private final CompletableFuture<RefreshOutcome> end = new CompletableFuture<>();
        private volatile long overdueFrom;
        private volatile boolean brought;
        private List<Flight> earlier = List.of();

        private Flight(String userId, RefreshMode mode, Function<Flight, RefreshOutcome> work) {
            this.userId = userId;
            this.mode = mode;
            this.work = work;
            this.overdueFrom = time.nanos() + bound;
        }

        RefreshMode mode() {
            return mode;
        }

        /** Call it before each step; false when others have given this flight up, and it must not begin anything more. */
        boolean goesOn(long now) {
            overdueFrom = now + bound;
            return flying.get(userId) == this;
        }

        /** Call it when TikTok has given tokens, which are saved next. */
        void hasTokens() {
            brought = true;
        }

        /**
         * To be asked with the lease in hand, last before the request. False when taking the lease has lasted so long that others
         * may have it by now, and when a flight that was given up has come back with tokens: then the one to send is spent.
         */
        boolean maySend(long now) {
            return !isOverdue(now) && earlier.stream().noneMatch(flight -> flight.brought);
        }

        private void forgetIfLanded() {
            if (end.isDone()) {
                givenUp.remove(this);
            }
        }

        private boolean isOverdue(long now) {
            return now - overdueFrom >= 0;
        }

        private void start() {
            try {
                if (!givenUp.isEmpty()) {
                    earlier = givenUp.stream()
                            .filter(flight -> flight.userId.equals(userId))
                            .toList();
                }
                threads.execute(this);
            } catch (Throwable e) {
                // No thread is to be had.
                log(e);
                land(BROKEN_OFF);
            }
        }

        @Override
        public void run() {
            RefreshOutcome outcome = BROKEN_OFF;
            try {
                outcome = work.apply(this);
            } catch (Throwable e) {
                // Whatever was sent may have been carried out: the lease stays, and runs out.
                log(e);
                outcome = brokenOff(Duration.ofNanos(Math.max(overdueFrom - time.nanos(), 0)));
            } finally {
                land(outcome);
            }
        }

        /** Its class only: a message may quote what was read. */
        private void log(Throwable e) {
            try {
                LOG.error(
                        "user {}: a refresh was broken off: {}",
                        userId,
                        e.getClass().getName());
            } catch (Throwable unlogged) {
                // The flight must end all the same.
            }
        }

        private void land(RefreshOutcome outcome) {
            try {
                // Gone before it completes: who then finds no token starts a flight of its own instead of joining this
                // one again. A newer one in its place stays there.
                flying.remove(userId, this);
            } finally {
                end.complete(outcome);
                givenUp.remove(this);
            }
        }

        /** The outcome; null when there is none before this flight is overdue, or the caller is interrupted. */
        @Nullable RefreshOutcome await() {
            return await(Long.MAX_VALUE);
        }

        /** As above; null also when there is none within this time. */
        @Nullable RefreshOutcome await(long nanos) {
            long start = time.nanos();
            long now = start;
            while (true) {
                time.await(end, Math.max(Math.min(nanos - (now - start), overdueFrom - now), 0));
                RefreshOutcome outcome = end.getNow(null);
                now = time.nanos();
                if (outcome != null
                        || Thread.currentThread().isInterrupted()
                        || now - start >= nanos
                        || isOverdue(now)) {
                    return outcome;
                }
            }
        }
    }
}
