package io.github.tiktokauth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Lets threads loose at one moment and collects what each of them got. */
final class Race {

    static final int THREADS = 8;
    static final int ROUNDS = 8;

    private Race() {}

    /** Runs the action once in each of the threads, which are numbered from 0. */
    static <T> List<T> of(IntFunction<T> action) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                running.add(pool.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return action.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(2, TimeUnit.MINUTES));
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("a call failed under concurrency", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a call did not return within two minutes under concurrency", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    static <T> long count(List<T> results, T wanted) {
        return results.stream().filter(wanted::equals).count();
    }
}
