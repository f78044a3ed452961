package io.github.tiktokauth.memory;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import io.github.tiktokauth.spi.ValueLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final Comparator<DuePosition> BY_DUE =
            Comparator.comparing(DuePosition::dueAt).thenComparing(DuePosition::id);

    private final InstantSource clock;
    private final Object lock = new Object();
    private final TreeMap<String, StoredAuthorization> rows = new TreeMap<>();
    private final Map<String, String> idsByUser = new HashMap<>();
    private final Map<String, String> idsByShop = new HashMap<>();

    /** Creates an empty store on the system's clock. */
    public InMemoryTokenStore() {
        this(InstantSource.system());
    }

    /**
     * Creates an empty store on the given clock, so that tests can move time by hand.
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
        ValueLimits.id("userId", userId);
        synchronized (lock) {
            return Optional.ofNullable(rowOf(userId)).map(row -> readAt(now(), row));
        }
    }

    @Override
    public Optional<StoredAuthorization> findByShop(String shopId) {
        synchronized (lock) {
            return Optional.ofNullable(idsByShop.get(shopId)).map(rows::get).map(row -> readAt(now(), row));
        }
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        ValueLimits.check(authorization);
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
    public boolean acquireLease(
            String id, long generation, String owner, Duration duration, boolean ignoreCoolDown, boolean ignoreMark) {
        ValueLimits.id("owner", owner);
        return change(
                id,
                (row, now) -> row.generation() == generation
                        && MemoryRows.mayTakeLease(row, owner, ignoreCoolDown, ignoreMark, now),
                (row, now) -> MemoryRows.leased(row, owner, duration, now));
    }

    @Override
    public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
        ValueLimits.id("appKey", appKey);
        ValueLimits.check(tokens);
        return change(
                id,
                (row, now) -> row.generation() == generation,
                (row, now) -> MemoryRows.saved(row, appKey, tokens, forced, now));
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        ValueLimits.check(failure);
        return change(
                id,
                (row, now) -> isLeasedBy(owner, row, generation),
                (row, now) -> MemoryRows.failed(row, coolDown, failure, now));
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
        ValueLimits.check(mark);
        ValueLimits.check(failure);
        return change(
                id,
                (row, now) -> isLeasedBy(owner, row, generation),
                (row, now) -> MemoryRows.marked(row, mark, failure, now));
    }

    private static boolean isLeasedBy(String owner, StoredAuthorization row, long generation) {
        return row.generation() == generation && owner.equals(row.refresh().leaseOwner());
    }

    @Override
    public boolean saveShop(String id, long generation, StoredShop shop) {
        ValueLimits.check(shop);
        return change(
                id,
                (row, now) ->
                        row.generation() == generation && row.shop().shopId().equals(shop.shopId()),
                (row, now) -> row.toBuilder().shop(shop).updatedAt(now).build());
    }

    @Override
    public boolean requestCheck(String id) {
        return change(id, (row, now) -> true, MemoryRows::checkRequested);
    }

    @Override
    public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
        return change(
                id,
                (row, now) -> MemoryRows.mayBeginCheck(row, requestedAt, now),
                (row, now) -> row.toBuilder()
                        .checkNotBefore(MemoryRows.later(now, pause))
                        .updatedAt(now)
                        .build());
    }

    @Override
    public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
        if (uncovered != null) {
            ValueLimits.id("uncovered", uncovered);
        }
        return change(
                id,
                (row, now) -> requestedAt.equals(row.checkRequestedAt()),
                (row, now) -> MemoryRows.checkFinished(row, uncovered, now));
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        ValueLimits.text("accessToken", accessToken, ValueLimits.TEXT);
        ValueLimits.text("refreshToken", refreshToken, ValueLimits.TEXT);
        return change(
                id,
                (row, now) -> row.generation() == generation,
                (row, now) -> row.toBuilder()
                        .tokens(row.tokens().withCiphertexts(accessToken, refreshToken))
                        .updatedAt(now)
                        .build());
    }

    @Override
    public boolean disconnect(String userId) {
        ValueLimits.id("userId", userId);
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
        ValueLimits.positive("limit", limit);
        synchronized (lock) {
            Instant now = now();
            return rows.tailMap(afterId, false).values().stream()
                    .limit(limit)
                    .map(row -> readAt(now, row))
                    .toList();
        }
    }

    @Override
    public List<DueAuthorization> findDue(
            Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
        ValueLimits.positive("limit", limit);
        synchronized (lock) {
            Instant now = now();
            Instant end = MemoryRows.later(now, within);
            return rows.values().stream()
                    .filter(row -> row.appKey() == null || appKeys.contains(row.appKey()))
                    .filter(row -> MemoryRows.isDue(row, end, now))
                    .map(row -> due(row, now))
                    .filter(due -> after == null || BY_DUE.compare(due.position(), after) > 0)
                    .sorted(Comparator.comparing(DueAuthorization::position, BY_DUE))
                    .limit(limit)
                    .toList();
        }
    }

    private static DueAuthorization due(StoredAuthorization row, Instant now) {
        return new DueAuthorization(readAt(now, row), Objects.requireNonNull(MemoryRows.dueAt(row)));
    }

    /** The compare-and-set that every verb on one row is. */
    private boolean change(
            String id,
            BiPredicate<StoredAuthorization, Instant> condition,
            BiFunction<StoredAuthorization, Instant, StoredAuthorization> change) {
        synchronized (lock) {
            StoredAuthorization row = rows.get(id);
            Instant now = now();
            if (row == null || !condition.test(row, now)) {
                return false;
            }
            rows.put(id, change.apply(row, now));
            return true;
        }
    }

    private static StoredAuthorization readAt(Instant now, StoredAuthorization row) {
        return row.toBuilder().storeTime(now).build();
    }

    private @Nullable StoredAuthorization rowOf(String userId) {
        String id = idsByUser.get(userId);
        return id == null ? null : rows.get(id);
    }
}
