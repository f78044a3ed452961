package io.github.tiktokauth;

import static io.github.tiktokauth.Log.LOG;

import io.github.tiktokauth.AuthorizationRequiredException.Reason;
import io.github.tiktokauth.spi.StoredShop;
import java.util.List;
import java.util.Optional;

/** Asks TikTok whether a connection still works, after a hint that it may not, and marks it if not. */
final class ConnectionCheck {

    private final Refresher refresher;
    private final Tokens tokens;
    private final AwaitedCalls calls;

    ConnectionCheck(Refresher refresher, Tokens tokens, AwaitedCalls calls) {
        this.refresher = refresher;
        this.tokens = tokens;
        this.calls = calls;
    }

    void run(String userId, String connectionId) {
        Optional<Snapshot> found = refresher.read(userId);
        if (found.isEmpty()
                || !found.get().id().equals(connectionId)
                || found.get().reauthorization().isPresent()) {
            return;
        }
        Snapshot snapshot = found.get();
        AccessToken token = snapshot.token();
        if (token == null) {
            tokens.tryReplace(userId, snapshot);
            return;
        }
        String shopId = token.shopId();
        try {
            List<StoredShop> shops = calls.shops(token.value());
            // An empty list may as well be an answer without data; it proves nothing.
            if (shops.isEmpty() || shops.stream().anyMatch(shop -> shop.shopId().equals(shopId))) {
                LOG.info("user {}: a deauthorization was reported, but TikTok still accepts the token", userId);
                return;
            }
            refresher.mark(snapshot, Reason.REVOKED, "SHOP_NOT_COVERED");
            tokens.evict(userId);
        } catch (CallFailure failure) {
            TikTokError error = failure.error();
            if (error != null && ErrorCode.refusesToken(error)) {
                tokens.tryReplace(userId, snapshot);
            } else {
                LOG.warn("user {}: could not check a deauthorization with TikTok; {}", userId, failure.text());
            }
        }
    }
}
