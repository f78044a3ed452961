package io.github.tiktokauth.benchmarks.peers;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** google-auth-library's user credentials, one object for each user, as a host would keep them. */
public final class GooglePeer implements Peer {

    private final Map<String, UserCredentials> users = new ConcurrentHashMap<>();
    private final String tokenUrl;

    /**
     * Holds all users in memory; there is no store.
     *
     * @param seeds who is connected
     * @param tokenUrl where it refreshes
     */
    public GooglePeer(List<Seed> seeds, String tokenUrl) {
        this.tokenUrl = tokenUrl;
        seeds.forEach(this::connect);
    }

    /**
     * Holds one more user.
     *
     * @param seed who is connected
     */
    public void connect(Seed seed) {
        users.put(
                seed.userId(),
                UserCredentials.newBuilder()
                        .setClientId("app-key")
                        .setClientSecret("app-secret")
                        .setRefreshToken(seed.refreshToken())
                        .setAccessToken(new AccessToken(seed.accessToken(), Date.from(seed.expiresAt())))
                        .setTokenServerUri(URI.create(tokenUrl))
                        .build());
    }

    @Override
    public String token(String userId) {
        UserCredentials credentials = Objects.requireNonNull(users.get(userId));
        try {
            credentials.refreshIfExpired();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(credentials.getAccessToken()).getTokenValue();
    }

    /**
     * Returns what a host could store after a refresh.
     *
     * @param userId whose
     * @return the refresh token that the object would spend next
     */
    public String refreshToken(String userId) {
        return Objects.requireNonNull(Objects.requireNonNull(users.get(userId)).getRefreshToken());
    }
}
