package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what no caller waits for: refreshes of tokens that are soon to expire, and checks of deauthorizations. One task of a kind
 * runs for a user at a time. The library's own executor has at most four daemon threads, none when idle, and a bounded queue;
 * what does not fit is refused.
 */
final class BackgroundTasks implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int QUEUE = 1000;

    /** What a task is and whose: tasks that are equal are the same work. */
    record Task(String description, String userId) {

        static Task refresh(String userId) {
            return new Task("refresh in the background", userId);
        }

        static Task deauthorizationCheck(String userId) {
            return new Task("check of a deauthorization", userId);
        }
    }

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;
    private final Set<Task> started = ConcurrentHashMap.newKeySet();

    BackgroundTasks(@Nullable Executor hosts) {
        if (hosts != null) {
            own = null;
            executor = hosts;
        } else {
            own = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    2,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(QUEUE),
                    DaemonThreads.named("tiktok-auth-background"));
            own.allowCoreThreadTimeOut(true);
            executor = own;
        }
    }

    /** Returns whether the task is done or will be, or is under way already; {@code false} when the executor refuses it. */
    boolean start(Task task, Runnable work) {
        if (!started.add(task)) {
            return true;
        }
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (Throwable e) {
                    // Errors too: on a thread of the caller's they would take its valid token along.
                    LOG.warn(
                            "user {}: {} failed: {}",
                            task.userId(),
                            task.description(),
                            e.getClass().getSimpleName());
                } finally {
                    started.remove(task);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            started.remove(task);
        } catch (RuntimeException e) {
            started.remove(task);
            LOG.warn(
                    "user {}: {} could not be started, the executor failed: {}",
                    task.userId(),
                    task.description(),
                    e.getClass().getSimpleName());
        }
        return false;
    }

    @Override
    public void close() {
        if (own != null) {
            own.shutdown();
            boolean interrupted = false;
            try {
                own.awaitTermination(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
