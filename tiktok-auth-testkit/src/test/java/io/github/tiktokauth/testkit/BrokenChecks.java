package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Defects in requested checks, and in what is due. */
final class BrokenChecks {

    private static final Comparator<DueAuthorization> BY_DUE = Comparator.comparing(DueAuthorization::dueAt)
            .thenComparing(due -> due.authorization().id());

    private BrokenChecks() {}

    static List<Broken<TokenStore>> all() {
        return List.of(
                new Broken<>("a request while one is open changes nothing", 4, OneRequest::new),
                new Broken<>("a request keeps the pause", 7, RequestKeepsPause::new),
                new Broken<>("every request succeeds", 7, RequestSaysYes::new),
                new Broken<>("a renewal keeps the request", 7, RenewalKeepsRequest::new),
                new Broken<>("every node begins", 7, EveryoneBegins::new),
                new Broken<>("a begin takes any request for its own", 7, BeginsAny::new),
                Broken.inTwoSteps("a check is looked at, then begun", 1, BeginInTwoSteps::new),
                new Broken<>("an end takes any request for its own", 7, FinishesAny::new),
                new Broken<>("an end leaves the mark of the shop", 7, FinishKeepsMark::new),
                new Broken<>("an end replaces every mark", 7, FinishReplacesMark::new),
                Broken.inTwoSteps("a check is looked at, then ended", 7, FinishInTwoSteps::new),
                Broken.inTwoSteps("the later request is ended along", 7, FinishesLaterRequest::new),
                due("rows of other apps are due", 1, (keys, store) -> {
                    Collection<String> all = new ArrayList<>(keys);
                    store.all().forEach(row -> all.add(row.appKey()));
                    return all;
                }),
                due(
                        "the first app is enough",
                        1,
                        (keys, store) -> keys.stream().limit(1).toList()),
                without("flagged rows are not due", row -> row.checkRequestedAt() != null),
                without(
                        "flagged rows under a lease are not due",
                        row -> row.checkRequestedAt() != null && ForwardingTokenStore.leaseRuns(row)),
                without(
                        "flagged rows in a cool-down are not due",
                        row -> row.checkRequestedAt() != null && ForwardingTokenStore.coolsDown(row)),
                without(
                        "soft marks are never due",
                        row -> row.refresh().reauthorizationType() == Reauthorization.Type.SOFT),
                without(
                        "marks of the shop are never due",
                        row -> row.refresh().reauthorizationType() == Reauthorization.Type.SHOP),
                with(
                        "soft marks are due before their next try",
                        row -> row.refresh().reauthorizationType() == Reauthorization.Type.SOFT),
                with(
                        "flagged rows are due under a hard mark",
                        row -> row.checkRequestedAt() != null
                                && row.refresh().reauthorizationType() == Reauthorization.Type.HARD),
                with("a check that was begun is due", row -> row.checkNotBefore() != null),
                seen(
                        "a row is always due from the end of its access token",
                        4,
                        due -> due.stream()
                                .map(each -> new DueAuthorization(
                                        each.authorization(),
                                        each.authorization().tokens().accessTokenExpiresAt()))
                                .sorted(BY_DUE)
                                .toList()),
                seen(
                        "due rows come in the order of the ends",
                        1,
                        due -> due.stream()
                                .sorted(Comparator.comparing(
                                        each -> each.authorization().tokens().accessTokenExpiresAt()))
                                .toList()));
    }

    private static Broken<TokenStore> due(
            String defect, int rule, BiFunction<Collection<String>, ForwardingTokenStore, Collection<String>> keys) {
        return new Broken<>(defect, rule, to -> new ForwardingTokenStore(to) {
            @Override
            public List<DueAuthorization> findDue(
                    Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
                return super.findDue(within, keys.apply(appKeys, this), after, limit);
            }
        });
    }

    private static Broken<TokenStore> without(String defect, Predicate<StoredAuthorization> missing) {
        return seen(
                defect,
                4,
                due -> due.stream()
                        .filter(each -> !missing.test(each.authorization()))
                        .toList());
    }

    private static Broken<TokenStore> with(String defect, Predicate<StoredAuthorization> more) {
        return new Broken<>(defect, 4, to -> new ForwardingTokenStore(to) {
            @Override
            public List<DueAuthorization> findDue(
                    Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
                List<DueAuthorization> found = new ArrayList<>(super.findDue(within, appKeys, after, limit));
                all().stream()
                        .filter(row -> appKeys.contains(row.appKey()) && more.test(row))
                        .map(row -> new DueAuthorization(row, row.tokens().accessTokenExpiresAt()))
                        .forEach(found::add);
                return found;
            }
        });
    }

    private static Broken<TokenStore> seen(
            String defect, int rule, Function<List<DueAuthorization>, List<DueAuthorization>> change) {
        return new Broken<>(defect, rule, to -> new ForwardingTokenStore(to) {
            @Override
            public List<DueAuthorization> findDue(
                    Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
                return change.apply(super.findDue(within, appKeys, after, limit));
            }
        });
    }

    private static class OneRequest extends ForwardingTokenStore {
        OneRequest(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requestCheck(String id) {
            return byId(id).filter(row -> row.checkRequestedAt() != null).isPresent() || super.requestCheck(id);
        }
    }

    private static class RequestKeepsPause extends ForwardingTokenStore {
        RequestKeepsPause(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requestCheck(String id) {
            boolean begun = byId(id).filter(row -> row.checkNotBefore() != null).isPresent();
            boolean done = super.requestCheck(id);
            byId(id).filter(row -> begun)
                    .ifPresent(row -> super.beginCheck(id, row.checkRequestedAt(), TokenStoreRules.LEASE));
            return done;
        }
    }

    private static class RequestSaysYes extends ForwardingTokenStore {
        RequestSaysYes(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requestCheck(String id) {
            super.requestCheck(id);
            return true;
        }
    }

    private static class RenewalKeepsRequest extends ForwardingTokenStore {
        RenewalKeepsRequest(TokenStore to) {
            super(to);
        }

        @Override
        public ConnectOutcome connect(NewAuthorization given) {
            Optional<StoredAuthorization> old =
                    super.find(given.userId()).filter(row -> row.checkRequestedAt() != null);
            ConnectOutcome outcome = super.connect(given);
            old.ifPresent(row -> super.requestCheck(row.id()));
            return outcome;
        }
    }

    private static class EveryoneBegins extends ForwardingTokenStore {
        EveryoneBegins(TokenStore to) {
            super(to);
        }

        @Override
        public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
            return super.beginCheck(id, requestedAt, pause)
                    || byId(id).filter(row -> requestedAt.equals(row.checkRequestedAt()))
                            .isPresent();
        }
    }

    private static class BeginsAny extends ForwardingTokenStore {
        BeginsAny(TokenStore to) {
            super(to);
        }

        @Override
        public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
            return byId(id).filter(row ->
                            row.checkRequestedAt() != null && super.beginCheck(id, row.checkRequestedAt(), pause))
                    .isPresent();
        }
    }

    private static class BeginInTwoSteps extends ForwardingTokenStore {
        private final Window window = new Window();

        BeginInTwoSteps(TokenStore to) {
            super(to);
        }

        @Override
        public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
            boolean may = byId(id).filter(row -> requestedAt.equals(row.checkRequestedAt())
                            && (row.checkNotBefore() == null
                                    || !row.checkNotBefore().isAfter(row.storeTime())))
                    .isPresent();
            window.meet();
            super.beginCheck(id, requestedAt, pause);
            return may;
        }
    }

    private static class FinishesAny extends ForwardingTokenStore {
        FinishesAny(TokenStore to) {
            super(to);
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            return byId(id).filter(row ->
                            row.checkRequestedAt() != null && super.finishCheck(id, row.checkRequestedAt(), uncovered))
                    .isPresent();
        }
    }

    private static class FinishKeepsMark extends ForwardingTokenStore {
        FinishKeepsMark(TokenStore to) {
            super(to);
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            String old =
                    byId(id).map(row -> row.refresh().reauthorizationReason()).orElse(uncovered);
            return super.finishCheck(id, requestedAt, uncovered == null ? old : uncovered);
        }
    }

    private static class FinishReplacesMark extends ForwardingTokenStore {
        FinishReplacesMark(TokenStore to) {
            super(to);
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            byId(id).filter(row -> isMarked(row) && requestedAt.equals(row.checkRequestedAt()))
                    .ifPresent(row -> {
                        super.acquireLease(id, row.generation(), "x", TokenStoreRules.LEASE, true, true);
                        super.requireReauthorization(
                                id, row.generation(), "x", TokenStoreRules.SHOP, TokenStoreRules.FAILURE);
                    });
            return super.finishCheck(id, requestedAt, uncovered);
        }
    }

    private static class FinishInTwoSteps extends ForwardingTokenStore {
        private final Window window = new Window();

        FinishInTwoSteps(TokenStore to) {
            super(to);
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            boolean may = byId(id).filter(row -> requestedAt.equals(row.checkRequestedAt()))
                    .isPresent();
            window.meet();
            super.finishCheck(id, requestedAt, uncovered);
            return may;
        }
    }

    /** Reads the request, and ends whatever is requested a moment later. */
    private static class FinishesLaterRequest extends ForwardingTokenStore {
        private static final Window WINDOW = new Window();

        FinishesLaterRequest(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requestCheck(String id) {
            boolean done = super.requestCheck(id);
            WINDOW.meet();
            return done;
        }

        @Override
        public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
            boolean may = byId(id).filter(row -> requestedAt.equals(row.checkRequestedAt()))
                    .isPresent();
            WINDOW.meet();
            return may
                    && byId(id).filter(row -> row.checkRequestedAt() != null
                                    && super.finishCheck(id, row.checkRequestedAt(), uncovered))
                            .isPresent();
        }
    }
}
