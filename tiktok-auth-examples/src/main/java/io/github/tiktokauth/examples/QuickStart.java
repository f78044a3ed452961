package io.github.tiktokauth.examples;

import io.github.tiktokauth.AccessToken;
import io.github.tiktokauth.AuthorizationRequest;
import io.github.tiktokauth.ConnectedShop;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.crypto.AesGcmCipher;
import io.github.tiktokauth.memory.InMemoryStateStore;
import io.github.tiktokauth.memory.InMemoryTokenStore;
import io.github.tiktokauth.simulator.SimulatedCallback;
import io.github.tiktokauth.simulator.TikTokSimulator;

/**
 * The whole path without a browser, against a simulated TikTok: connect, get a token, use it, refresh it, disconnect. It reads no
 * environment and keeps everything in memory, so that it meets nothing real.
 */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (TikTokSimulator tikTok = TikTokSimulator.start();
                TikTokAuth auth = TikTokAuth.builder(TikTokConfig.fromMap(tikTok.environment()))
                        .tokenStore(new InMemoryTokenStore())
                        .stateStore(new InMemoryStateStore())
                        .cipher(AesGcmCipher.ofKeys(AesGcmCipher.generateKey("demo")))
                        .build()) {
            AuthorizationRequest request = auth.initiate("alice");
            say("1. Alice's browser is sent to " + tikTok.url() + ", where she allows access");

            SimulatedCallback back = tikTok.allow(request.authUrl());
            ConnectedShop connected = auth.callback("alice", back.code(), back.state());
            say("2. She comes back and is connected with " + connected.shop().shopName());

            AccessToken token = auth.getValidAccessToken("alice");
            say("3. A token that works until " + token.expiresAt());

            say("4. Used in a signed call: "
                    + new ProductSearch(auth).of("alice").size() + " products");

            AccessToken newer = auth.refresh("alice");
            say("5. Refreshed; another token: " + !newer.value().equals(token.value()));

            say("6. Disconnected: " + auth.disconnect("alice"));
            say("7. Still connected? " + auth.status("alice").connected());
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
