package io.github.tiktokauth.examples;

import io.github.tiktokauth.ClaimRequest;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokAuthException;
import io.github.tiktokauth.examples.SignIn.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An authorization that TikTok started (App Store, Seller Center), waiting in this browser's session until a signed-in user
 * says that it is theirs. It outlives the sign-in, because a seller who comes from TikTok is often not signed in yet.
 *
 * @param claim the library's one-time claim
 * @param binding a secret of this browser's, so that a claim that leaked is worth nothing elsewhere
 */
record ParkedAuthorization(String claim, String binding) {

    private static final String ATTRIBUTE = ParkedAuthorization.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();

    static void park(TikTokAuth auth, HttpServletRequest request, @Nullable String code) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String binding = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String claim = auth.parkCallback(code, binding);
        request.getSession(true).setAttribute(ATTRIBUTE, new ParkedAuthorization(claim, binding));
    }

    static @Nullable ParkedAuthorization in(@Nullable HttpSession session) {
        return session == null ? null : (ParkedAuthorization) session.getAttribute(ATTRIBUTE);
    }

    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static void dismiss(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        }
    }

    /** Whatever the outcome, the claim is spent. */
    static Notice claim(TikTokAuth auth, HttpServletRequest request, SignIn user) {
        ParkedAuthorization parked = in(request.getSession(false));
        dismiss(request);
        if (parked == null) {
            return new Notice(Notice.Kind.BAD, "There is no authorization waiting here any more.");
        }
        try {
            ClaimRequest claim = ClaimRequest.of(user.userId(), parked.claim()).withBrowserBinding(parked.binding());
            return BrowserCallback.connected(auth.claimParked(claim));
        } catch (TikTokAuthException e) {
            return BrowserCallback.failure(request, e);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Parked[hidden]";
    }
}
