package io.github.tiktokauth;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that never keep a host's process alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ThreadFactory named(String prefix) {
        AtomicLong count = new AtomicLong();
        return task -> {
            // Nothing inherited: one caller's tenant or transaction would be there when the thread works for another.
            // The
            // class loader is no such thing, and a store may need it.
            Thread thread = new Thread(null, task, prefix + "-" + count.incrementAndGet(), 0, false);
            thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            thread.setDaemon(true);
            return thread;
        };
    }
}
