package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Defects in what is kept of the values, in reads and in paging. */
final class BrokenReads {

    private static final Instant END_OF_32_BITS = Instant.ofEpochSecond(Integer.MAX_VALUE);
    private static final Comparator<StoredAuthorization> BY_END =
            Comparator.comparing(row -> row.tokens().accessTokenExpiresAt());
    private static final Comparator<StoredAuthorization> BY_ID = Comparator.comparing(StoredAuthorization::id);

    private BrokenReads() {}

    static List<Broken<TokenStore>> all() {
        return List.of(
                new Broken<>("tokens are cut at 8,000 characters", 9, to -> new OtherTokens(to, BrokenReads::cut)),
                new Broken<>("instants end in 2038", 4, to -> new OtherTokens(to, BrokenReads::narrow)),
                new Broken<>("instants are kept to the second", 4, to -> new OtherTokens(to, BrokenReads::coarse)),
                new Broken<>("null becomes empty text", 9, to -> new OtherTokens(to, BrokenReads::empty)),
                new Broken<>("an unknown end becomes 1970", 9, to -> new OtherTokens(to, BrokenReads::madeUp)),
                new Broken<>("an unknown end does not replace a known one", 9, KnownEndStays::new),
                new Broken<>(
                        "rows with an unknown end are never due",
                        9,
                        to -> new Due(to, row -> isDue(row) && hasKnownEnd(row), BY_END.thenComparing(BY_ID))),
                new Broken<>("now stands still", 4, StoppedNow::new),
                new Broken<>("a node caches what it read", 1, Caching::new),
                new Broken<>("storeTime stands still", 4, StoppedClock::new),
                new Broken<>("a page starts with the last row of the page before", 1, PagesOverlap::new),
                new Broken<>(
                        "marked rows are due",
                        4,
                        to -> new Due(to, row -> isUnleased(row) && isWarm(row), BY_END.thenComparing(BY_ID))),
                new Broken<>(
                        "leased rows are due",
                        4,
                        to -> new Due(to, row -> isUnmarked(row) && isWarm(row), BY_END.thenComparing(BY_ID))),
                new Broken<>(
                        "cooling rows are due",
                        4,
                        to -> new Due(to, row -> isUnmarked(row) && isUnleased(row), BY_END.thenComparing(BY_ID))),
                new Broken<>("due rows come in the order of ids", 1, to -> new Due(to, BrokenReads::isDue, BY_ID)),
                new Broken<>("a page of due rows skips ties", 1, to -> new Due(to, BrokenReads::isDue, BY_END)));
    }

    private static boolean isUnmarked(StoredAuthorization row) {
        return !ForwardingTokenStore.isMarked(row);
    }

    private static boolean isUnleased(StoredAuthorization row) {
        return !ForwardingTokenStore.leaseRuns(row);
    }

    private static boolean isWarm(StoredAuthorization row) {
        return !ForwardingTokenStore.coolsDown(row);
    }

    private static boolean hasKnownEnd(StoredAuthorization row) {
        return row.tokens().refreshTokenExpiresAt() != null;
    }

    private static boolean isDue(StoredAuthorization row) {
        return isUnmarked(row) && isUnleased(row) && isWarm(row);
    }

    private static StoredTokens cut(StoredTokens t) {
        String access =
                t.accessToken().substring(0, Math.min(8000, t.accessToken().length()));
        return new StoredTokens(
                access, t.refreshToken(), t.accessTokenExpiresAt(), t.refreshTokenExpiresAt(), t.openId(), t.scope());
    }

    private static StoredTokens narrow(StoredTokens t) {
        Instant end = t.accessTokenExpiresAt().isAfter(END_OF_32_BITS) ? END_OF_32_BITS : t.accessTokenExpiresAt();
        return new StoredTokens(
                t.accessToken(), t.refreshToken(), end, t.refreshTokenExpiresAt(), t.openId(), t.scope());
    }

    private static StoredTokens coarse(StoredTokens t) {
        Instant end = t.refreshTokenExpiresAt();
        return endingAt(t, end == null ? null : end.truncatedTo(ChronoUnit.SECONDS));
    }

    private static StoredTokens madeUp(StoredTokens t) {
        Instant end = t.refreshTokenExpiresAt();
        return endingAt(t, end == null ? Instant.EPOCH : end);
    }

    private static StoredTokens endingAt(StoredTokens t, @Nullable Instant refreshEnd) {
        return new StoredTokens(
                t.accessToken(), t.refreshToken(), t.accessTokenExpiresAt(), refreshEnd, t.openId(), t.scope());
    }

    private static StoredTokens empty(StoredTokens t) {
        return new StoredTokens(
                t.accessToken(),
                t.refreshToken(),
                t.accessTokenExpiresAt(),
                t.refreshTokenExpiresAt(),
                t.openId() == null ? "" : t.openId(),
                t.scope());
    }

    private static class OtherTokens extends ForwardingTokenStore {
        private final UnaryOperator<StoredTokens> change;

        OtherTokens(TokenStore to, UnaryOperator<StoredTokens> change) {
            super(to);
            this.change = change;
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            return super.connect(new NewAuthorization(
                    given.userId(),
                    given.appKey(),
                    given.shop(),
                    change.apply(given.tokens()),
                    given.authorizedShops()));
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return super.saveTokens(id, generation, appKey, change.apply(tokens), forced);
        }
    }

    /** As {@code COALESCE(:new, old)} would. */
    private static class KnownEndStays extends ForwardingTokenStore {
        KnownEndStays(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            Instant old =
                    byId(id).map(row -> row.tokens().refreshTokenExpiresAt()).orElse(null);
            Instant end = tokens.refreshTokenExpiresAt();
            return super.saveTokens(id, generation, appKey, endingAt(tokens, end == null ? old : end), forced);
        }
    }

    private static class StoppedNow extends ForwardingTokenStore {
        private final Instant stopped;

        StoppedNow(TokenStore to) {
            super(to);
            stopped = to.now();
        }

        @Override
        public Instant now() {
            return stopped;
        }
    }

    private static class Caching extends ForwardingTokenStore {
        private final Map<String, StoredAuthorization> cache = new ConcurrentHashMap<>();

        Caching(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            Optional<StoredAuthorization> found =
                    Optional.ofNullable(cache.get(userId)).or(() -> super.find(userId));
            found.ifPresent(row -> cache.put(userId, row));
            return found;
        }

        @Override
        public boolean disconnect(String userId) {
            cache.remove(userId);
            return super.disconnect(userId);
        }
    }

    private static class StoppedClock extends ForwardingTokenStore {
        StoppedClock(TokenStore to) {
            super(to);
        }

        @Override
        public Optional<StoredAuthorization> find(String userId) {
            return super.find(userId)
                    .map(row -> row.toBuilder().storeTime(row.updatedAt()).build());
        }
    }

    private static class PagesOverlap extends ForwardingTokenStore {
        PagesOverlap(TokenStore to) {
            super(to);
        }

        @Override
        public List<StoredAuthorization> page(String afterId, int limit) {
            return all().stream()
                    .filter(row -> row.id().compareTo(afterId) >= 0)
                    .limit(limit)
                    .toList();
        }
    }

    /** Finds what a filter lets pass, in an order that also tells where the next page starts. */
    private static class Due extends ForwardingTokenStore {
        private final Predicate<StoredAuthorization> filter;
        private final Comparator<StoredAuthorization> order;

        Due(TokenStore to, Predicate<StoredAuthorization> filter, Comparator<StoredAuthorization> order) {
            super(to);
            this.filter = filter;
            this.order = order;
        }

        @Override
        public List<DueAuthorization> findDue(
                Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
            return all().stream()
                    .filter(row -> !row.tokens()
                            .accessTokenExpiresAt()
                            .isAfter(row.storeTime().plus(within)))
                    .filter(row -> appKeys.contains(row.appKey()))
                    .filter(filter)
                    .filter(row -> after == null || order.compare(row, at(row, after)) > 0)
                    .sorted(order)
                    .limit(limit)
                    .map(row -> new DueAuthorization(row, row.tokens().accessTokenExpiresAt()))
                    .toList();
        }

        private static StoredAuthorization at(StoredAuthorization row, DuePosition position) {
            return row.toBuilder()
                    .id(position.id())
                    .tokens(TokenStoreRules.tokens("position", position.dueAt()))
                    .build();
        }
    }
}
