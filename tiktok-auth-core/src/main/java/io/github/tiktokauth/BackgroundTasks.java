package io.github.tiktokauth;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs refreshes of tokens that are merely soon to expire, beside the calls that noticed it. The own executor has at most four
 * daemon threads, none when idle, and a bounded queue; what does not fit is left to a later call.
 */
final class BackgroundTasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TikTokAuth.class);
    private static final int THREADS = 4;
    private static final int QUEUE = 1000;

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;
    private final Set<String> started = ConcurrentHashMap.newKeySet();

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
                    DaemonThreads.named("tiktok-auth-early"));
            own.allowCoreThreadTimeOut(true);
            executor = own;
        }
    }

    /** Whether the work is done or will be, or the same is under way already; if not, there was no room for it. */
    boolean start(String userId, Runnable work) {
        if (!started.add(userId)) {
            return true;
        }
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (Throwable e) {
                    // Errors too: on a thread of the caller's they would take its valid token along.
                    LOG.warn(
                            "user {}: early refresh failed: {}",
                            userId,
                            e.getClass().getSimpleName());
                } finally {
                    started.remove(userId);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            started.remove(userId);
        } catch (RuntimeException e) {
            started.remove(userId);
            LOG.warn(
                    "user {}: the executor takes no early refresh: {}",
                    userId,
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
