package io.github.tiktokauth.examples;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A real host has its own sign-in; what matters here is that the user always comes from the session and
 * never from a request's parameters.
 *
 * @param userId the user
 * @param browserBinding a secret of this session; a consent started here can be completed here only
 */
record SignIn(String userId, String browserBinding) {

    private static final String ATTRIBUTE = SignIn.class.getName();
    private static final String NOTICE = Notice.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_ID = 128;

    /** A text for the next page that this browser shows; kept here so that it is not in a URL. */
    record Notice(Kind kind, String text) {

        enum Kind {
            GOOD,
            CALM,
            BAD
        }
    }

    /** Always a new session, so that an id known before the sign-in is worth nothing after it. */
    static void in(HttpServletRequest request, @Nullable String userId) {
        String id = userId == null ? "" : userId.strip();
        if (id.isEmpty() || id.length() > LONGEST_ID || !id.codePoints().allMatch(SignIn::printable)) {
            throw ApiException.badRequest("userId must have 1 to " + LONGEST_ID + " printable characters");
        }
        ParkedAuthorization parked = ParkedAuthorization.in(request.getSession(false));
        out(request);
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String binding = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        HttpSession session = request.getSession(true);
        session.setAttribute(ATTRIBUTE, new SignIn(id, binding));
        if (parked != null) {
            parked.keepIn(session);
        }
    }

    static void out(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    static @Nullable SignIn of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (SignIn) session.getAttribute(ATTRIBUTE);
    }

    static void leave(HttpServletRequest request, Notice notice) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.setAttribute(NOTICE, notice);
        }
    }

    static @Nullable Notice takeNotice(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        Notice notice = (Notice) session.getAttribute(NOTICE);
        session.removeAttribute(NOTICE);
        return notice;
    }

    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SignIn[" + userId + "]";
    }
}
