package io.github.tiktokauth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that meet where a test wants them to, without sleeping. */
final class TestThreads {

    private TestThreads() {}

    /** How one thread's call ended: with a value or with what it threw. */
    record End(Object value, Throwable thrown) {}

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited for too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void untilWaiting(Thread thread) {
        long start = System.nanoTime();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (System.nanoTime() - start > LIMIT || thread.getState() == Thread.State.TERMINATED) {
                throw new AssertionError("does not wait: " + thread.getState());
            }
            Thread.onSpinWait();
        }
    }

    /** With what it was given to do: it waits for more, or has ended. */
    static void untilDone(Thread pooled) {
        until(() -> pooled.getState() == Thread.State.TIMED_WAITING || pooled.getState() == Thread.State.TERMINATED);
    }

    static void join(Thread thread) {
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(LIMIT));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("does not end");
        }
    }

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT) {
                throw new AssertionError("never came about");
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Runs a call on many threads at once; {@code gathered} may be awaited by the call of the one that works, and returns when
     * all the others wait.
     */
    static final class Crowd {

        private final List<Thread> threads = new ArrayList<>();
        private final List<End> ends = new ArrayList<>();
        private final CountDownLatch started = new CountDownLatch(1);
        private volatile CountDownLatch arrived;

        List<End> run(int size, Callable<?> call) throws InterruptedException {
            arrived = new CountDownLatch(size);
            for (int i = 0; i < size; i++) {
                Thread thread = new Thread(() -> {
                    TestThreads.await(started);
                    End end;
                    arrived.countDown();
                    try {
                        end = new End(call.call(), null);
                    } catch (Throwable e) {
                        end = new End(null, e);
                    }
                    synchronized (ends) {
                        ends.add(end);
                    }
                });
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
            started.countDown();
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            }
            synchronized (ends) {
                if (ends.size() != size) {
                    throw new AssertionError("only " + ends.size() + " of " + size + " ended");
                }
                return List.copyOf(ends);
            }
        }

        void gathered() {
            TestThreads.await(arrived);
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    untilWaiting(thread);
                }
            }
        }
    }
}
