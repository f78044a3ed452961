package io.github.tiktokauth;

import io.github.tiktokauth.CallbackRejectedException.Reason;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** From the consent link to the stored connection. The state is spent before the code, and the code before anything is stored. */
final class AuthorizationFlow {

    static final Duration STATE_LIFETIME = Duration.ofMinutes(10);

    /** TikTok's codes live this long. */
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(30);

    private static final int STATES_PER_USER = 10;
    private static final int PARKED_CODES = 1000;
    private static final int STATE_BYTES = 32;
    private static final int PURGE_BATCH = 100;
    private static final int LONGEST_CODE = 4096;
    private static final int LONGEST_STATE = 256;
    private static final int LONGEST_HOST_VALUE = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TikTokConfig config;
    private final AwaitedCalls calls;
    private final StateStore states;
    private final TokenStore store;
    private final TokenCipher cipher;
    private final TokenEncryption vault;
    private final ShopChoice choice;
    private final StoreRetry retry;
    private final Events events;

    AuthorizationFlow(
            TikTokConfig config,
            AwaitedCalls calls,
            StateStore states,
            TokenStore store,
            TokenCipher cipher,
            ShopChoice choice,
            StoreRetry retry,
            Events events) {
        this.config = config;
        this.calls = calls;
        this.states = states;
        this.store = store;
        this.cipher = cipher;
        this.vault = new TokenEncryption(cipher, store.name());
        this.choice = choice;
        this.retry = retry;
        this.events = events;
    }

    AuthorizationRequest initiate(AuthorizationOptions options) {
        String userId = Text.userId(options.userId());
        String hostState = hostValue("hostState", options.hostState());
        String scope = hostValue("scope", options.scope());
        if (scope != null && !Text.isStorable(scope)) {
            throw new IllegalArgumentException("a scope holds no control characters");
        }
        if (hostState != null && !Text.isWhole(hostState)) {
            throw new IllegalArgumentException("a hostState holds no half characters; they would come back changed");
        }
        String binding = binding(options.browserBinding());
        String state = random();
        String hash = Text.sha256(state);
        states.purge(PURGE_BATCH);
        states.save(
                new StoredState(
                        hash,
                        userId,
                        binding == null ? null : Text.sha256(binding),
                        hostState == null ? null : cipher.encrypt(hostState, hostStateContext(hash)),
                        scope),
                STATE_LIFETIME,
                STATES_PER_USER);
        return new AuthorizationRequest(consentUrl(state), state);
    }

    private static @Nullable String binding(@Nullable String value) {
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException("a blank browserBinding binds to every browser without one");
        }
        return value;
    }

    private static String random() {
        byte[] random = new byte[STATE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private String consentUrl(String state) {
        HttpUrl.Builder url = HttpUrl.get(config.authUrl().toString()).newBuilder();
        String serviceId = config.serviceId();
        if (TikTokConfig.isLegacyConsent(config.authUrl())) {
            url.setQueryParameter("app_key", config.clientId());
        } else if (serviceId != null) {
            url.setQueryParameter("service_id", serviceId);
        }
        return url.setQueryParameter("state", state).build().toString();
    }

    ConnectedShop callback(CallbackRequest request) {
        String userId = Text.userId(request.userId());
        String code = usableCode(request);
        StoredState state = takeState(request, userId);
        return connect(userId, code, request, hostState(state), state.scope());
    }

    /** Keeps a code that came without our state, for whoever signs in and claims it; the claim works once. */
    String park(@Nullable String given, @Nullable String binding) {
        String code = usableCode(CallbackRequest.of(StoredState.NOBODY, given, null));
        binding(binding);
        String claim = random();
        String hash = Text.sha256(claim);
        states.purge(PURGE_BATCH);
        states.save(
                new StoredState(
                        hash,
                        StoredState.NOBODY,
                        binding == null ? null : Text.sha256(binding),
                        cipher.encrypt(code, hostStateContext(hash)),
                        null),
                CODE_LIFETIME,
                PARKED_CODES);
        return claim;
    }

    ConnectedShop claim(CallbackRequest request) {
        String userId = Text.userId(request.userId());
        StoredState parked = takeState(request, StoredState.NOBODY);
        String code = hostState(parked);
        if (code == null) {
            throw rejected(Reason.CODE_MISSING, "nothing was parked under this claim");
        }
        return connect(userId, code, request, null, null);
    }

    private ConnectedShop connect(
            String userId,
            String code,
            CallbackRequest request,
            @Nullable String hostState,
            @Nullable String requestedScope) {
        TokenResponse grant = exchange(code);
        StoredShop shop = choice.choose(shops(grant), request.shopId(), request.region());
        PlainTokens tokens = PlainTokens.first(grant, () -> retry.run(store::now));
        NewAuthorization authorization = new NewAuthorization(userId, shop, vault.seal(userId, tokens));
        ConnectOutcome outcome = retry.run(() -> store.connect(authorization));
        if (outcome == ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER || outcome == ConnectOutcome.USER_HOLDS_ANOTHER_SHOP) {
            throw conflict(userId, outcome);
        }
        ShopInfo info = Lookup.ofUser(store, userId).map(Views::shopInfo).orElseThrow(Tokens::notConnected);
        boolean renewed = outcome == ConnectOutcome.RENEWED;
        events.notify(
                renewed
                        ? new AuthorizationEvent.ShopRenewed(userId, info)
                        : new AuthorizationEvent.ShopConnected(userId, info));
        return new ConnectedShop(info, renewed, hostState, requestedScope);
    }

    private ShopConflictException conflict(String userId, ConnectOutcome outcome) {
        ShopConflictException.Kind kind = outcome == ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER
                ? ShopConflictException.Kind.SHOP_HELD_BY_ANOTHER_USER
                : ShopConflictException.Kind.USER_HOLDS_ANOTHER_SHOP;
        events.notify(new AuthorizationEvent.ShopConflict(userId, kind));
        return new ShopConflictException(kind);
    }

    /** A denial comes with {@code error=auth_denied} and the four letters {@code null} as its code. */
    private static String usableCode(CallbackRequest request) {
        String code = request.code();
        if (!Text.isBlank(request.error())) {
            throw rejected(Reason.DENIED, "the authorization was denied at TikTok");
        }
        if (code == null || code.isBlank() || code.equals("null")) {
            throw rejected(Reason.CODE_MISSING, "the callback holds no authorization code");
        }
        if (code.length() > LONGEST_CODE || !Text.isStorable(code)) {
            throw rejected(Reason.CODE_REFUSED, "the callback's code is not one of TikTok's");
        }
        return code;
    }

    private StoredState takeState(CallbackRequest request, String userId) {
        String state = request.state();
        if (state == null || state.isBlank()) {
            throw rejected(Reason.STATE_MISSING, "the callback holds no state");
        }
        if (state.length() > LONGEST_STATE) {
            throw rejected(Reason.STATE_UNKNOWN, "the callback's state was not made here");
        }
        TakenState taken = states.take(Text.sha256(state));
        switch (taken.outcome()) {
            case TAKEN -> {}
            case ALREADY_USED -> throw rejected(Reason.STATE_ALREADY_USED, "the callback's state was used before");
            case EXPIRED -> throw rejected(Reason.STATE_EXPIRED, "the callback's state has run out");
            case UNKNOWN -> throw rejected(Reason.STATE_UNKNOWN, "the callback's state was not made here");
        }
        StoredState stored = taken.state().orElseThrow();
        if (!stored.userId().equals(userId)) {
            throw rejected(Reason.STATE_OF_ANOTHER_USER, "the callback's state was made for another user");
        }
        String bound = stored.bindingHash();
        String binding = request.browserBinding();
        if (bound != null && (binding == null || !Text.sameHash(bound, Text.sha256(binding)))) {
            throw rejected(Reason.STATE_OF_ANOTHER_BROWSER, "the callback's state was made for another browser");
        }
        return stored;
    }

    private TokenResponse exchange(String code) {
        TokenResponse grant;
        try {
            grant = calls.exchange(code);
        } catch (CallFailure failure) {
            throw translated(failure);
        }
        if (!grant.mayHoldShop()) {
            throw rejected(
                    Reason.NOT_A_SELLER,
                    "the account that authorized is not a seller's; sign in to TikTok as a seller");
        }
        return grant;
    }

    private List<StoredShop> shops(TokenResponse grant) {
        try {
            return calls.shops(Objects.requireNonNull(grant.accessToken()));
        } catch (CallFailure failure) {
            throw translated(failure);
        }
    }

    private static TikTokAuthException translated(CallFailure failure) {
        TikTokError error = failure.error();
        if (error == null) {
            return new TikTokUnavailableException(
                    failure.text(), Objects.requireNonNullElse(failure.retryAfter(), Duration.ofSeconds(5)), null);
        }
        return switch (Remedy.of(error)) {
            case NEW_CONSENT, REAUTHORIZE -> new CallbackRejectedException(Reason.CODE_REFUSED, failure.text(), error);
            case CONFIGURATION -> new ConfigurationException(List.of(failure.text()), error);
            case TRANSIENT ->
                new TikTokUnavailableException(
                        failure.text(), Objects.requireNonNullElse(failure.retryAfter(), Duration.ofSeconds(5)), error);
            case PERMANENT -> new CallbackRejectedException(Reason.REFUSED_BY_TIKTOK, failure.text(), error);
        };
    }

    private @Nullable String hostState(StoredState state) {
        String sealed = state.hostState();
        return sealed == null ? null : cipher.decrypt(sealed, hostStateContext(state.hash()));
    }

    private CipherContext hostStateContext(String hash) {
        return new CipherContext(states.name(), "host_state", hash);
    }

    private static @Nullable String hostValue(String name, @Nullable String value) {
        if (value != null && value.length() > LONGEST_HOST_VALUE) {
            throw new IllegalArgumentException(name + " has at most " + LONGEST_HOST_VALUE + " characters");
        }
        return value;
    }

    private static CallbackRejectedException rejected(Reason reason, String message) {
        return new CallbackRejectedException(reason, message, null);
    }
}
