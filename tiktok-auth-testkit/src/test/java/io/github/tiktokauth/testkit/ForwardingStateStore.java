package io.github.tiktokauth.testkit;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does what another store does; broken stores differ from it in one point. */
class ForwardingStateStore implements StateStore {

    final StateStore to;

    ForwardingStateStore(StateStore to) {
        this.to = to;
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
    public void save(StoredState state, Duration lifetime, int keepPerUser) {
        to.save(state, lifetime, keepPerUser);
    }

    @Override
    public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
        return to.take(hash, userId, bindingHash, codeHash);
    }

    @Override
    public TakenState find(String hash, String userId, @Nullable String bindingHash) {
        return to.find(hash, userId, bindingHash);
    }

    @Override
    public boolean recordOutcome(String hash, String outcome) {
        return to.recordOutcome(hash, outcome);
    }

    @Override
    public boolean rememberOnce(String hash, Duration lifetime) {
        return to.rememberOnce(hash, lifetime);
    }

    @Override
    public void forget(String hash) {
        to.forget(hash);
    }

    @Override
    public void savePending(PendingAuthorization pending, Duration lifetime) {
        to.savePending(pending, lifetime);
    }

    @Override
    public Optional<PendingAuthorization> findPending(String hash) {
        return to.findPending(hash);
    }

    @Override
    public boolean removePending(String hash) {
        return to.removePending(hash);
    }

    @Override
    public int removePendingOfUser(String userId) {
        return to.removePendingOfUser(userId);
    }

    @Override
    public int purge(int limit) {
        return to.purge(limit);
    }

    @Override
    public int erase(String userId) {
        return to.erase(userId);
    }
}
