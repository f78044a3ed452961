package io.github.tiktokauth;

import io.github.tiktokauth.CallbackRejectedException.Rejection;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.CipherException;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.TokenCipher;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Parks codes that came back without a state. The encrypted code travels in the claim itself, so that strangers cannot fill the
 * store; that a code was claimed is remembered by its hash.
 */
final class Claims {

    /** TikTok's codes live this long. */
    static final Duration CODE_LIFETIME = Duration.ofMinutes(30);

    /** Codes of 25 to 190 characters were seen; the claim has to fit into a cookie. */
    private static final int LONGEST_CODE = 800;

    private static final int LONGEST_CLAIM = 1500;

    private static final int PURGE_BATCH = 100;

    /** Expiry, hash of the binding (empty for none) and code. */
    private static final int PARTS = 3;

    private final StateStore states;
    private final TokenCipher cipher;
    private final CipherContext context;

    Claims(TikTokConfig config, StateStore states, TokenCipher cipher) {
        this.states = states;
        this.cipher = cipher;
        this.context = new CipherContext(states.name(), "claim", "", config.clientId());
    }

    String park(@Nullable String code, @Nullable String browserBinding) {
        String usable = Consents.usableCode(code, null);
        String binding = Consents.usableBinding(browserBinding);
        if (usable.length() > LONGEST_CODE) {
            throw Consents.rejected(Rejection.CODE_REFUSED, "the callback's code is not one of TikTok's");
        }
        long end = states.now().plus(CODE_LIFETIME).toEpochMilli();
        String claim =
                cipher.encrypt(end + " " + (binding == null ? "" : Text.sha256(binding)) + " " + usable, context);
        if (claim.length() > LONGEST_CLAIM) {
            throw Consents.rejected(Rejection.CODE_REFUSED, "the callback's code is too long to be parked");
        }
        return claim;
    }

    /** Spends a claim. */
    GivenConsent spend(ClaimRequest request) {
        String userId = Text.userId(request.userId());
        String claim = request.claim();
        if (claim == null || claim.isBlank()) {
            throw Consents.rejected(Rejection.STATE_MISSING, "there is no claim");
        }
        String[] parts = opened(claim);
        if (!Instant.ofEpochMilli(Long.parseLong(parts[0])).isAfter(states.now())) {
            throw Consents.rejected(Rejection.STATE_EXPIRED, "the claim has expired; start again at TikTok");
        }
        String bound = parts[1];
        String binding = request.browserBinding();
        if (!bound.isEmpty() && (binding == null || !Text.sameHash(bound, Text.sha256(binding)))) {
            throw Consents.rejected(Rejection.STATE_OF_ANOTHER_BROWSER, "the claim was made for another browser");
        }
        String code = parts[2];
        // Also here: a host whose sellers all begin at TikTok never starts a consent.
        states.purge(PURGE_BATCH);
        if (!states.rememberOnce(Text.sha256("claim:" + code), CODE_LIFETIME)) {
            throw Consents.rejected(Rejection.STATE_ALREADY_USED, "the claim was used before");
        }
        return new GivenConsent(userId, code, request.shopId(), request.region(), null, null);
    }

    private String[] opened(String claim) {
        String[] parts = {};
        if (claim.length() <= LONGEST_CLAIM) {
            try {
                parts = cipher.decrypt(claim, context).split(" ", PARTS);
            } catch (CipherException e) {
                // Forged, or of another app or key.
            }
        }
        if (parts.length != PARTS || !parts[0].matches("\\d{1,18}")) {
            throw Consents.rejected(Rejection.STATE_UNKNOWN, "the claim was not made here");
        }
        return parts;
    }
}
