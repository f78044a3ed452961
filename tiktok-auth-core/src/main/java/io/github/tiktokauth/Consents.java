package io.github.tiktokauth;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TokenCipher;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The life of states: made for a consent link, spent by the callback before the code is. */
final class Consents {

    static final Duration STATE_LIFETIME = Duration.ofMinutes(10);

    private static final int STATES_PER_USER = 10;
    private static final int STATE_BYTES = 32;
    private static final int PURGE_BATCH = 100;
    private static final int LONGEST_CODE = 4096;
    private static final int LONGEST_STATE = 256;
    private static final int LONGEST_HOST_VALUE = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TikTokConfig config;
    private final StateStore states;
    private final TokenCipher cipher;

    Consents(TikTokConfig config, StateStore states, TokenCipher cipher) {
        this.config = config;
        this.states = states;
        this.cipher = cipher;
    }

    AuthorizationRequest initiate(AuthorizationOptions options) {
        String userId = Text.userId(options.userId());
        String hostState = hostValue("hostState", options.hostState());
        String scope = hostValue("scope", options.scope());
        if (scope != null && !Text.isStorable(scope)) {
            throw new IllegalArgumentException("scope must not contain control characters or unpaired surrogates");
        }
        if (hostState != null && !Text.isWhole(hostState)) {
            throw new IllegalArgumentException("hostState must not contain unpaired surrogates");
        }
        String binding = usableBinding(options.browserBinding());
        String state = random();
        String hash = Text.sha256(state);
        states.purge(PURGE_BATCH);
        states.save(
                new StoredState(
                        hash,
                        userId,
                        config.clientId(),
                        binding == null ? null : Text.sha256(binding),
                        hostState == null ? null : cipher.encrypt(hostState, hostStateContext(hash)),
                        scope),
                STATE_LIFETIME,
                STATES_PER_USER);
        return new AuthorizationRequest(consentUrl(state), state);
    }

    static @Nullable String usableBinding(@Nullable String browserBinding) {
        if (browserBinding != null && browserBinding.isBlank()) {
            throw new IllegalArgumentException(
                    "browserBinding must not be blank: it would fit every browser that brings none");
        }
        return browserBinding;
    }

    private static String random() {
        byte[] random = new byte[STATE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private String consentUrl(String state) {
        HttpUrl.Builder url = HttpUrl.get(config.authUrl().toString()).newBuilder();
        String serviceId = config.serviceId();
        if (config.isLegacyConsent()) {
            url.setQueryParameter("app_key", config.clientId());
        } else if (serviceId != null) {
            url.setQueryParameter("service_id", serviceId);
        }
        return url.setQueryParameter("state", state).build().toString();
    }

    /** Spends the state of a callback. */
    GivenConsent spend(CallbackRequest request) {
        String userId = Text.userId(request.userId());
        String code = usableCode(request.code(), request.error());
        StoredState state = takeState(request, userId, code);
        return new GivenConsent(userId, code, request.shopId(), request.region(), hostState(state), state.scope());
    }

    /** A denial comes with {@code error=auth_denied} and the four letters {@code null} as its code. */
    static String usableCode(@Nullable String code, @Nullable String error) {
        if (!Text.isBlank(error)) {
            throw rejected(Rejection.DENIED, "the authorization was denied at TikTok");
        }
        if (code == null || code.isBlank() || code.equals("null")) {
            throw rejected(Rejection.CODE_MISSING, "the callback holds no authorization code");
        }
        if (code.length() > LONGEST_CODE || !Text.isStorable(code)) {
            throw rejected(Rejection.CODE_REFUSED, "the callback's code is not one of TikTok's");
        }
        return code;
    }

    private StoredState takeState(CallbackRequest request, String userId, String code) {
        String state = request.state();
        if (state == null || state.isBlank()) {
            throw rejected(Rejection.STATE_MISSING, "the callback holds no state");
        }
        if (state.length() > LONGEST_STATE) {
            throw unknownState();
        }
        String binding = request.browserBinding();
        TakenState taken = states.take(
                Text.sha256(state), userId, binding == null ? null : Text.sha256(binding), Text.sha256(code));
        StoredState stored = taken.state();
        if (taken.status() == TakenState.Status.TAKEN
                && stored != null
                && stored.userId().equals(userId)) {
            return stored;
        }
        throw switch (taken.status()) {
            case ALREADY_USED -> rejected(Rejection.STATE_ALREADY_USED, "the callback's state was used before");
            case EXPIRED -> rejected(Rejection.STATE_EXPIRED, "the callback's state has expired");
            case OTHER_BROWSER ->
                rejected(Rejection.STATE_OF_ANOTHER_BROWSER, "the callback's state was made for another browser");
            case TAKEN, OTHER_USER ->
                rejected(Rejection.STATE_OF_ANOTHER_USER, "the callback's state was made for another user");
            case OPEN, UNKNOWN -> unknownState();
        };
    }

    private static CallbackRejectedException unknownState() {
        return rejected(Rejection.STATE_UNKNOWN, "the callback's state was not made here");
    }

    private @Nullable String hostState(StoredState state) {
        String sealed = state.hostState();
        return sealed == null ? null : cipher.decrypt(sealed, hostStateContext(state.hash()));
    }

    private CipherContext hostStateContext(String hash) {
        return new CipherContext(states.name(), "host_state", hash, config.clientId());
    }

    private static @Nullable String hostValue(String name, @Nullable String hostValue) {
        if (hostValue != null && hostValue.length() > LONGEST_HOST_VALUE) {
            throw new IllegalArgumentException(name + " must have at most " + LONGEST_HOST_VALUE + " characters");
        }
        return hostValue;
    }

    static CallbackRejectedException rejected(Rejection reason, String message) {
        return new CallbackRejectedException(reason, message, null);
    }
}
