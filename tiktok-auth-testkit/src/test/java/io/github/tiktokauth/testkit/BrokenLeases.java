package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Defects in {@code acquireLease}. */
final class BrokenLeases {

    private BrokenLeases() {}

    private interface Acquire {
        boolean acquire(
                ForwardingTokenStore store,
                String id,
                long generation,
                String owner,
                Duration duration,
                boolean ignore,
                boolean ignoreMark);
    }

    private static Broken<TokenStore> broken(String defect, int rule, Acquire acquire) {
        return new Broken<>(defect, rule, breaking(acquire));
    }

    private static UnaryOperator<TokenStore> breaking(Acquire acquire) {
        return to -> new ForwardingTokenStore(to) {
            @Override
            public boolean acquireLease(
                    String id, long generation, String owner, Duration duration, boolean ignore, boolean ignoreMark) {
                return acquire.acquire(this, id, generation, owner, duration, ignore, ignoreMark);
            }
        };
    }

    static List<Broken<TokenStore>> all() {
        Window window = new Window();
        return List.of(
                Broken.inTwoSteps(
                        "a lease is checked, then taken",
                        1,
                        breaking((store, id, generation, owner, duration, ignore, ignoreMark) -> {
                            boolean free = store.byId(id)
                                    .filter(row -> isFor(row, generation, ignore))
                                    .isPresent();
                            window.meet();
                            store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark);
                            return free;
                        })),
                broken(
                        "a running lease is given away",
                        7,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.byId(id)
                                        .filter(row ->
                                                ForwardingTokenStore.leaseRuns(row) && row.generation() == generation)
                                        .isPresent()
                                || store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark)),
                broken(
                        "a marked row is leased",
                        7,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.byId(id)
                                        .filter(ForwardingTokenStore::isMarked)
                                        .isPresent()
                                || store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark)),
                broken(
                        "a lease ignores the cool-down",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                store.to.acquireLease(id, generation, owner, duration, true, ignoreMark)),
                broken(
                        "the cool-down cannot be passed over",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                store.to.acquireLease(id, generation, owner, duration, false, ignoreMark)),
                broken(
                        "a lease ignores the generation",
                        7,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.byId(id)
                                .filter(row -> store.to.acquireLease(
                                        id, row.generation(), owner, duration, ignore, ignoreMark))
                                .isPresent()),
                broken(
                        "a lease lasts longer than asked for",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.to.acquireLease(
                                id, generation, owner, duration.multipliedBy(10), ignore, ignoreMark)),
                broken(
                        "every lease lasts ten minutes",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.to.acquireLease(
                                id, generation, owner, Duration.ofMinutes(10), ignore, ignoreMark)),
                broken(
                        "a soft mark refuses every lease",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                (ignoreMark || !isMarked(store, id, Reauthorization.Type.SOFT))
                                        && store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark)),
                broken(
                        "a soft mark refuses no lease",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.to.acquireLease(
                                id,
                                generation,
                                owner,
                                duration,
                                ignore,
                                ignoreMark || isMarked(store, id, Reauthorization.Type.SOFT))),
                broken(
                        "a mark of the shop refuses leases",
                        7,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                !isMarked(store, id, Reauthorization.Type.SHOP)
                                        && store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark)),
                broken(
                        "marks cannot be ignored",
                        7,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                store.to.acquireLease(id, generation, owner, duration, ignore, false)),
                broken(
                        "ignoring marks ignores the cool-down",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> store.to.acquireLease(
                                id, generation, owner, duration, ignore || ignoreMark, ignoreMark)),
                broken(
                        "ignoring the cool-down ignores marks",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) ->
                                store.to.acquireLease(id, generation, owner, duration, ignore, ignoreMark || ignore)),
                broken(
                        "no lease is ever given",
                        4,
                        (store, id, generation, owner, duration, ignore, ignoreMark) -> false));
    }

    private static boolean isMarked(ForwardingTokenStore store, String id, Reauthorization.Type type) {
        return store.byId(id)
                .filter(row -> row.refresh().reauthorizationType() == type)
                .isPresent();
    }

    private static boolean isFor(StoredAuthorization row, long generation, boolean ignoreCoolDown) {
        return row.generation() == generation
                && !ForwardingTokenStore.isMarked(row)
                && !ForwardingTokenStore.leaseRuns(row)
                && (ignoreCoolDown || !ForwardingTokenStore.coolsDown(row));
    }
}
