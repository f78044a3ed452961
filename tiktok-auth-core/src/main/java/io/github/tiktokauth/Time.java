package io.github.tiktokauth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All the time there is in this library, so that tests move it by hand. */
interface Time {

    Time SYSTEM = of(InstantSource.system());

    /** Only for the timestamps of signed requests; expiry is judged by the store's clock and {@link #nanos}. */
    InstantSource wall();

    long nanos();

    /** Returns early, with the flag set, when the thread is interrupted. */
    void sleep(Duration duration);

    /** Returns when it has ended or the time is up; or early, with the flag set, when the thread is interrupted. */
    void await(CompletableFuture<?> end, long nanos);

    static Time of(InstantSource wall) {
        return new Time() {
            @Override
            public InstantSource wall() {
                return wall;
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) {
                try {
                    Thread.sleep(duration.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void await(CompletableFuture<?> end, long nanos) {
                try {
                    end.get(nanos, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException | TimeoutException e) {
                    // What became of it is the caller's to see.
                }
            }
        };
    }
}
