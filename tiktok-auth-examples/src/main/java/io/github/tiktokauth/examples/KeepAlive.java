package io.github.tiktokauth.examples;

import io.github.tiktokauth.RefreshReport;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes what is due from time to time, so that the first call for a rarely used shop need not wait for TikTok. It is off by
 * default: calls refresh by themselves, an access token that ended costs its next caller one request and nothing else, and a
 * library that wakes up unasked is a surprise. Any number of nodes may run it; each authorization is refreshed by one of them.
 */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final int BATCH = 500;

    private final TikTokAuth auth;
    private final ScheduledFuture<?> schedule;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "keep-alive");
        thread.setDaemon(true);
        return thread;
    });

    KeepAlive(TikTokAuth auth, Duration every) {
        this.auth = auth;
        schedule = scheduler.scheduleWithFixedDelay(this::run, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            RefreshReport report = auth.maintenance().refreshDue(AHEAD, BATCH);
            LOG.info("refreshed what is due: {}", report);
        } catch (TikTokAuthException e) {
            // An exception would end the schedule.
            LOG.warn("what is due could not be refreshed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        schedule.cancel(false);
        scheduler.shutdown();
    }
}
