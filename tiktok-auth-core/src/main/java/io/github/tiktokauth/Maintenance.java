package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations for a host's own scheduler and its operators, from {@link TikTokAuth#maintenance()}. Each is bounded and safe to run
 * on every node at once. Safe for use by many threads.
 *
 * <p>Every method may throw {@link StorageException} when the store fails.
 */
public final class Maintenance {

    private static final int PAGE = 100;

    private final TokenStore store;
    private final TokenEncryption encryption;
    private final Tokens tokens;
    private final Time time;
    private final Settings settings;

    Maintenance(TokenStore store, TokenEncryption encryption, Tokens tokens, Time time, Settings settings) {
        this.store = store;
        this.encryption = encryption;
        this.tokens = tokens;
        this.time = time;
        this.settings = settings;
    }

    /**
     * Refreshes authorizations whose access token ends within the given time, one after the other. Call it from the host's own
     * scheduler, so that rarely used shops stay connected; it may run on every node at once. A token with a lifetime of two hours
     * or less is left until it is {@linkplain Freshness#STALE stale}, because it always ends soon. When the calling thread is
     * interrupted, this method returns and the refresh under way continues.
     *
     * @param within how far to look ahead, for example two days
     * @param limit how many at most, at least 1
     * @return what was done
     */
    public RefreshReport refreshDue(Duration within, int limit) {
        checkLimit(limit);
        return StoreErrors.translate(() -> refreshAllDue(within, limit));
    }

    private RefreshReport refreshAllDue(Duration within, int limit) {
        int refreshed = 0;
        int failed = 0;
        int passedOver = 0;
        int left = limit;
        DuePosition after = null;
        while (left > 0) {
            List<DueAuthorization> page =
                    store.findDue(within, List.of(encryption.appKey()), after, Math.min(left, PAGE));
            for (DueAuthorization due : page) {
                StoredAuthorization row = due.authorization();
                RefreshOutcome outcome = tokens.refreshDue(row);
                if (outcome instanceof RefreshOutcome.Ready ready
                        && ready.snapshot().generation() > row.generation()) {
                    refreshed++;
                } else if (outcome instanceof RefreshOutcome.Ready || outcome instanceof RefreshOutcome.Busy) {
                    passedOver++;
                } else {
                    failed++;
                }
                if (Thread.currentThread().isInterrupted()) {
                    // Nothing is waited for any more: going on would start all the others at once.
                    return new RefreshReport(refreshed, failed, passedOver, true);
                }
                after = due.position();
            }
            if (page.size() < Math.min(left, PAGE)) {
                return new RefreshReport(refreshed, failed, passedOver, false);
            }
            left -= page.size();
        }
        return new RefreshReport(refreshed, failed, passedOver, true);
    }

    /**
     * Encrypts tokens with the active key that were encrypted with an older one, for a bounded number of authorizations. A
     * refresh does the same for its own; this is for the rest, before an old key is removed from the key ring.
     *
     * @param after {@link ReencryptionReport#next()} of the previous call; {@code null} for the first
     * @param limit how many to read, at least 1
     * @return what was done, and where to continue
     */
    public ReencryptionReport reencrypt(@Nullable String after, int limit) {
        checkLimit(limit);
        return StoreErrors.translate(() -> reencryptPage(after, limit));
    }

    private ReencryptionReport reencryptPage(@Nullable String after, int limit) {
        List<StoredAuthorization> page = store.page(after == null ? "" : after, limit);
        int rewritten = 0;
        int undecryptable = 0;
        for (StoredAuthorization row : page) {
            if (encryption.isCurrent(row)) {
                continue;
            }
            try {
                StoredTokens anew = encryption.reseal(row);
                if (store.reencrypt(row.id(), row.generation(), anew.accessToken(), anew.refreshToken())) {
                    rewritten++;
                }
            } catch (CipherException e) {
                undecryptable++;
            }
        }
        return new ReencryptionReport(
                page.size(),
                rewritten,
                undecryptable,
                page.size() < limit ? null : page.get(page.size() - 1).id());
    }

    private static void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
    }

    /**
     * Explains why a user's token is or is not available, from what is stored; free of secrets.
     *
     * @param userId the host's user
     * @return the findings, also in one line
     */
    public Diagnosis diagnose(String userId) {
        long readAt = time.nanos();
        return StoreErrors.translate(() -> Lookup.ofUser(store, Text.userId(userId)))
                .map(row -> diagnosis(row, readAt))
                .orElseGet(() -> Diagnosis.notConnected(userId));
    }

    private Diagnosis diagnosis(StoredAuthorization row, long readAt) {
        boolean decryptable = true;
        AccessToken token = null;
        try {
            token = encryption.accessToken(row);
            encryption.refreshToken(row);
        } catch (CipherException e) {
            decryptable = false;
        }
        Snapshot snapshot = Snapshot.of(row, token, readAt);
        long now = time.nanos();
        return new Diagnosis(
                row.userId(),
                true,
                decryptable
                        ? snapshot.freshness(settings.safetyMargin(), now)
                        : snapshot.times().freshness(settings.safetyMargin(), now),
                decryptable,
                row.storeTime(),
                row.tokens().accessTokenExpiresAt(),
                row.tokens().refreshTokenExpiresAt(),
                row.generation(),
                snapshot.coolDown(now),
                row.refresh().failures(),
                row.refresh().lastCode(),
                row.refresh().lastRequestId(),
                snapshot.lease(now).isZero() ? null : row.refresh().leaseOwner(),
                snapshot.reauthorization().orElse(null),
                encryption.keyId(row));
    }
}
