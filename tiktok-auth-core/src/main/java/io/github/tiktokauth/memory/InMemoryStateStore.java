package io.github.tiktokauth.memory;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.SpentState;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.ValueLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the states of consents under way in this JVM's memory, for development, tests and hosts of one node: <b>everything is
 * gone at restart</b>, and then consents under way must be started again.
 *
 * <p>Values that are too long for the JDBC store's table are refused here too, with {@link StoreException.Kind#BAD_VALUE};
 * nothing else fails. Safe for use by many threads.
 */
public final class InMemoryStateStore implements StateStore {

    /** A state, or {@code null} for a hash that was remembered once. */
    private record Entry(
            String hash,
            @Nullable StoredState state,
            Instant end,
            @Nullable SpentState spent) {

        boolean isOpen(Instant now) {
            return state != null && spent == null && end.isAfter(now);
        }
    }

    private record Pending(PendingAuthorization authorization, Instant end) {}

    private static final Comparator<Entry> BY_END =
            Comparator.comparing(Entry::end).thenComparing(Entry::hash);

    private final InstantSource clock;
    private final Object lock = new Object();
    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> byEnd = new TreeSet<>(BY_END);
    /** The inner maps are in the order of saving. */
    private final Map<String, LinkedHashMap<String, Entry>> byUser = new HashMap<>();

    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** Creates an empty store on the system's clock. */
    public InMemoryStateStore() {
        this(InstantSource.system());
    }

    /**
     * Creates an empty store on a clock of the caller's, so that tests can move time by hand.
     *
     * @param clock the storage's clock; it is read to whole milliseconds
     */
    public InMemoryStateStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "memory_state_store";
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void save(StoredState state, Duration lifetime, int keepPerUser) {
        ValueLimits.check(state);
        ValueLimits.positive("keepPerUser", keepPerUser);
        synchronized (lock) {
            refuseIf(entries.containsKey(state.hash()));
            Instant now = now();
            put(new Entry(state.hash(), state, MemoryRows.later(now, lifetime), null));
            List<Entry> open = ofUser(state.userId()).stream()
                    .filter(entry -> entry.isOpen(now))
                    .toList();
            open.subList(0, Math.max(0, open.size() - keepPerUser)).forEach(this::remove);
        }
    }

    private static void refuseIf(boolean thereAlready) {
        if (thereAlready) {
            throw new StoreException(
                    StoreException.Kind.BAD_VALUE, "this hash is there already: make a new random value", null);
        }
    }

    @Override
    public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
        ValueLimits.code("hash", hash);
        ValueLimits.code("codeHash", codeHash);
        synchronized (lock) {
            TakenState found = find(hash, userId, bindingHash);
            Entry entry = entries.get(hash);
            boolean fits = found.status() == TakenState.Status.OPEN || found.status() == TakenState.Status.EXPIRED;
            if (!fits || entry == null || entry.spent() != null) {
                return found;
            }
            // Also when it is too late: a clock that is set back must not revive it.
            SpentState spent = new SpentState(codeHash, found.storeTime(), null);
            put(new Entry(hash, entry.state(), entry.end(), spent));
            return found.status() == TakenState.Status.EXPIRED
                    ? found
                    : new TakenState(TakenState.Status.TAKEN, found.state(), spent, found.storeTime());
        }
    }

    @Override
    public TakenState find(String hash, String userId, @Nullable String bindingHash) {
        ValueLimits.code("hash", hash);
        ValueLimits.id("userId", userId);
        synchronized (lock) {
            Instant now = now();
            Entry entry = entries.get(hash);
            StoredState state = entry == null ? null : entry.state();
            if (entry == null || state == null) {
                return new TakenState(TakenState.Status.UNKNOWN, null, null, now);
            }
            String bound = state.bindingHash();
            TakenState.Status status;
            if (!state.userId().equals(userId)) {
                status = TakenState.Status.OTHER_USER;
            } else if (bound != null && !bound.equals(bindingHash)) {
                status = TakenState.Status.OTHER_BROWSER;
            } else {
                status = status(entry, now);
            }
            boolean used = status == TakenState.Status.ALREADY_USED;
            return new TakenState(status, state, used ? entry.spent() : null, now);
        }
    }

    private static TakenState.Status status(Entry entry, Instant now) {
        SpentState spent = entry.spent();
        if (!entry.end().isAfter(spent == null ? now : spent.spentAt())) {
            return TakenState.Status.EXPIRED;
        }
        return spent == null ? TakenState.Status.OPEN : TakenState.Status.ALREADY_USED;
    }

    @Override
    public boolean recordOutcome(String hash, String outcome) {
        ValueLimits.code("hash", hash);
        ValueLimits.code("outcome", outcome);
        synchronized (lock) {
            Entry entry = entries.get(hash);
            SpentState spent = entry == null ? null : entry.spent();
            // What was brought too late is closed, but counts as never spent.
            if (entry == null
                    || spent == null
                    || spent.outcome() != null
                    || !entry.end().isAfter(spent.spentAt())) {
                return false;
            }
            put(new Entry(
                    hash, entry.state(), entry.end(), new SpentState(spent.codeHash(), spent.spentAt(), outcome)));
            return true;
        }
    }

    @Override
    public boolean rememberOnce(String hash, Duration lifetime) {
        ValueLimits.code("hash", hash);
        synchronized (lock) {
            Entry before = entries.get(hash);
            if (before != null && before.end().isAfter(now())) {
                return false;
            }
            put(new Entry(hash, null, MemoryRows.later(now(), lifetime), null));
            return true;
        }
    }

    @Override
    public void forget(String hash) {
        ValueLimits.code("hash", hash);
        synchronized (lock) {
            Entry entry = entries.get(hash);
            if (entry != null && entry.state() == null) {
                remove(entry);
            }
        }
    }

    @Override
    public void savePending(PendingAuthorization authorization, Duration lifetime) {
        ValueLimits.check(authorization);
        synchronized (lock) {
            refuseIf(pending.containsKey(authorization.hash()));
            pending.put(authorization.hash(), new Pending(authorization, MemoryRows.later(now(), lifetime)));
        }
    }

    @Override
    public Optional<PendingAuthorization> findPending(String hash) {
        ValueLimits.code("hash", hash);
        synchronized (lock) {
            return Optional.ofNullable(pending.get(hash))
                    .filter(found -> found.end().isAfter(now()))
                    .map(Pending::authorization);
        }
    }

    @Override
    public boolean removePending(String hash) {
        synchronized (lock) {
            boolean found = findPending(hash).isPresent();
            pending.remove(hash);
            return found;
        }
    }

    @Override
    public int removePendingOfUser(String userId) {
        ValueLimits.id("userId", userId);
        synchronized (lock) {
            int before = pending.size();
            pending.values().removeIf(found -> found.authorization().userId().equals(userId));
            return before - pending.size();
        }
    }

    @Override
    public int purge(int limit) {
        ValueLimits.positive("limit", limit);
        synchronized (lock) {
            Instant now = now();
            List<Entry> over = byEnd.stream()
                    .takeWhile(entry -> !entry.end().isAfter(now))
                    .limit(limit)
                    .toList();
            over.forEach(this::remove);
            List<String> late = pending.values().stream()
                    .filter(found -> !found.end().isAfter(now))
                    .map(found -> found.authorization().hash())
                    .limit(limit - over.size())
                    .toList();
            late.forEach(pending::remove);
            return over.size() + late.size();
        }
    }

    @Override
    public int erase(String userId) {
        synchronized (lock) {
            int erased = removePendingOfUser(userId);
            List<Entry> all = ofUser(userId);
            all.forEach(this::remove);
            return erased + all.size();
        }
    }

    private List<Entry> ofUser(String userId) {
        Map<String, Entry> found = byUser.get(userId);
        return found == null ? List.of() : List.copyOf(found.values());
    }

    /** Adds an entry, or replaces it in its place. */
    private void put(Entry entry) {
        Entry old = entries.get(entry.hash());
        if (old != null && old.state() != null && entry.state() == null) {
            remove(old);
        } else if (old != null) {
            byEnd.remove(old);
        }
        entries.put(entry.hash(), entry);
        byEnd.add(entry);
        if (entry.state() != null) {
            byUser.computeIfAbsent(entry.state().userId(), user -> new LinkedHashMap<>())
                    .put(entry.hash(), entry);
        }
    }

    private void remove(Entry entry) {
        entries.remove(entry.hash());
        byEnd.remove(entry);
        if (entry.state() != null) {
            byUser.computeIfPresent(entry.state().userId(), (user, ofUser) -> {
                ofUser.remove(entry.hash());
                return ofUser.isEmpty() ? null : ofUser;
            });
        }
    }
}
