package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Defects in {@code connect}, {@code disconnect} and {@code erase}, and in how ids are compared. */
final class BrokenConnections {

    private BrokenConnections() {}

    static List<Broken<TokenStore>> all() {
        return List.of(
                new Broken<>(
                        "letter case of users does not count", 3, to -> new OtherUsers(to, BrokenConnections::lower)),
                new Broken<>(
                        "trailing blanks of users do not count", 3, to -> new OtherUsers(to, String::stripTrailing)),
                new Broken<>("letter case of shops does not count", 3, LowerCaseShops::new),
                new Broken<>("a shop of other letter case leads to the user", 3, FindsAnyCase::new),
                new Broken<>("a shop leads to its former user", 3, FindsFormerUser::new),
                new Broken<>("a shop goes to the last who asks", 3, ShopTakenOver::new),
                new Broken<>("a user's shop is replaced by another", 3, ShopReplaced::new),
                Broken.inTwoSteps("a shop is looked for, then taken", 3, ConnectInTwoSteps::new),
                new Broken<>("a renewal deletes and inserts", 3, RenewalIsReconnect::new),
                new Broken<>("a renewal keeps the mark", 3, RenewalKeepsMark::new),
                new Broken<>("the user is the id", 5, UserIsId::new),
                new Broken<>("disconnect only hides the row", 3, DisconnectHides::new),
                new Broken<>("disconnect says yes always", 1, DisconnectSaysYes::new),
                new Broken<>("erase does nothing", 1, EraseDoesNothing::new),
                new Broken<>("a refusal quotes the value", 8, QuotingRefusals::new),
                new Broken<>("what is too long is cut", 11, to -> new OtherUsers(to, BrokenConnections::cut)));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String cut(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128);
    }

    private static class OtherUsers extends ForwardingTokenStore {
        private final UnaryOperator<String> change;

        OtherUsers(TokenStore to, UnaryOperator<String> change) {
            super(to);
            this.change = change;
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(change.apply(userId));
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            return super.connect(new NewAuthorization(
                    change.apply(given.userId()),
                    given.appKey(),
                    given.shop(),
                    given.tokens(),
                    given.authorizedShops()));
        }

        @Override
        public boolean disconnect(String userId) {
            return super.disconnect(change.apply(userId));
        }

        @Override
        public int erase(String userId) {
            return super.erase(change.apply(userId));
        }
    }

    private static class LowerCaseShops extends ForwardingTokenStore {
        LowerCaseShops(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            String shopId = lower(given.shop().shopId());
            boolean held = all().stream()
                    .anyMatch(row -> lower(row.shop().shopId()).equals(shopId)
                            && !row.userId().equals(given.userId()));
            return held ? ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER : super.connect(given);
        }
    }

    private static class FindsAnyCase extends ForwardingTokenStore {
        FindsAnyCase(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> findByShop(String shopId) {
            return all().stream()
                    .filter(row -> row.shop().shopId().equalsIgnoreCase(shopId))
                    .findFirst();
        }
    }

    private static class FindsFormerUser extends ForwardingTokenStore {
        private final Map<String, StoredAuthorization> seen = new ConcurrentHashMap<>();

        FindsFormerUser(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> findByShop(String shopId) {
            Optional<StoredAuthorization> found = super.findByShop(shopId);
            found.ifPresent(row -> seen.put(shopId, row));
            return Optional.ofNullable(seen.get(shopId));
        }
    }

    private static class ShopTakenOver extends ForwardingTokenStore {
        ShopTakenOver(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            ConnectOutcome outcome = super.connect(given);
            if (outcome != ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER) {
                return outcome;
            }
            all().stream()
                    .filter(row -> row.shop().shopId().equals(given.shop().shopId()))
                    .forEach(row -> super.disconnect(row.userId()));
            return super.connect(given);
        }
    }

    private static class ShopReplaced extends ForwardingTokenStore {
        ShopReplaced(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            ConnectOutcome outcome = super.connect(given);
            if (outcome == ConnectOutcome.USER_HOLDS_ANOTHER_SHOP) {
                super.disconnect(given.userId());
                return super.connect(given);
            }
            return outcome;
        }
    }

    private static class ConnectInTwoSteps extends ForwardingTokenStore {
        private final Window window = new Window();

        ConnectInTwoSteps(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            boolean free = all().stream()
                    .noneMatch(row -> row.shop().shopId().equals(given.shop().shopId())
                            || row.userId().equals(given.userId()));
            window.meet();
            ConnectOutcome outcome = super.connect(given);
            return free ? ConnectOutcome.CONNECTED : outcome;
        }
    }

    private static class RenewalIsReconnect extends ForwardingTokenStore {
        RenewalIsReconnect(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            ConnectOutcome outcome = super.connect(given);
            if (outcome == ConnectOutcome.RENEWED) {
                super.disconnect(given.userId());
                super.connect(given);
            }
            return outcome;
        }
    }

    private static class RenewalKeepsMark extends ForwardingTokenStore {
        RenewalKeepsMark(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            Optional<StoredAuthorization> old = super.find(given.userId()).filter(ForwardingTokenStore::isMarked);
            ConnectOutcome outcome = super.connect(given);
            old.ifPresent(row -> {
                super.acquireLease(row.id(), row.generation() + 1, "x", TokenStoreRules.LEASE, true, true);
                super.requireReauthorization(
                        row.id(), row.generation() + 1, "x", TokenStoreRules.HARD, TokenStoreRules.FAILURE);
            });
            return outcome;
        }
    }

    /** Ids come back after a reconnect, so a stale save hits the new connection. */
    private static class UserIsId extends ForwardingTokenStore {
        UserIsId(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(userId)
                    .map(row -> row.toBuilder().id(cutTo36(userId)).build());
        }

        private static String cutTo36(String userId) {
            return userId.substring(0, Math.min(36, userId.length()));
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return all().stream()
                    .filter(row -> cutTo36(row.userId()).equals(id))
                    .anyMatch(row -> super.saveTokens(row.id(), generation, appKey, tokens, forced));
        }
    }

    private static class DisconnectHides extends ForwardingTokenStore {
        private final Set<String> hidden = ConcurrentHashMap.newKeySet();

        DisconnectHides(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return hidden.contains(userId) ? Optional.empty() : super.find(userId);
        }

        @Override
        public boolean disconnect(String userId) {
            return super.find(userId).isPresent() && hidden.add(userId);
        }
    }

    private static class DisconnectSaysYes extends ForwardingTokenStore {
        DisconnectSaysYes(TokenStore to) {
            super(to);
        }

        @Override
        public boolean disconnect(String userId) {
            super.disconnect(userId);
            return true;
        }
    }

    private static class EraseDoesNothing extends ForwardingTokenStore {
        EraseDoesNothing(TokenStore to) {
            super(to);
        }

        @Override
        public int erase(String userId) {
            return super.find(userId).isPresent() ? 1 : 0;
        }
    }

    private static class QuotingRefusals extends ForwardingTokenStore {
        QuotingRefusals(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            try {
                return super.connect(given);
            } catch (StoreException e) {
                String quoting = e.getMessage() + ": " + given.userId() + given.shop();
                throw new StoreException(e.kind(), quoting, null);
            }
        }
    }
}
