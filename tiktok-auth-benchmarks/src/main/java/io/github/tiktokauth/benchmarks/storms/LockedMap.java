package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.servers.BareClient;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The floor of a refresh: a map, a lock for each user, and HTTP. Nothing is stored. */
final class LockedMap implements Peer {

    private static final class User {
        private BareClient.Pair pair;

        User(Seed seed) {
            pair = new BareClient.Pair(seed.accessToken(), seed.refreshToken(), seed.expiresAt());
        }

        synchronized BareClient.Pair fresh(BareClient client) {
            if (!pair.expiresAt().isAfter(Instant.now())) {
                pair = client.refresh(pair.refreshToken());
            }
            return pair;
        }

        synchronized String refreshToken() {
            return pair.refreshToken();
        }
    }

    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final BareClient client;

    LockedMap(BareClient client) {
        this.client = client;
    }

    void connect(Seed seed) {
        users.put(seed.userId(), new User(seed));
    }

    Optional<String> refreshToken(String userId) {
        return Optional.ofNullable(users.get(userId)).map(User::refreshToken);
    }

    @Override
    public String token(String userId) {
        return Objects.requireNonNull(users.get(userId)).fresh(client).accessToken();
    }
}
