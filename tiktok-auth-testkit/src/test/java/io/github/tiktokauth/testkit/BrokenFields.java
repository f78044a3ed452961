package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.RefreshState;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Defects in App Keys, consents, marks, refusals, forced refreshes and facts of the shop. */
final class BrokenFields {

    private BrokenFields() {}

    static List<Broken<TokenStore>> all() {
        return List.of(
                shown(
                        "a mark loses the App Key",
                        10,
                        row -> isMarked(row) ? row.toBuilder().appKey(null).build() : row),
                shown(
                        "a lease loses the App Key",
                        10,
                        row -> row.refresh().leaseOwner() == null
                                ? row
                                : row.toBuilder().appKey(null).build()),
                new Broken<>("a save keeps the App Key", 10, SaveKeepsAppKey::new),
                new Broken<>("a renewal keeps the App Key", 10, RenewalKeepsAppKey::new),
                shown(
                        "a save sets authorizedAt",
                        4,
                        row -> row.toBuilder()
                                .authorizedAt(row.tokensObtainedAt())
                                .build()),
                shown(
                        "a renewal keeps authorizedAt",
                        4,
                        row -> row.toBuilder().authorizedAt(row.createdAt()).build()),
                shown(
                        "how many shops were authorized is lost",
                        1,
                        row -> row.toBuilder().authorizedShops(null).build()),
                shown(
                        "a save loses how many shops were authorized",
                        1,
                        row -> row.generation() == 1
                                ? row
                                : row.toBuilder().authorizedShops(null).build()),
                shown(
                        "that a shop has no cipher is lost",
                        9,
                        row -> row.toBuilder()
                                .shop(row.shop().toBuilder()
                                        .withoutCipher(false)
                                        .build())
                                .build()),
                state(
                        "every failure is a refusal",
                        4,
                        s -> s.toBuilder()
                                .refusals(s.failures(), s.firstRefusedAt())
                                .build()),
                state(
                        "a forced refresh is not remembered",
                        4,
                        s -> s.toBuilder().forcedRefresh(null).build()),
                state(
                        "a mark has no next try",
                        4,
                        s -> s.toBuilder()
                                .reauthorization(s.reauthorizationType(), s.reauthorizationReason(), null)
                                .build()),
                state(
                        "a mark has no type",
                        4,
                        s -> s.toBuilder()
                                .reauthorization(null, s.reauthorizationReason(), s.nextTryAt())
                                .build()),
                shown(
                        "the last refusal is told as the first",
                        4,
                        row -> row.refresh().refusals() == 0
                                ? row
                                : row.toBuilder()
                                        .refresh(row.refresh().toBuilder()
                                                .refusals(row.refresh().refusals(), row.updatedAt())
                                                .build())
                                        .build()),
                failing("refusals are not counted", 4, failure -> failure.withRefusal(false)),
                failing("an outage is a forced refusal", 5, failure -> failure.withRefusal(failure.forced())),
                failing("every refusal is forced", 5, failure -> failure.withForced(failure.refusal())),
                marking("the refusal that leads to a mark is not counted", 4, failure -> failure.withRefusal(false)),
                marking(
                        "a forced refusal that leads to a mark is not remembered",
                        4,
                        failure -> failure.withForced(false)),
                new Broken<>("every save is of a forced refresh", 6, SavesAreForced::new),
                new Broken<>("a save clears a mark of the shop", 6, SaveClearsShopMark::new),
                new Broken<>("a save keeps a soft mark", 6, SaveKeepsSoftMark::new),
                new Broken<>("a save clears a requested check", 6, SaveClearsCheck::new),
                new Broken<>("a renewal keeps the forced refresh", 6, RenewalKeepsForced::new),
                new Broken<>("another mark is not replaced", 7, FirstMarkStays::new),
                new Broken<>("every mark is hard", 4, EveryMarkIsHard::new),
                new Broken<>("facts of the shop ignore the generation", 7, ShopIgnoresGeneration::new),
                new Broken<>("facts of the shop ignore the shop id", 7, ShopIgnoresShopId::new),
                new Broken<>("facts of the shop raise the generation", 5, ShopRaisesGeneration::new),
                new Broken<>("facts of the shop are not replaced by null", 5, ShopKeepsCipher::new),
                new Broken<>("a reason is cut", 11, ReasonIsCut::new));
    }

    private static boolean isMarked(StoredAuthorization row) {
        return ForwardingTokenStore.isMarked(row);
    }

    private static Broken<TokenStore> shown(String defect, int rule, UnaryOperator<StoredAuthorization> view) {
        return new Broken<>(defect, rule, to -> new Shown(to, view));
    }

    private static Broken<TokenStore> state(String defect, int rule, UnaryOperator<RefreshState> view) {
        return shown(
                defect,
                rule,
                row -> row.toBuilder().refresh(view.apply(row.refresh())).build());
    }

    private static Broken<TokenStore> failing(String defect, int rule, UnaryOperator<RefreshFailure> change) {
        return new Broken<>(defect, rule, to -> new ForwardingTokenStore(to) {
            @Override
            public boolean recordFailure(
                    String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
                return super.recordFailure(id, generation, owner, coolDown, change.apply(failure));
            }
        });
    }

    private static Broken<TokenStore> marking(String defect, int rule, UnaryOperator<RefreshFailure> change) {
        return new Broken<>(defect, rule, to -> new ForwardingTokenStore(to) {
            @Override
            public boolean requireReauthorization(
                    String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
                return super.requireReauthorization(id, generation, owner, mark, change.apply(failure));
            }
        });
    }

    /** Keeps all values, and shows others. */
    private static class Shown extends ForwardingTokenStore {
        private final UnaryOperator<StoredAuthorization> view;

        Shown(TokenStore to, UnaryOperator<StoredAuthorization> view) {
            super(to);
            this.view = view;
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(userId).map(view);
        }
    }

    private static class SaveKeepsAppKey extends ForwardingTokenStore {
        SaveKeepsAppKey(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            String old = byId(id).map(StoredAuthorization::appKey).orElse(appKey);
            return super.saveTokens(id, generation, old, tokens, forced);
        }
    }

    private static class RenewalKeepsAppKey extends ForwardingTokenStore {
        RenewalKeepsAppKey(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            String old =
                    super.find(given.userId()).map(StoredAuthorization::appKey).orElse(given.appKey());
            return super.connect(
                    new NewAuthorization(given.userId(), old, given.shop(), given.tokens(), given.authorizedShops()));
        }
    }

    private static class SavesAreForced extends ForwardingTokenStore {
        SavesAreForced(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return super.saveTokens(id, generation, appKey, tokens, true);
        }
    }

    private static class SaveClearsShopMark extends ForwardingTokenStore {
        SaveClearsShopMark(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            boolean done = super.saveTokens(id, generation, appKey, tokens, forced);
            byId(id).filter(row -> done && isMarked(row)).ifPresent(row -> {
                super.requestCheck(id);
                byId(id).ifPresent(flagged -> super.finishCheck(id, flagged.checkRequestedAt(), null));
            });
            return done;
        }
    }

    private static class SaveKeepsSoftMark extends ForwardingTokenStore {
        SaveKeepsSoftMark(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            boolean soft = byId(id).filter(row -> row.refresh().reauthorizationType() == Reauthorization.Type.SOFT)
                    .isPresent();
            boolean done = super.saveTokens(id, generation, appKey, tokens, forced);
            if (done && soft) {
                super.acquireLease(id, generation + 1, "x", TokenStoreRules.LEASE, true, true);
                super.requireReauthorization(id, generation + 1, "x", TokenStoreRules.SOFT, TokenStoreRules.FAILURE);
            }
            return done;
        }
    }

    private static class SaveClearsCheck extends ForwardingTokenStore {
        SaveClearsCheck(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            boolean done = super.saveTokens(id, generation, appKey, tokens, forced);
            byId(id).filter(row -> done && row.checkRequestedAt() != null)
                    .ifPresent(row -> super.finishCheck(
                            id, row.checkRequestedAt(), row.refresh().reauthorizationReason()));
            return done;
        }
    }

    private static class RenewalKeepsForced extends ForwardingTokenStore {
        private final Map<String, ForcedRefresh> kept = new ConcurrentHashMap<>();

        RenewalKeepsForced(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            super.find(given.userId())
                    .filter(row -> row.refresh().forcedRefresh() != null)
                    .ifPresent(row -> kept.put(row.id(), row.refresh().forcedRefresh()));
            return super.connect(given);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(userId)
                    .map(row -> kept.containsKey(row.id())
                            ? row.toBuilder()
                                    .refresh(row.refresh().toBuilder()
                                            .forcedRefresh(kept.get(row.id()))
                                            .build())
                                    .build()
                            : row);
        }
    }

    private static class FirstMarkStays extends ForwardingTokenStore {
        FirstMarkStays(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            return byId(id).filter(ForwardingTokenStore::isMarked).isPresent()
                    ? super.recordFailure(id, generation, owner, Duration.ZERO, failure)
                    : super.requireReauthorization(id, generation, owner, mark, failure);
        }
    }

    private static class EveryMarkIsHard extends ForwardingTokenStore {
        EveryMarkIsHard(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            return super.requireReauthorization(id, generation, owner, Reauthorization.hard(mark.reason()), failure);
        }
    }

    private static class ShopIgnoresGeneration extends ForwardingTokenStore {
        ShopIgnoresGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveShop(String id, long generation, StoredShop shop) {
            return byId(id).filter(row -> super.saveShop(id, row.generation(), shop))
                    .isPresent();
        }
    }

    private static class ShopIgnoresShopId extends ForwardingTokenStore {
        ShopIgnoresShopId(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveShop(String id, long generation, StoredShop shop) {
            String shopId = byId(id).map(row -> row.shop().shopId()).orElse(shop.shopId());
            return super.saveShop(
                    id,
                    generation,
                    new StoredShop(shopId, shop.name(), shop.region(), shop.cipher(), shop.withoutCipher()));
        }
    }

    private static class ShopRaisesGeneration extends ForwardingTokenStore {
        ShopRaisesGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveShop(String id, long generation, StoredShop shop) {
            return super.saveShop(id, generation, shop)
                    && byId(id).filter(row -> super.saveTokens(id, generation, row.appKey(), row.tokens(), false))
                            .isPresent();
        }
    }

    /** As {@code COALESCE(:new, old)} would. */
    private static class ShopKeepsCipher extends ForwardingTokenStore {
        ShopKeepsCipher(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveShop(String id, long generation, StoredShop shop) {
            String old = byId(id).map(row -> row.shop().cipher()).orElse(null);
            StoredShop kept =
                    shop.cipher() != null ? shop : shop.toBuilder().cipher(old).build();
            return super.saveShop(id, generation, kept);
        }
    }

    private static class ReasonIsCut extends ForwardingTokenStore {
        ReasonIsCut(TokenStore to) {
            super(to);
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            String less = uncovered == null ? null : uncovered.substring(0, Math.min(64, uncovered.length()));
            return super.finishCheck(id, requestedAt, less);
        }
    }
}
