package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.SpentState;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Defects of state stores in users, browsers, outcomes and pending authorizations. */
final class BrokenOutcomes {

    private BrokenOutcomes() {}

    static List<Broken<StateStore>> all() {
        return List.of(
                new Broken<>("any user takes a state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        return super.take(hash, userOf(hash, userId), bound, codeHash);
                    }
                }),
                new Broken<>("any browser takes a state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        return super.take(hash, userId, boundOf(hash, bound), codeHash);
                    }
                }),
                new Broken<>("a browser that brings nothing takes a state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        return super.take(hash, userId, bound == null ? boundOf(hash, null) : bound, codeHash);
                    }
                }),
                new Broken<>("any user finds a state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState find(String hash, String userId, @Nullable String bound) {
                        return super.find(hash, userOf(hash, userId), bound);
                    }
                }),
                new Broken<>("the wrong user or browser spends a state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        TakenState taken = super.take(hash, userId, bound, codeHash);
                        if (taken.status() == Status.OTHER_USER || taken.status() == Status.OTHER_BROWSER) {
                            super.take(hash, userOf(hash, userId), boundOf(hash, bound), codeHash);
                        }
                        return taken;
                    }
                }),
                new Broken<>("the wrong user is told of a spent state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        TakenState own = super.find(hash, userOf(hash, userId), boundOf(hash, bound));
                        return own.status() == Status.ALREADY_USED ? own : super.take(hash, userId, bound, codeHash);
                    }
                }),
                new Broken<>("the wrong user is told of a late state", 8, to -> new Remembering(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        TakenState own = super.find(hash, userOf(hash, userId), boundOf(hash, bound));
                        return own.status() == Status.EXPIRED ? own : super.take(hash, userId, bound, codeHash);
                    }
                }),
                new Broken<>(
                        "a state that is bound to no browser needs one that brings nothing",
                        8,
                        to -> new Remembering(to) {
                            @Override
                            public TakenState take(
                                    String hash, String userId, @Nullable String bound, String codeHash) {
                                return bound != null && boundOf(hash, null) == null
                                        ? BrokenStates.with(super.find(hash, userId, bound), Status.OTHER_BROWSER)
                                        : super.take(hash, userId, bound, codeHash);
                            }
                        }),
                new Broken<>("finding a state spends it", 2, to -> new ForwardingStateStore(to) {
                    @Override
                    public TakenState find(String hash, String userId, @Nullable String bound) {
                        TakenState found = super.find(hash, userId, bound);
                        super.take(hash, userId, bound, StateStoreRules.CODE_HASH);
                        return found;
                    }
                }),
                spent(
                        "the last code hash is told",
                        5,
                        (spent, codeHash) -> new SpentState(codeHash, spent.spentAt(), spent.outcome())),
                spent(
                        "the outcome is not told",
                        5,
                        (spent, codeHash) -> new SpentState(spent.codeHash(), spent.spentAt(), null)),
                new Broken<>("the time of spending goes on", 5, to -> new ForwardingStateStore(to) {
                    @Override
                    public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                        TakenState taken = super.take(hash, userId, bound, codeHash);
                        SpentState spent = taken.spent();
                        return spent == null
                                ? taken
                                : with(taken, new SpentState(spent.codeHash(), taken.storeTime(), spent.outcome()));
                    }
                }),
                new Broken<>("every outcome is noted", 5, to -> new ForwardingStateStore(to) {
                    @Override
                    public boolean recordOutcome(String hash, String outcome) {
                        super.recordOutcome(hash, outcome);
                        return true;
                    }
                }),
                new Broken<>("open states are given an outcome", 5, OpenOutcomes::new),
                new Broken<>("outcomes are cut", 10, to -> new ForwardingStateStore(to) {
                    @Override
                    public boolean recordOutcome(String hash, String outcome) {
                        return super.recordOutcome(hash, outcome.substring(0, Math.min(32, outcome.length())));
                    }
                }),
                new Broken<>("a late state is told to be late once", 3, LateOnce::new),
                new Broken<>("what was seen can be found", 7, SeenIsFound::new),
                new Broken<>("now stands still", 3, to -> {
                    Instant stopped = to.now();
                    return new ForwardingStateStore(to) {
                        @Override
                        public Instant now() {
                            return stopped;
                        }
                    };
                }),
                Broken.inTwoSteps("an outcome is looked for, then noted", 5, OutcomeInTwoSteps::new),
                new Broken<>("finding a pending authorization removes it", 1, to -> new ForwardingStateStore(to) {
                    @Override
                    public Optional<PendingAuthorization> findPending(String hash) {
                        Optional<PendingAuthorization> found = super.findPending(hash);
                        super.removePending(hash);
                        return found;
                    }
                }),
                new Broken<>("a pending authorization is removed again and again", 9, to -> new Waiting(to) {
                    @Override
                    public boolean removePending(String hash) {
                        return super.removePending(hash) || saved.containsKey(hash);
                    }
                }),
                new Broken<>("a late pending authorization is found", 3, to -> new Waiting(to) {
                    @Override
                    public Optional<PendingAuthorization> findPending(String hash) {
                        return super.findPending(hash).or(() -> Optional.ofNullable(saved.get(hash)));
                    }
                }),
                new Broken<>("a late pending authorization is removed", 3, to -> new Waiting(to) {
                    @Override
                    public boolean removePending(String hash) {
                        return super.removePending(hash) || saved.remove(hash) != null;
                    }
                }),
                new Broken<>("a pending authorization is overwritten", 9, to -> new ForwardingStateStore(to) {
                    @Override
                    public void savePending(PendingAuthorization pending, Duration lifetime) {
                        super.removePending(pending.hash());
                        super.savePending(pending, lifetime);
                    }
                }),
                new Broken<>("a user waits for one choice", 1, to -> new ForwardingStateStore(to) {
                    @Override
                    public void savePending(PendingAuthorization pending, Duration lifetime) {
                        super.removePendingOfUser(pending.userId());
                        super.savePending(pending, lifetime);
                    }
                }),
                new Broken<>("the pending authorizations of a user stay", 1, to -> new ForwardingStateStore(to) {
                    @Override
                    public int removePendingOfUser(String userId) {
                        return 0;
                    }
                }),
                new Broken<>("erase leaves pending authorizations", 1, ErasesStatesOnly::new),
                new Broken<>("purge counts pending authorizations apart", 3, to -> new ForwardingStateStore(to) {
                    @Override
                    public int purge(int limit) {
                        return super.purge(limit) + super.purge(limit);
                    }
                }),
                new Broken<>("a payload is cut", 10, to -> new ForwardingStateStore(to) {
                    @Override
                    public void savePending(PendingAuthorization p, Duration lifetime) {
                        String less = p.payload()
                                .substring(0, Math.min(60_000, p.payload().length()));
                        super.savePending(
                                new PendingAuthorization(
                                        p.hash(), p.userId(), p.appKey(), p.bindingHash(), less, p.obtainedAt()),
                                lifetime);
                    }
                }),
                Broken.inTwoSteps("a pending authorization is found, then removed", 9, RemoveInTwoSteps::new));
    }

    private interface Change {
        SpentState of(SpentState spent, String codeHash);
    }

    private static TakenState with(TakenState taken, SpentState spent) {
        return new TakenState(taken.status(), taken.state(), spent, taken.storeTime());
    }

    private static Broken<StateStore> spent(String defect, int rule, Change change) {
        return new Broken<>(defect, rule, to -> new ForwardingStateStore(to) {
            @Override
            public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
                TakenState taken = super.take(hash, userId, bound, codeHash);
                return taken.spent() == null ? taken : with(taken, change.of(taken.spent(), codeHash));
            }
        });
    }

    /** Knows what was saved. */
    private static class Remembering extends ForwardingStateStore {
        private final Map<String, StoredState> saved = new ConcurrentHashMap<>();

        Remembering(StateStore to) {
            super(to);
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            super.save(state, lifetime, keepPerUser);
            saved.put(state.hash(), state);
        }

        final String userOf(String hash, String otherwise) {
            return saved.containsKey(hash) ? saved.get(hash).userId() : otherwise;
        }

        final @Nullable String boundOf(String hash, @Nullable String otherwise) {
            return saved.containsKey(hash) ? saved.get(hash).bindingHash() : otherwise;
        }
    }

    /** Knows what was saved to wait. */
    private static class Waiting extends ForwardingStateStore {
        final Map<String, PendingAuthorization> saved = new ConcurrentHashMap<>();

        Waiting(StateStore to) {
            super(to);
        }

        @Override
        public void savePending(PendingAuthorization pending, Duration lifetime) {
            super.savePending(pending, lifetime);
            saved.put(pending.hash(), pending);
        }
    }

    private static class OpenOutcomes extends ForwardingStateStore {
        private final Set<String> noted = ConcurrentHashMap.newKeySet();

        OpenOutcomes(StateStore to) {
            super(to);
        }

        @Override
        public boolean recordOutcome(String hash, String outcome) {
            return super.recordOutcome(hash, outcome) || noted.add(hash);
        }
    }

    private static class LateOnce extends ForwardingStateStore {
        private final Set<String> told = ConcurrentHashMap.newKeySet();

        LateOnce(StateStore to) {
            super(to);
        }

        @Override
        public TakenState take(String hash, String userId, @Nullable String bound, String codeHash) {
            TakenState taken = super.take(hash, userId, bound, codeHash);
            return taken.status() == Status.EXPIRED && !told.add(hash)
                    ? BrokenStates.with(taken, Status.ALREADY_USED)
                    : taken;
        }
    }

    private static class SeenIsFound extends ForwardingStateStore {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        SeenIsFound(StateStore to) {
            super(to);
        }

        @Override
        public boolean rememberOnce(String hash, Duration lifetime) {
            seen.add(hash);
            return super.rememberOnce(hash, lifetime);
        }

        @Override
        public TakenState find(String hash, String userId, @Nullable String bound) {
            TakenState found = super.find(hash, userId, bound);
            return seen.contains(hash) ? BrokenStates.with(found, Status.ALREADY_USED) : found;
        }
    }

    private static class OutcomeInTwoSteps extends ForwardingStateStore {
        private final Window window = new Window();
        private final Set<String> noted = ConcurrentHashMap.newKeySet();

        OutcomeInTwoSteps(StateStore to) {
            super(to);
        }

        @Override
        public boolean recordOutcome(String hash, String outcome) {
            boolean first = !noted.contains(hash);
            window.meet();
            noted.add(hash);
            return super.recordOutcome(hash, outcome) || first;
        }
    }

    private static class RemoveInTwoSteps extends ForwardingStateStore {
        private final Window window = new Window();

        RemoveInTwoSteps(StateStore to) {
            super(to);
        }

        @Override
        public boolean removePending(String hash) {
            boolean found = super.findPending(hash).isPresent();
            window.meet();
            super.removePending(hash);
            return found;
        }
    }

    private static class ErasesStatesOnly extends Waiting {
        ErasesStatesOnly(StateStore to) {
            super(to);
        }

        @Override
        public int erase(String userId) {
            List<PendingAuthorization> kept = saved.values().stream()
                    .filter(pending -> pending.userId().equals(userId))
                    .filter(pending -> super.removePending(pending.hash()))
                    .toList();
            int erased = super.erase(userId);
            kept.forEach(pending -> super.savePending(pending, StateStoreRules.LIFETIME));
            return erased;
        }
    }
}
