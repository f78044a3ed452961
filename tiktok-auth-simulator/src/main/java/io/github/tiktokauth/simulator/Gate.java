package io.github.tiktokauth.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Holds requests at the simulator until a test lets them go, so that a test decides the order of things and never sleeps. Used
 * with {@link Fault#heldBefore(Gate)} and {@link Fault#heldAfter(Gate)}. Safe for use by many threads; a gate opens once.
 */
public final class Gate {

    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Creates a closed gate. */
    public Gate() {}

    /**
     * Waits until so many further requests have arrived; each arrival is counted in one call only.
     *
     * @param requests how many
     * @throws IllegalStateException when they have not come within 30 seconds, or when interrupted
     */
    public void awaitArrivals(int requests) {
        awaitArrivals(requests, Duration.ofSeconds(30));
    }

    /**
     * Waits until so many further requests have arrived; each arrival is counted in one call only.
     *
     * @param requests how many
     * @param limit how long to wait at most
     * @throws IllegalStateException when they have not come within the limit, or when interrupted
     */
    public void awaitArrivals(int requests, Duration limit) {
        try {
            if (!arrivals.tryAcquire(requests, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "only " + arrivals.availablePermits() + " of " + requests + " requests came within " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for requests", e);
        }
    }

    /** Opens the gate for all requests that wait or arrive later. */
    public void open() {
        open.countDown();
    }

    void pass() throws InterruptedException {
        arrivals.release();
        open.await();
    }
}
