package io.github.tiktokauth;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps authorizations in this JVM's memory, for development, tests and hosts of one node that can do without them:
 * <b>everything is gone at restart</b>, and then every seller must authorize again. Disconnecting leaves no history.
 *
 * <p>Ids and texts that are too long for the JDBC store's table are refused here too, with {@link
 * io.github.tiktokauth.spi.StoreException.Kind#BAD_VALUE}; nothing else fails. Safe for use by many threads.
 */
public final class InMemoryTokenStore implements TokenStore {

    private static final Comparator<StoredAuthorization> BY_END = Comparator.comparing(
                    (StoredAuthorization row) -> row.tokens().accessTokenExpiresAt())
            .thenComparing(StoredAuthorization::id);

    private final InstantSource clock;
    private final Object lock = new Object();
    private final TreeMap<String, StoredAuthorization> rows = new TreeMap<>();
    private final Map<String, String> idsByUser = new HashMap<>();
    private final Map<String, String> idsByShop = new HashMap<>();

    /** An empty store on the system's clock. */
    public InMemoryTokenStore() {
        this(InstantSource.system());
    }

    /**
     * An empty store on a clock of the caller's, so that tests can move time by hand.
     *
     * @param clock the storage's clock; it is read to whole milliseconds
     */
    public InMemoryTokenStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "memory_token_store";
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Optional<StoredAuthorization> find(String userId) {
        ValueLimits.userId(userId);
        synchronized (lock) {
            return Optional.ofNullable(rowOf(userId)).map(row -> MemoryRows.readAt(now(), row));
        }
    }

    @Override
    public Optional<StoredAuthorization> findByShop(String shopId) {
        synchronized (lock) {
            return Optional.ofNullable(idsByShop.get(shopId)).map(rows::get).map(row -> MemoryRows.readAt(now(), row));
        }
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        ValueLimits.authorization(authorization);
        String shopId = authorization.shop().shopId();
        synchronized (lock) {
            StoredAuthorization held = rowOf(authorization.userId());
            if (held != null) {
                if (!held.shop().shopId().equals(shopId)) {
                    return ConnectOutcome.USER_HOLDS_ANOTHER_SHOP;
                }
                rows.put(held.id(), MemoryRows.renewed(held, authorization, now()));
                return ConnectOutcome.RENEWED;
            }
            if (idsByShop.containsKey(shopId)) {
                return ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER;
            }
            String id = UUID.randomUUID().toString();
            rows.put(id, MemoryRows.connected(id, authorization, now()));
            idsByUser.put(authorization.userId(), id);
            idsByShop.put(shopId, id);
            return ConnectOutcome.CONNECTED;
        }
    }

    @Override
    public boolean acquireLease(String id, long generation, String owner, Duration duration, boolean ignoreCoolDown) {
        ValueLimits.owner(owner);
        return change(
                id,
                generation,
                (row, now) -> !MemoryRows.isMarked(row)
                        && (MemoryRows.isFree(row, now)
                                || owner.equals(row.refresh().leaseOwner()))
                        && (ignoreCoolDown || !MemoryRows.coolsDown(row, now)),
                (row, now) -> MemoryRows.leased(row, owner, duration, now));
    }

    @Override
    public boolean saveTokens(String id, long generation, StoredTokens tokens) {
        ValueLimits.tokens(tokens);
        return change(id, generation, (row, now) -> true, (row, now) -> MemoryRows.saved(row, tokens, now));
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        ValueLimits.failure(failure);
        return change(id, generation, (row, now) -> owner.equals(row.refresh().leaseOwner()), (row, now) -> {
            Instant until = MemoryRows.later(now, coolDown);
            return MemoryRows.failed(row, failure, until, row.refresh().reauthorizationReason(), now);
        });
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, String reason, RefreshFailure failure) {
        ValueLimits.reason(reason);
        ValueLimits.failure(failure);
        return change(
                id,
                generation,
                (row, now) -> owner.equals(row.refresh().leaseOwner()),
                (row, now) -> MemoryRows.failed(row, failure, row.refresh().coolDownUntil(), reason, now));
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        ValueLimits.ciphertexts(accessToken, refreshToken);
        return change(
                id,
                generation,
                (row, now) -> true,
                (row, now) -> MemoryRows.reencrypted(row, accessToken, refreshToken, now));
    }

    @Override
    public boolean disconnect(String userId) {
        ValueLimits.userId(userId);
        synchronized (lock) {
            StoredAuthorization row = rowOf(userId);
            if (row == null) {
                return false;
            }
            rows.remove(row.id());
            idsByUser.remove(userId);
            idsByShop.remove(row.shop().shopId());
            return true;
        }
    }

    @Override
    public int erase(String userId) {
        return disconnect(userId) ? 1 : 0;
    }

    @Override
    public List<StoredAuthorization> page(String afterId, int limit) {
        ValueLimits.limit(limit);
        synchronized (lock) {
            Instant now = now();
            return rows.tailMap(afterId, false).values().stream()
                    .limit(limit)
                    .map(row -> MemoryRows.readAt(now, row))
                    .toList();
        }
    }

    @Override
    public List<StoredAuthorization> findDue(Duration within, Optional<DuePosition> after, int limit) {
        ValueLimits.limit(limit);
        synchronized (lock) {
            Instant now = now();
            Instant end = MemoryRows.later(now, within);
            return rows.values().stream()
                    .filter(row -> !row.tokens().accessTokenExpiresAt().isAfter(end))
                    .filter(row ->
                            !MemoryRows.isMarked(row) && !MemoryRows.coolsDown(row, now) && MemoryRows.isFree(row, now))
                    .filter(row -> after.isEmpty() || isBehind(after.get(), row))
                    .sorted(BY_END)
                    .limit(limit)
                    .map(row -> MemoryRows.readAt(now, row))
                    .toList();
        }
    }

    private static boolean isBehind(DuePosition position, StoredAuthorization row) {
        int order = row.tokens().accessTokenExpiresAt().compareTo(position.accessTokenExpiresAt());
        return order > 0 || (order == 0 && row.id().compareTo(position.id()) > 0);
    }

    /** The compare-and-set that every verb on one row is. */
    private boolean change(
            String id,
            long generation,
            BiPredicate<StoredAuthorization, Instant> condition,
            BiFunction<StoredAuthorization, Instant, StoredAuthorization> change) {
        synchronized (lock) {
            StoredAuthorization row = rows.get(id);
            Instant now = now();
            if (row == null || row.generation() != generation || !condition.test(row, now)) {
                return false;
            }
            rows.put(id, change.apply(row, now));
            return true;
        }
    }

    private @Nullable StoredAuthorization rowOf(String userId) {
        String id = idsByUser.get(userId);
        return id == null ? null : rows.get(id);
    }
}
