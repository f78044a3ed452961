package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredShop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TikTok's token ledger in memory, for orders of steps that no real server can be driven through by the thousand. */
final class ModelTikTok {

    /** What public sources leave open about a refresh; all of it must be survived. */
    enum Rotation {
        NONE,
        OLD_STAYS_VALID,
        OLD_IS_REFUSED,
        REUSE_ENDS_THE_GRANT
    }

    private static final Duration LIFETIME = Duration.ofDays(7);

    private final Rotation rotation;
    private final InstantSource clock;
    private final Map<String, Integer> grantOfRefreshToken = new HashMap<>();
    private final Map<String, Integer> grantOfAccessToken = new HashMap<>();
    private final Map<Integer, String> latestRefreshToken = new HashMap<>();
    private final Set<Integer> endedGrants = new HashSet<>();
    final List<String> spent = new ArrayList<>();
    private int serial;

    ModelTikTok(Rotation rotation, InstantSource clock) {
        this.rotation = rotation;
        this.clock = clock;
    }

    TokenResponse authorize() {
        int grant = ++serial;
        return issue(grant, "refresh-" + grant + "-0");
    }

    TokenResponse refresh(String refreshToken) throws CallFailure {
        spent.add(refreshToken);
        Integer grant = grantOfRefreshToken.get(refreshToken);
        if (grant == null || endedGrants.contains(grant)) {
            throw refused();
        }
        boolean latest = refreshToken.equals(latestRefreshToken.get(grant));
        if (!latest && rotation == Rotation.REUSE_ENDS_THE_GRANT) {
            endedGrants.add(grant);
        }
        if (!latest && (rotation == Rotation.OLD_IS_REFUSED || rotation == Rotation.REUSE_ENDS_THE_GRANT)) {
            throw refused();
        }
        return issue(grant, rotation == Rotation.NONE ? refreshToken : "refresh-" + grant + "-" + ++serial);
    }

    private TokenResponse issue(int grant, String refreshToken) {
        String accessToken = "access-" + grant + "-" + ++serial;
        grantOfAccessToken.put(accessToken, grant);
        grantOfRefreshToken.put(refreshToken, grant);
        latestRefreshToken.put(grant, refreshToken);
        return new TokenResponse(
                accessToken,
                refreshToken,
                clock.instant().plus(LIFETIME),
                clock.instant().plus(Duration.ofDays(36_500)),
                "open-" + grant,
                null,
                0);
    }

    boolean accepts(String accessToken) {
        Integer grant = grantOfAccessToken.get(accessToken);
        return grant != null && !endedGrants.contains(grant);
    }

    boolean hasEndedGrant() {
        return !endedGrants.isEmpty();
    }

    /** Whether a refresh token would be taken, without spending it. */
    boolean isAlive(String refreshToken) {
        Integer grant = grantOfRefreshToken.get(refreshToken);
        return grant != null
                && !endedGrants.contains(grant)
                && (rotation == Rotation.NONE
                        || rotation == Rotation.OLD_STAYS_VALID
                        || refreshToken.equals(latestRefreshToken.get(grant)));
    }

    private static CallFailure refused() {
        return CallFailure.refused(new TikTokError(200, 36004005, "refresh token is invalid", "model"), null);
    }

    /** The calls of one node. */
    abstract static class Node implements TikTokApi {
        @Override
        public TokenResponse exchange(String code) {
            throw new AssertionError("not part of a refresh");
        }

        @Override
        public List<StoredShop> shops(String accessToken) {
            throw new AssertionError("not part of a refresh");
        }

        @Override
        public void close() {}
    }
}
