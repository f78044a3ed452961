package io.github.tiktokauth;

import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bounded work on many authorizations for a host's own scheduler, and the diagnosis of one. */
final class Maintenance {

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

    RefreshReport refreshDue(Duration within, int limit) {
        checkLimit(limit);
        int refreshed = 0;
        int failed = 0;
        int passedOver = 0;
        int left = limit;
        Optional<DuePosition> after = Optional.empty();
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
                after = Optional.of(due.position());
            }
            if (page.size() < Math.min(left, PAGE)) {
                return new RefreshReport(refreshed, failed, passedOver, false);
            }
            left -= page.size();
        }
        return new RefreshReport(refreshed, failed, passedOver, true);
    }

    ReencryptionReport reencrypt(@Nullable String after, int limit) {
        checkLimit(limit);
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
                page.size() < limit
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).id()));
    }

    private static void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
    }

    Diagnosis diagnose(String userId) {
        long readAt = time.nanos();
        return Lookup.ofUser(store, userId)
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
