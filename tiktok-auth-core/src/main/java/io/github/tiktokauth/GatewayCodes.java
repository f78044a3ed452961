package io.github.tiktokauth;

/** What the gateway's codes say about the token of a call. */
final class GatewayCodes {

    private GatewayCodes() {}

    /** Invalid (also after the seller removed access), expired, or a header that the gateway could not make sense of. */
    static boolean refusesToken(long code, String message) {
        return code == 105001
                || code == 105002
                || (code == 36009004 && message.contains("header is invalid") && namesToken(message));
    }

    /** TikTok's page of common errors has this message with either name of the header. */
    private static boolean namesToken(String message) {
        return message.contains("access_token") || message.contains("x-tts-access-token");
    }
}
