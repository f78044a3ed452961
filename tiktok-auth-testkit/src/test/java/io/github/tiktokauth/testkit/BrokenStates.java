package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Defects of state stores. */
final class BrokenStates {

    private BrokenStates() {}

    static List<Broken<StateStore>> all() {
        return List.of(
                Broken.inTwoSteps("a state is read, then spent", 2, TakeInTwoSteps::new),
                new Broken<>("a spent state is taken again", 2, to -> answering(to, Status.ALREADY_USED, Status.TAKEN)),
                new Broken<>("a spent state is forgotten", 5, ForgetsAtPurge::new),
                new Broken<>("a spent state is unknown", 2, to -> answering(to, Status.ALREADY_USED, Status.UNKNOWN)),
                new Broken<>("a state that ran out is taken", 3, to -> answering(to, Status.EXPIRED, Status.TAKEN)),
                new Broken<>("a state lives longer", 3, to -> saving(to, UnaryOperator.identity(), 3, 0)),
                new Broken<>("there is no cap", 4, to -> saving(to, UnaryOperator.identity(), 1, 1_000)),
                new Broken<>("the host's value is cut", 1, to -> saving(to, BrokenStates::cut, 1, 0)),
                new Broken<>("letter case of users does not count", 4, to -> saving(to, BrokenStates::lower, 1, 0)),
                new Broken<>("a user has one state", 4, OneState::new),
                new Broken<>("purge takes all at once", 3, PurgesAll::new),
                new Broken<>("erase does nothing", 1, EraseDoesNothing::new),
                new Broken<>("saving again passes silently", 2, SavesAgain::new),
                new Broken<>("a refusal quotes the value", 6, QuotingRefusals::new),
                new Broken<>("what was seen is new each time", 7, SeesAllAnew::new),
                new Broken<>("nothing seen is ever forgotten", 7, ForgetsNothing::new));
    }

    private static StoredState cut(StoredState state) {
        String text = state.hostState();
        String less = text == null ? null : text.substring(0, Math.min(4_000, text.length()));
        return new StoredState(state.hash(), state.userId(), state.appKey(), state.bindingHash(), less, state.scope());
    }

    private static StoredState lower(StoredState state) {
        String user = state.userId().toLowerCase(Locale.ROOT);
        return new StoredState(
                state.hash(), user, state.appKey(), state.bindingHash(), state.hostState(), state.scope());
    }

    static TakenState with(TakenState taken, Status status) {
        return new TakenState(status, taken.state(), taken.spent(), taken.storeTime());
    }

    private static StateStore answering(StateStore to, Status instead, Status answer) {
        return new ForwardingStateStore(to) {
            @Override
            public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
                TakenState taken = super.take(hash, userId, bindingHash, codeHash);
                return taken.status() == instead ? with(taken, answer) : taken;
            }
        };
    }

    private static StateStore saving(StateStore to, UnaryOperator<StoredState> change, int longer, int more) {
        return new ForwardingStateStore(to) {
            @Override
            public void save(StoredState state, Duration lifetime, int keepPerUser) {
                super.save(change.apply(state), lifetime.multipliedBy(longer), keepPerUser + more);
            }
        };
    }

    private static class SeesAllAnew extends ForwardingStateStore {
        SeesAllAnew(StateStore to) {
            super(to);
        }

        @Override
        public boolean rememberOnce(String hash, Duration lifetime) {
            super.rememberOnce(hash, lifetime);
            return true;
        }
    }

    private static class ForgetsNothing extends ForwardingStateStore {
        ForgetsNothing(StateStore to) {
            super(to);
        }

        @Override
        public void forget(String hash) {}
    }

    private static class TakeInTwoSteps extends ForwardingStateStore {
        private final Window window = new Window();
        private final Map<String, StoredState> open = new ConcurrentHashMap<>();

        TakeInTwoSteps(StateStore to) {
            super(to);
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            super.save(state, lifetime, keepPerUser);
            open.put(state.hash(), state);
        }

        @Override
        public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
            StoredState state = open.get(hash);
            window.meet();
            TakenState taken = super.take(hash, userId, bindingHash, codeHash);
            open.remove(hash);
            return state != null && taken.status() == Status.ALREADY_USED ? with(taken, Status.TAKEN) : taken;
        }
    }

    private static class ForgetsAtPurge extends ForwardingStateStore {
        private final Set<String> spent = ConcurrentHashMap.newKeySet();
        private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

        ForgetsAtPurge(StateStore to) {
            super(to);
        }

        @Override
        public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
            spent.add(hash);
            return forgotten.contains(hash)
                    ? new TakenState(Status.UNKNOWN, null, null, now())
                    : super.take(hash, userId, bindingHash, codeHash);
        }

        @Override
        public int purge(int limit) {
            forgotten.addAll(spent);
            return super.purge(limit);
        }
    }

    private static class OneState extends ForwardingStateStore {
        OneState(StateStore to) {
            super(to);
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            super.save(state, lifetime, 1);
        }
    }

    private static class PurgesAll extends ForwardingStateStore {
        PurgesAll(StateStore to) {
            super(to);
        }

        @Override
        public int purge(int limit) {
            return super.purge(Integer.MAX_VALUE);
        }
    }

    private static class EraseDoesNothing extends ForwardingStateStore {
        EraseDoesNothing(StateStore to) {
            super(to);
        }

        @Override
        public int erase(String userId) {
            return 0;
        }
    }

    private static class SavesAgain extends ForwardingStateStore {
        SavesAgain(StateStore to) {
            super(to);
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            try {
                super.save(state, lifetime, keepPerUser);
            } catch (StoreException e) {
                super.purge(1);
            }
        }
    }

    private static class QuotingRefusals extends ForwardingStateStore {
        QuotingRefusals(StateStore to) {
            super(to);
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            try {
                super.save(state, lifetime, keepPerUser);
            } catch (StoreException e) {
                throw new StoreException(e.kind(), e.getMessage() + ": " + state.userId() + state.scope(), null);
            }
        }
    }
}
