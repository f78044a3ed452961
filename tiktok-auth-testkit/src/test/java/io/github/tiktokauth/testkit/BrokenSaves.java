package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Defects in the compare-and-set verbs; the first four are rules that look natural and lose tokens. */
final class BrokenSaves {

    private BrokenSaves() {}

    static List<Broken<TokenStore>> all() {
        return List.of(
                new Broken<>("a save needs a running lease", 6, SaveNeedsLease::new),
                new Broken<>("a save is refused once marked", 6, SaveNeedsNoMark::new),
                new Broken<>("a mark raises the generation", 5, MarkRaisesGeneration::new),
                new Broken<>("a mark deletes the row", 5, MarkDeletes::new),
                new Broken<>("a save ignores the generation", 7, SaveIgnoresGeneration::new),
                Broken.inTwoSteps("a save checks, then writes", 6, SaveInTwoSteps::new),
                new Broken<>("new ciphertexts raise the generation", 5, ReencryptRaisesGeneration::new),
                new Broken<>("new ciphertexts ignore the generation", 7, ReencryptIgnoresGeneration::new),
                new Broken<>("anyone may note a failure", 7, FailureByAnyone::new),
                new Broken<>("a failure needs a running lease", 4, FailureNeedsRunningLease::new),
                new Broken<>("a failure keeps the lease", 4, FailureKeepsLease::new),
                new Broken<>("a failure starts no cool-down", 4, FailureWithoutCoolDown::new),
                new Broken<>("a failure does not note an unknown outcome", 6, FailureForgetsOutcome::new),
                new Broken<>("a mark needs a running lease", 4, MarkNeedsRunningLease::new),
                new Broken<>("every call marks", 7, MarksAgain::new));
    }

    private static class SaveNeedsLease extends ForwardingTokenStore {
        SaveNeedsLease(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return byId(id).filter(ForwardingTokenStore::leaseRuns).isPresent()
                    && super.saveTokens(id, generation, appKey, tokens, forced);
        }
    }

    private static class SaveNeedsNoMark extends ForwardingTokenStore {
        SaveNeedsNoMark(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return byId(id).filter(row -> !isMarked(row)).isPresent()
                    && super.saveTokens(id, generation, appKey, tokens, forced);
        }
    }

    private static class MarkRaisesGeneration extends ForwardingTokenStore {
        MarkRaisesGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            StoredAuthorization row = byId(id).orElse(null);
            return row != null
                    && owner.equals(row.refresh().leaseOwner())
                    && super.saveTokens(id, generation, row.appKey(), row.tokens(), false)
                    && super.acquireLease(id, generation + 1, owner, Duration.ofMinutes(1), true, true)
                    && super.requireReauthorization(id, generation + 1, owner, mark, failure);
        }
    }

    private static class MarkDeletes extends ForwardingTokenStore {
        MarkDeletes(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            StoredAuthorization row = byId(id).orElse(null);
            return super.requireReauthorization(id, generation, owner, mark, failure)
                    && row != null
                    && super.disconnect(row.userId());
        }
    }

    private static class SaveIgnoresGeneration extends ForwardingTokenStore {
        SaveIgnoresGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            return byId(id).filter(row -> super.saveTokens(id, row.generation(), appKey, tokens, forced))
                    .isPresent();
        }
    }

    private static class SaveInTwoSteps extends ForwardingTokenStore {
        private final Window window = new Window();

        SaveInTwoSteps(TokenStore to) {
            super(to);
        }

        @Override
        public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
            if (byId(id).filter(row -> row.generation() == generation).isEmpty()) {
                return false;
            }
            window.meet();
            return byId(id).filter(row -> super.saveTokens(id, row.generation(), appKey, tokens, forced))
                    .isPresent();
        }
    }

    private static class ReencryptRaisesGeneration extends ForwardingTokenStore {
        ReencryptRaisesGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
            return super.reencrypt(id, generation, accessToken, refreshToken)
                    && byId(id).filter(row -> super.saveTokens(id, generation, row.appKey(), row.tokens(), false))
                            .isPresent();
        }
    }

    private static class ReencryptIgnoresGeneration extends ForwardingTokenStore {
        ReencryptIgnoresGeneration(TokenStore to) {
            super(to);
        }

        @Override
        public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
            return byId(id).filter(row -> super.reencrypt(id, row.generation(), accessToken, refreshToken))
                    .isPresent();
        }
    }

    private static class FailureByAnyone extends ForwardingTokenStore {
        FailureByAnyone(TokenStore to) {
            super(to);
        }

        @Override
        public boolean recordFailure(
                String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
            String holder = byId(id).map(row -> row.refresh().leaseOwner()).orElse(owner);
            return super.recordFailure(id, generation, holder, coolDown, failure);
        }
    }

    private static class FailureNeedsRunningLease extends ForwardingTokenStore {
        FailureNeedsRunningLease(TokenStore to) {
            super(to);
        }

        @Override
        public boolean recordFailure(
                String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
            return byId(id).filter(ForwardingTokenStore::leaseRuns).isPresent()
                    && super.recordFailure(id, generation, owner, coolDown, failure);
        }
    }

    private static class FailureKeepsLease extends ForwardingTokenStore {
        FailureKeepsLease(TokenStore to) {
            super(to);
        }

        @Override
        public boolean recordFailure(
                String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
            return super.recordFailure(id, generation, owner, coolDown, failure)
                    && super.acquireLease(id, generation, owner, coolDown, true, true);
        }
    }

    private static class FailureWithoutCoolDown extends ForwardingTokenStore {
        FailureWithoutCoolDown(TokenStore to) {
            super(to);
        }

        @Override
        public boolean recordFailure(
                String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
            return super.recordFailure(id, generation, owner, Duration.ZERO, failure);
        }
    }

    private static class FailureForgetsOutcome extends ForwardingTokenStore {
        FailureForgetsOutcome(TokenStore to) {
            super(to);
        }

        @Override
        public boolean recordFailure(
                String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
            RefreshFailure less =
                    new RefreshFailure(failure.code(), failure.requestId(), false, failure.refusal(), failure.forced());
            return super.recordFailure(id, generation, owner, coolDown, less);
        }
    }

    private static class MarkNeedsRunningLease extends ForwardingTokenStore {
        MarkNeedsRunningLease(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            return byId(id).filter(ForwardingTokenStore::leaseRuns).isPresent()
                    && super.requireReauthorization(id, generation, owner, mark, failure);
        }
    }

    private static class MarksAgain extends ForwardingTokenStore {
        MarksAgain(TokenStore to) {
            super(to);
        }

        @Override
        public boolean requireReauthorization(
                String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
            return super.requireReauthorization(id, generation, owner, mark, failure)
                    || byId(id).filter(row ->
                                    Objects.equals(mark.reason(), row.refresh().reauthorizationReason()))
                            .isPresent();
        }
    }
}
