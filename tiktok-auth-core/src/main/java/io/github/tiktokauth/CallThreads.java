package io.github.tiktokauth;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The library's threads on which TikTok is called. Callers only wait for them: an interrupt of a caller, or the end of its
 * patience, then neither aborts a call whose request spends a one-time token nor loses the answer.
 *
 * <p>No call waits for another's end: the wait would count neither as call time-out nor against the lease.
 */
final class CallThreads implements Executor, AutoCloseable {

    private final Executor executor;
    private final @Nullable ThreadPoolExecutor own;

    /** With an executor for tests, or with threads of its own, none when idle. */
    CallThreads(@Nullable Executor given) {
        if (given != null) {
            own = null;
            executor = given;
        } else {
            own = new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    5,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    DaemonThreads.named("tiktok-auth-call"));
            executor = own;
        }
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(work);
    }

    /** From now on no thread outlives its work. What comes later still runs, or a caller would not learn that all is closed. */
    @Override
    public void close() {
        if (own != null) {
            own.setKeepAliveTime(0, TimeUnit.SECONDS);
        }
    }
}
