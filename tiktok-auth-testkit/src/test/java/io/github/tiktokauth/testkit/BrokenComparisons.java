package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One verb that compares ids as a careless collation does, while all others are exact. */
final class BrokenComparisons {

    /** What does not count, and what is left then. */
    private record Careless(String about, UnaryOperator<String> rest) {

        boolean equates(String one, String other) {
            return rest.apply(one).equals(rest.apply(other));
        }
    }

    private static final List<Careless> ALL = List.of(
            new Careless("letter case", text -> text.toLowerCase(Locale.ROOT)),
            new Careless("trailing blanks", String::stripTrailing));

    private BrokenComparisons() {}

    static List<Broken<TokenStore>> ofTokenStores() {
        return ALL.stream()
                .flatMap(careless -> Stream.<Broken<TokenStore>>of(
                        new Broken<>("find passes over " + careless.about(), 3, to -> new Find(to, careless)),
                        new Broken<>(
                                "findByShop passes over " + careless.about(), 3, to -> new FindByShop(to, careless)),
                        new Broken<>(
                                "disconnect passes over " + careless.about(), 3, to -> new Disconnect(to, careless)),
                        new Broken<>("erase passes over " + careless.about(), 3, to -> new Erase(to, careless)),
                        new Broken<>(
                                "erase of history passes over " + careless.about(),
                                3,
                                to -> new EraseOfHistory(to, careless)),
                        new Broken<>(
                                "a renewal passes over " + careless.about() + " of users",
                                3,
                                to -> new RenewalOfAnother(to, careless)),
                        new Broken<>(
                                "a renewal passes over " + careless.about() + " of shops",
                                3,
                                to -> new RenewalOfAnotherShop(to, careless)),
                        new Broken<>(
                                "the key of users passes over " + careless.about(),
                                3,
                                to -> new KeyOfUsers(to, careless)),
                        new Broken<>(
                                "the key of shops passes over " + careless.about(),
                                3,
                                to -> new KeyOfShops(to, careless))))
                .toList();
    }

    static List<Broken<StateStore>> ofStateStores() {
        return ALL.stream()
                .flatMap(careless -> Stream.<Broken<StateStore>>of(
                        new Broken<>("erase passes over " + careless.about(), 1, to -> new EraseOfStates(to, careless)),
                        new Broken<>("the cap passes over " + careless.about(), 4, to -> new Cap(to, careless)),
                        new Broken<>(
                                "taking a state passes over " + careless.about(),
                                8,
                                to -> new TakeOfStates(to, careless)),
                        new Broken<>(
                                "removing of pending authorizations passes over " + careless.about(),
                                8,
                                to -> new RemovalOfPending(to, careless))))
                .toList();
    }

    private static class Inexact extends ForwardingTokenStore {
        final Careless careless;

        Inexact(TokenStore to, Careless careless) {
            super(to);
            this.careless = careless;
        }

        final Optional<StoredAuthorization> first(Predicate<StoredAuthorization> wanted) {
            return all().stream().filter(wanted).findFirst();
        }

        final List<String> usersLike(String userId) {
            return all().stream()
                    .map(StoredAuthorization::userId)
                    .filter(user -> careless.equates(user, userId))
                    .toList();
        }
    }

    private static class Find extends Inexact {
        Find(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(userId).or(() -> first(row -> careless.equates(row.userId(), userId)));
        }
    }

    private static class FindByShop extends Inexact {
        FindByShop(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public Optional<StoredAuthorization> findByShop(String shopId) {
            return super.findByShop(shopId)
                    .or(() -> first(row -> careless.equates(row.shop().shopId(), shopId)));
        }
    }

    private static class Disconnect extends Inexact {
        Disconnect(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public boolean disconnect(String userId) {
            return usersLike(userId).stream().filter(super::disconnect).count() > 0;
        }
    }

    private static class Erase extends Inexact {
        Erase(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public int erase(String userId) {
            return usersLike(userId).stream().mapToInt(super::erase).sum();
        }
    }

    /** Exact about active rows. */
    private static class EraseOfHistory extends Inexact {
        /** One history for all nodes of a store. */
        private static final Map<TokenStore, Set<String>> HISTORIES = Collections.synchronizedMap(new WeakHashMap<>());

        private final Set<String> former;

        EraseOfHistory(TokenStore to, Careless careless) {
            super(to, careless);
            former = HISTORIES.computeIfAbsent(to, store -> ConcurrentHashMap.newKeySet());
        }

        @Override
        public boolean disconnect(String userId) {
            boolean done = super.disconnect(userId);
            if (done) {
                former.add(userId);
            }
            return done;
        }

        @Override
        public int erase(String userId) {
            int active = super.erase(userId);
            return former.removeIf(user -> careless.equates(user, userId)) ? active + 1 : active;
        }
    }

    private static class RenewalOfAnother extends Inexact {
        RenewalOfAnother(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            String userId = first(row -> careless.equates(row.userId(), given.userId())
                            && row.shop().shopId().equals(given.shop().shopId()))
                    .map(StoredAuthorization::userId)
                    .orElse(given.userId());
            return super.connect(new NewAuthorization(
                    userId, given.appKey(), given.shop(), given.tokens(), given.authorizedShops()));
        }
    }

    private static class RenewalOfAnotherShop extends Inexact {
        RenewalOfAnotherShop(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            StoredShop shop = given.shop();
            String shopId = first(row -> row.userId().equals(given.userId())
                            && careless.equates(row.shop().shopId(), shop.shopId()))
                    .map(row -> row.shop().shopId())
                    .orElse(shop.shopId());
            StoredShop taken = new StoredShop(shopId, shop.name(), shop.region(), shop.cipher(), false);
            return super.connect(new NewAuthorization(
                    given.userId(), given.appKey(), taken, given.tokens(), given.authorizedShops()));
        }
    }

    private static class KeyOfUsers extends Inexact {
        KeyOfUsers(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            return usersLike(given.userId()).stream().allMatch(given.userId()::equals)
                    ? super.connect(given)
                    : ConnectOutcome.USER_HOLDS_ANOTHER_SHOP;
        }
    }

    private static class KeyOfShops extends Inexact {
        KeyOfShops(TokenStore to, Careless careless) {
            super(to, careless);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            String shopId = given.shop().shopId();
            boolean taken = all().stream()
                    .anyMatch(row -> careless.equates(row.shop().shopId(), shopId)
                            && !row.userId().equals(given.userId()));
            return taken ? ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER : super.connect(given);
        }
    }

    private static class EraseOfStates extends ForwardingStateStore {
        private final Careless careless;
        private final Set<String> users = ConcurrentHashMap.newKeySet();

        EraseOfStates(StateStore to, Careless careless) {
            super(to);
            this.careless = careless;
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            users.add(state.userId());
            super.save(state, lifetime, keepPerUser);
        }

        @Override
        public int erase(String userId) {
            return users.stream()
                    .filter(user -> careless.equates(user, userId))
                    .mapToInt(super::erase)
                    .sum();
        }
    }

    private static class TakeOfStates extends ForwardingStateStore {
        private final Careless careless;
        private final Map<String, String> users = new ConcurrentHashMap<>();

        TakeOfStates(StateStore to, Careless careless) {
            super(to);
            this.careless = careless;
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            users.put(state.hash(), state.userId());
            super.save(state, lifetime, keepPerUser);
        }

        @Override
        public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
            String owner = users.getOrDefault(hash, userId);
            return super.take(hash, careless.equates(owner, userId) ? owner : userId, bindingHash, codeHash);
        }
    }

    private static class RemovalOfPending extends ForwardingStateStore {
        private final Careless careless;
        private final Set<String> users = ConcurrentHashMap.newKeySet();

        RemovalOfPending(StateStore to, Careless careless) {
            super(to);
            this.careless = careless;
        }

        @Override
        public void savePending(PendingAuthorization pending, Duration lifetime) {
            users.add(pending.userId());
            super.savePending(pending, lifetime);
        }

        @Override
        public int removePendingOfUser(String userId) {
            return users.stream()
                    .filter(user -> careless.equates(user, userId))
                    .mapToInt(super::removePendingOfUser)
                    .sum();
        }
    }

    /** Keeps the states of all who are alike under one user. */
    private static class Cap extends ForwardingStateStore {
        private final Careless careless;

        Cap(StateStore to, Careless careless) {
            super(to);
            this.careless = careless;
        }

        @Override
        public void save(StoredState state, Duration lifetime, int keepPerUser) {
            String user = careless.rest().apply(state.userId());
            super.save(
                    new StoredState(
                            state.hash(), user, state.appKey(), state.bindingHash(), state.hostState(), state.scope()),
                    lifetime,
                    keepPerUser);
        }
    }
}
