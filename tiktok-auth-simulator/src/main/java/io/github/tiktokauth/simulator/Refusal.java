package io.github.tiktokauth.simulator;

/** TikTok says no. Carries what the answer says; no stack trace, since storms make many. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    static final int PARAMETER = 98001004;
    static final int CODE_UNUSABLE = 36004004;
    static final int REFRESH_TOKEN_UNKNOWN = 36004005;
    static final int REFRESH_TOKEN_EXPIRED = 36004001;
    static final int ACCESS_TOKEN_INVALID = 105001;
    static final int ACCESS_TOKEN_EXPIRED = 105002;
    static final int SCOPE_MISSING = 105005;
    static final int TOKEN_OF_WRONG_KIND = 101000;
    static final int SIGN_WRONG = 106001;
    static final int SHOP_CIPHER_MISSING = 106013;
    static final int TOO_MANY_REQUESTS = 36009002;
    static final int REQUEST_INVALID = 36009004;
    static final int PATH_UNKNOWN = 36009009;
    static final int METHOD_WRONG = 36009010;
    static final int VERSION_UNKNOWN = 36009014;
    static final int BODY_INVALID = 36009022;
    static final int CONTENT_TYPE_WRONG = 36009023;

    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, REQUEST_INVALID, message);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
