package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The calls of a consent, for a caller who waits for them and for nothing else. They run on {@link CallThreads}; the caller waits
 * through an interrupt, since the code is spent and the grant is nowhere else, but never for longer than a call may take.
 */
final class AwaitedCalls {

    /** The time-out of a call cannot cut short all that runs inside it, such as a name look-up. */
    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(1);

    private final TikTokApi api;
    private final CallThreads threads;
    private final Time time;
    private final Duration callTimeout;

    AwaitedCalls(TikTokApi api, CallThreads threads, Time time, Duration callTimeout) {
        this.api = api;
        this.threads = threads;
        this.time = time;
        this.callTimeout = callTimeout;
    }

    TokenResponse exchange(String code) throws CallFailure {
        return await(() -> api.exchange(code), callTimeout);
    }

    /** The list may be asked for twice. */
    List<StoredShop> shops(String accessToken) throws CallFailure {
        return await(() -> api.shops(accessToken), callTimeout.multipliedBy(2));
    }

    private interface Call<T> {
        T run() throws CallFailure;
    }

    private <T> T await(Call<T> call, Duration limit) throws CallFailure {
        CompletableFuture<T> end = new CompletableFuture<>();
        try {
            threads.execute(() -> run(call, end));
        } catch (Throwable e) {
            LOG.error("no thread for a call to TikTok: {}", e.getClass().getName());
            throw CallFailure.notSent("this process has no thread for a call to TikTok");
        }
        awaitThroughInterrupts(end, limit.plus(BEYOND_TIMEOUT).toNanos());
        if (!end.isDone()) {
            throw CallFailure.unanswered("no answer from TikTok in time");
        }
        try {
            return end.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CallFailure failure
                    ? failure
                    : CallFailure.unanswered("a call to TikTok was broken off by an error in this process");
        }
    }

    private static <T> void run(Call<T> call, CompletableFuture<T> end) {
        try {
            end.complete(call.run());
        } catch (CallFailure failure) {
            end.completeExceptionally(failure);
        } catch (Throwable e) {
            end.completeExceptionally(e);
            // Its class only: a message may quote what was read.
            LOG.error("a call to TikTok was broken off: {}", e.getClass().getName());
        }
    }

    private void awaitThroughInterrupts(CompletableFuture<?> end, long nanos) {
        long start = time.nanos();
        long left = nanos;
        boolean interrupted = Thread.interrupted();
        while (left > 0 && !end.isDone()) {
            time.await(end, left);
            interrupted |= Thread.interrupted();
            left = nanos - (time.nanos() - start);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
