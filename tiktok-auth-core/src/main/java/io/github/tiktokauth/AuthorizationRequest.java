package io.github.tiktokauth;

/**
 * A consent to be given: send the user's browser to the URL.
 *
 * @param authUrl TikTok's consent page for this app and this state
 * @param state the one-time state in that URL; it comes back at the callback
 */
public record AuthorizationRequest(String authUrl, String state) {

    /**
     * Returns a constant text, without the state.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return "AuthorizationRequest[state hidden]";
    }
}
