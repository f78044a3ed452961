package io.github.tiktokauth;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Connects users with shops, ends connections, and reads their status. */
final class Connections {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AwaitedCalls calls;
    private final TokenStore store;
    private final StateStore states;
    private final TokenEncryption encryption;
    private final ShopChoice choice;
    private final StoreRetry retry;
    private final Events events;

    Connections(
            AwaitedCalls calls,
            TokenStore store,
            StateStore states,
            TokenEncryption encryption,
            ShopChoice choice,
            StoreRetry retry,
            Events events) {
        this.calls = calls;
        this.store = store;
        this.states = states;
        this.encryption = encryption;
        this.choice = choice;
        this.retry = retry;
        this.events = events;
    }

    /** Exchanges the code and stores the connection; the code is spent before anything is stored. */
    ConnectedShop connect(GivenConsent consent) {
        String userId = consent.userId();
        TokenResponse response = exchange(consent.code());
        List<StoredShop> shops = shops(response);
        StoredShop shop = choice.choose(shops, consent.shopId(), consent.region());
        PlainTokens tokens = PlainTokens.first(response, () -> retry.run(store::now));
        NewAuthorization authorization =
                new NewAuthorization(userId, encryption.appKey(), shop, encryption.seal(userId, tokens), shops.size());
        ConnectOutcome outcome = retry.run(() -> store.connect(authorization));
        if (outcome == ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER || outcome == ConnectOutcome.USER_HOLDS_ANOTHER_SHOP) {
            throw conflict(userId, outcome);
        }
        ShopInfo info = shopInfo(userId);
        boolean renewed = outcome == ConnectOutcome.RENEWED;
        events.notify(
                renewed
                        ? new AuthorizationEvent.ShopRenewed(userId, info)
                        : new AuthorizationEvent.ShopConnected(userId, info));
        return new ConnectedShop(info, renewed, consent.hostState(), consent.requestedScope());
    }

    private ShopConflictException conflict(String userId, ConnectOutcome outcome) {
        ShopConflictException.Conflict conflict = outcome == ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER
                ? ShopConflictException.Conflict.SHOP_HELD_BY_ANOTHER_USER
                : ShopConflictException.Conflict.USER_HOLDS_ANOTHER_SHOP;
        events.notify(new AuthorizationEvent.ShopConflict(userId, conflict));
        return new ShopConflictException(conflict);
    }

    private TokenResponse exchange(String code) {
        TokenResponse response;
        try {
            response = calls.exchange(code);
        } catch (CallFailure failure) {
            throw translated(failure);
        }
        if (!response.mayHoldShop()) {
            throw Consents.rejected(
                    Rejection.NOT_A_SELLER,
                    "the account that authorized is not a seller's; sign in to TikTok as a seller");
        }
        return response;
    }

    private List<StoredShop> shops(TokenResponse response) {
        try {
            return calls.shops(Objects.requireNonNull(response.accessToken()));
        } catch (CallFailure failure) {
            throw translated(failure);
        }
    }

    private static TikTokAuthException translated(CallFailure failure) {
        TikTokError error = failure.error();
        if (error == null) {
            return new TikTokUnavailableException(
                    failure.text(), Objects.requireNonNullElse(failure.retryAfter(), RETRY_AFTER), null);
        }
        return switch (ErrorCode.remedy(error)) {
            case NEW_CONSENT, REAUTHORIZE ->
                new CallbackRejectedException(Rejection.CODE_REFUSED, failure.text(), error);
            case CONFIGURATION -> new ConfigurationException(List.of(failure.text()), error);
            case TRANSIENT ->
                new TikTokUnavailableException(
                        failure.text(), Objects.requireNonNullElse(failure.retryAfter(), RETRY_AFTER), error);
            case PERMANENT -> new CallbackRejectedException(Rejection.REFUSED_BY_TIKTOK, failure.text(), error);
        };
    }

    boolean disconnect(String userId) {
        boolean done = store.disconnect(Text.userId(userId));
        if (done) {
            events.notify(new AuthorizationEvent.ShopDisconnected(userId));
        }
        return done;
    }

    int erase(String userId) {
        return store.erase(Text.userId(userId)) + states.erase(userId);
    }

    ShopInfo shopInfo(String userId) {
        return row(userId).map(ShopInfo::of).orElseThrow(Tokens::notConnected);
    }

    ConnectionStatus status(String userId) {
        return row(userId).map(ConnectionStatus::of).orElse(ConnectionStatus.NOT_CONNECTED);
    }

    private Optional<StoredAuthorization> row(String userId) {
        return Lookup.ofUser(store, Text.userId(userId));
    }
}
