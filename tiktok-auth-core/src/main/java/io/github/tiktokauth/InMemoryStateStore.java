package io.github.tiktokauth;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
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

/**
 * Keeps the states of consents under way in this JVM's memory, for development, tests and hosts of one node: <b>everything is
 * gone at restart</b>, and then consents under way must be started again.
 *
 * <p>Values that are too long for the JDBC store's table are refused here too, with {@link StoreException.Kind#BAD_VALUE};
 * nothing else fails. Safe for use by many threads.
 */
public final class InMemoryStateStore implements StateStore {

    private record Entry(StoredState state, Instant end, boolean spent) {}

    private static final Comparator<Entry> BY_END = Comparator.comparing(Entry::end)
            .thenComparing(entry -> entry.state().hash());

    private final InstantSource clock;
    private final Object lock = new Object();
    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> byEnd = new TreeSet<>(BY_END);
    /** The inner maps are in the order of saving. */
    private final Map<String, LinkedHashMap<String, Entry>> byUser = new HashMap<>();

    /** An empty store on the system's clock. */
    public InMemoryStateStore() {
        this(InstantSource.system());
    }

    /**
     * An empty store on a clock of the caller's, so that tests can move time by hand.
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
    public void save(StoredState state, Duration lifetime, int keepPerUser) {
        ValueLimits.state(state);
        ValueLimits.limit(keepPerUser);
        synchronized (lock) {
            if (entries.containsKey(state.hash())) {
                throw new StoreException(
                        StoreException.Kind.BAD_VALUE, "this state is there already: make a new random one", null);
            }
            Instant now = now();
            put(new Entry(state, MemoryRows.later(now, lifetime), false));
            List<Entry> open = ofUser(state.userId()).stream()
                    .filter(entry -> !entry.spent() && entry.end().isAfter(now))
                    .toList();
            open.subList(0, Math.max(0, open.size() - keepPerUser)).forEach(this::remove);
        }
    }

    @Override
    public TakenState take(String hash) {
        synchronized (lock) {
            Entry entry = entries.get(hash);
            if (entry == null) {
                return new TakenState(TakenState.Outcome.UNKNOWN, Optional.empty());
            }
            Optional<StoredState> state = Optional.of(entry.state());
            if (entry.spent()) {
                return new TakenState(TakenState.Outcome.ALREADY_USED, state);
            }
            put(new Entry(entry.state(), entry.end(), true));
            return new TakenState(
                    entry.end().isAfter(now()) ? TakenState.Outcome.TAKEN : TakenState.Outcome.EXPIRED, state);
        }
    }

    @Override
    public boolean rememberOnce(String hash, Duration lifetime) {
        StoredState seen = new StoredState(hash, StoredState.NOBODY, null, null, null);
        ValueLimits.state(seen);
        synchronized (lock) {
            Entry before = entries.get(hash);
            if (before != null && before.end().isAfter(now())) {
                return false;
            }
            put(new Entry(seen, MemoryRows.later(now(), lifetime), true));
            return true;
        }
    }

    @Override
    public void forget(String hash) {
        synchronized (lock) {
            Entry entry = entries.get(hash);
            if (entry != null && entry.spent()) {
                remove(entry);
            }
        }
    }

    @Override
    public int purge(int limit) {
        ValueLimits.limit(limit);
        synchronized (lock) {
            Instant now = now();
            List<Entry> over = byEnd.stream()
                    .takeWhile(entry -> !entry.end().isAfter(now))
                    .limit(limit)
                    .toList();
            over.forEach(this::remove);
            return over.size();
        }
    }

    @Override
    public int erase(String userId) {
        ValueLimits.userId(userId);
        synchronized (lock) {
            List<Entry> all = ofUser(userId);
            all.forEach(this::remove);
            return all.size();
        }
    }

    private List<Entry> ofUser(String userId) {
        Map<String, Entry> found = byUser.get(userId);
        return found == null ? List.of() : List.copyOf(found.values());
    }

    /** Adds an entry, or replaces it in its place. */
    private void put(Entry entry) {
        Entry old = entries.put(entry.state().hash(), entry);
        if (old != null) {
            byEnd.remove(old);
        }
        byEnd.add(entry);
        byUser.computeIfAbsent(entry.state().userId(), user -> new LinkedHashMap<>())
                .put(entry.state().hash(), entry);
    }

    private void remove(Entry entry) {
        entries.remove(entry.state().hash());
        byEnd.remove(entry);
        byUser.computeIfPresent(entry.state().userId(), (user, ofUser) -> {
            ofUser.remove(entry.state().hash());
            return ofUser.isEmpty() ? null : ofUser;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
