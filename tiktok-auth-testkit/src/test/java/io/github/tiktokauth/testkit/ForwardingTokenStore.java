package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what another store does; broken stores differ from it in one point. */
class ForwardingTokenStore implements TokenStore {

    final TokenStore to;

    ForwardingTokenStore(TokenStore to) {
        this.to = to;
    }

    /** The active row of an id, from below every defect. */
    final Optional<StoredAuthorization> byId(String id) {
        return all().stream().filter(row -> row.id().equals(id)).findFirst();
    }

    final List<StoredAuthorization> all() {
        return to.page("", Integer.MAX_VALUE);
    }

    static boolean leaseRuns(StoredAuthorization row) {
        return row.refresh().leaseUntil() != null && row.refresh().leaseUntil().isAfter(row.storeTime());
    }

    static boolean coolsDown(StoredAuthorization row) {
        return row.refresh().coolDownUntil() != null
                && row.refresh().coolDownUntil().isAfter(row.storeTime());
    }

    static boolean isMarked(StoredAuthorization row) {
        return row.refresh().reauthorizationReason() != null;
    }

    @Override
    public String name() {
        return to.name();
    }

    @Override
    public Instant now() {
        return to.now();
    }

    @Override
    public Optional<StoredAuthorization> find(String userId) {
        return to.find(userId);
    }

    @Override
    public Optional<StoredAuthorization> findByShop(String shopId) {
        return to.findByShop(shopId);
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        return to.connect(authorization);
    }

    @Override
    public boolean acquireLease(
            String id, long generation, String owner, Duration duration, boolean ignoreCoolDown, boolean ignoreMark) {
        return to.acquireLease(id, generation, owner, duration, ignoreCoolDown, ignoreMark);
    }

    @Override
    public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
        return to.saveTokens(id, generation, appKey, tokens, forced);
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        return to.recordFailure(id, generation, owner, coolDown, failure);
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
        return to.requireReauthorization(id, generation, owner, mark, failure);
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        return to.reencrypt(id, generation, accessToken, refreshToken);
    }

    @Override
    public boolean saveShop(String id, long generation, StoredShop shop) {
        return to.saveShop(id, generation, shop);
    }

    @Override
    public boolean requestCheck(String id) {
        return to.requestCheck(id);
    }

    @Override
    public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
        return to.beginCheck(id, requestedAt, pause);
    }

    @Override
    public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
        return to.finishCheck(id, requestedAt, uncovered);
    }

    @Override
    public boolean disconnect(String userId) {
        return to.disconnect(userId);
    }

    @Override
    public int erase(String userId) {
        return to.erase(userId);
    }

    @Override
    public List<StoredAuthorization> page(String afterId, int limit) {
        return to.page(afterId, limit);
    }

    @Override
    public List<DueAuthorization> findDue(
            Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
        return to.findDue(within, appKeys, after, limit);
    }
}
