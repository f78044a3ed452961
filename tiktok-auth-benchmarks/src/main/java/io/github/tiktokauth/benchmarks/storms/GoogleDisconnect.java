package io.github.tiktokauth.benchmarks.storms;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ClientId;
import com.google.auth.oauth2.TokenStore;
import com.google.auth.oauth2.UserAuthorizer;
import com.google.auth.oauth2.UserCredentials;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.servers.TokenHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Objects;

/** google-auth with its own {@code UserAuthorizer}, which stores tokens after each refresh. */
record GoogleDisconnect(TokenHost host, TokenStore store) implements DisconnectContestant {

    private UserAuthorizer authorizer() {
        return UserAuthorizer.newBuilder()
                .setClientId(ClientId.of("app-key", "app-secret"))
                .setScopes(List.of("seller.product.basic"))
                .setTokenStore(store)
                .setTokenServerUri(URI.create(host.tokenUrl()))
                .build();
    }

    @Override
    public String name() {
        return "google-auth, UserAuthorizer";
    }

    @Override
    public void connect(Seed seed) {
        try {
            authorizer()
                    .storeCredentials(
                            seed.userId(),
                            UserCredentials.newBuilder()
                                    .setClientId("app-key")
                                    .setClientSecret("app-secret")
                                    .setRefreshToken(seed.refreshToken())
                                    .setAccessToken(new AccessToken(seed.accessToken(), Date.from(seed.expiresAt())))
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String token(String userId) {
        try {
            UserCredentials credentials = Objects.requireNonNull(authorizer().getCredentials(userId));
            credentials.refreshIfExpired();
            return Objects.requireNonNull(credentials.getAccessToken()).getTokenValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void disconnect(String userId) {
        try {
            // Without the call to Google that revokeAuthorization makes before the same.
            store.delete(userId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isConnected(String userId) {
        try {
            return store.load(userId) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
