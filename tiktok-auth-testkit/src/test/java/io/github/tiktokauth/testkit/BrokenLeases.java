package io.github.tiktokauth.testkit;

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
                boolean ignore);
    }

    private static Broken<TokenStore> broken(String defect, int rule, Acquire acquire) {
        return new Broken<>(defect, rule, breaking(acquire));
    }

    private static UnaryOperator<TokenStore> breaking(Acquire acquire) {
        return to -> new ForwardingTokenStore(to) {
            @Override
            public boolean acquireLease(String id, long generation, String owner, Duration duration, boolean ignore) {
                return acquire.acquire(this, id, generation, owner, duration, ignore);
            }
        };
    }

    static List<Broken<TokenStore>> all() {
        Window window = new Window();
        return List.of(
                Broken.inTwoSteps(
                        "a lease is checked, then taken",
                        1,
                        breaking((store, id, generation, owner, duration, ignore) -> {
                            boolean free = store.byId(id)
                                    .filter(row -> isFor(row, generation, ignore))
                                    .isPresent();
                            window.meet();
                            store.to.acquireLease(id, generation, owner, duration, ignore);
                            return free;
                        })),
                broken(
                        "a running lease is given away",
                        7,
                        (store, id, generation, owner, duration, ignore) -> store.byId(id)
                                        .filter(row ->
                                                ForwardingTokenStore.leaseRuns(row) && row.generation() == generation)
                                        .isPresent()
                                || store.to.acquireLease(id, generation, owner, duration, ignore)),
                broken(
                        "a marked row is leased",
                        7,
                        (store, id, generation, owner, duration, ignore) -> store.byId(id)
                                        .filter(ForwardingTokenStore::isMarked)
                                        .isPresent()
                                || store.to.acquireLease(id, generation, owner, duration, ignore)),
                broken(
                        "a lease ignores the cool-down",
                        4,
                        (store, id, generation, owner, duration, ignore) ->
                                store.to.acquireLease(id, generation, owner, duration, true)),
                broken(
                        "the cool-down cannot be passed over",
                        4,
                        (store, id, generation, owner, duration, ignore) ->
                                store.to.acquireLease(id, generation, owner, duration, false)),
                broken(
                        "a lease ignores the generation",
                        7,
                        (store, id, generation, owner, duration, ignore) -> store.byId(id)
                                .filter(row -> store.to.acquireLease(id, row.generation(), owner, duration, ignore))
                                .isPresent()),
                broken(
                        "a lease lasts longer than asked for",
                        4,
                        (store, id, generation, owner, duration, ignore) ->
                                store.to.acquireLease(id, generation, owner, duration.multipliedBy(10), ignore)),
                broken(
                        "every lease lasts ten minutes",
                        4,
                        (store, id, generation, owner, duration, ignore) ->
                                store.to.acquireLease(id, generation, owner, Duration.ofMinutes(10), ignore)),
                broken("no lease is ever given", 4, (store, id, generation, owner, duration, ignore) -> false));
    }

    private static boolean isFor(StoredAuthorization row, long generation, boolean ignoreCoolDown) {
        return row.generation() == generation
                && !ForwardingTokenStore.isMarked(row)
                && !ForwardingTokenStore.leaseRuns(row)
                && (ignoreCoolDown || !ForwardingTokenStore.coolsDown(row));
    }
}
