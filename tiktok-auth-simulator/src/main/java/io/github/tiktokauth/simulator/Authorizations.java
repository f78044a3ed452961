package io.github.tiktokauth.simulator;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Codes, tokens and authorizations, and what becomes of them. One lock: TikTok's truth is one. */
final class Authorizations {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(30);

    private static final class Code {
        private final String sellerId;
        private final Instant expiresAt;
        private boolean used;

        Code(String sellerId, Instant expiresAt) {
            this.sellerId = sellerId;
            this.expiresAt = expiresAt;
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final SimulatorSettings settings;
    private final Sellers sellers;
    private final RequestLog counts;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Grant.Access> accesses = new HashMap<>();
    private final Map<String, Grant.Refresh> refreshes = new HashMap<>();
    private final Map<String, List<Grant>> grants = new HashMap<>();

    Authorizations(SimulatorSettings settings, Sellers sellers, RequestLog counts) {
        this.settings = settings;
        this.sellers = sellers;
        this.counts = counts;
        restore();
    }

    synchronized String newCode(SimulatedSeller seller) {
        String code = secret(seller, 60);
        codes.put(code, new Code(seller.id(), settings.clock().now().plus(CODE_LIFETIME)));
        return code;
    }

    synchronized SimulatedTokens exchange(String authCode) throws Refusal {
        Code code = codes.get(authCode);
        Instant now = settings.clock().now();
        if (code == null || code.used || !now.isBefore(code.expiresAt)) {
            throw new Refusal(200, Refusal.CODE_UNUSABLE, "authorization code is invalid or expired");
        }
        code.used = true;
        if (settings.newConsentEndsOlder()) {
            end(code.sellerId);
        }
        Instant second = settings.clock().seconds();
        return grant(
                sellers.get(code.sellerId),
                second.plus(settings.accessTokenLifetime()),
                second.plus(settings.refreshTokenLifetime()));
    }

    synchronized SimulatedTokens grant(SimulatedSeller seller, Instant accessExpiresAt, Instant refreshExpiresAt) {
        Grant grant = new Grant(seller.id(), seller.openId(), refreshExpiresAt);
        grants.computeIfAbsent(seller.id(), any -> new ArrayList<>()).add(grant);
        newRefreshToken(grant, seller);
        SimulatedTokens tokens = newAccessToken(grant, seller, accessExpiresAt);
        keep();
        return tokens;
    }

    synchronized SimulatedTokens refresh(String refreshToken) throws Refusal {
        Grant.Refresh refresh = refreshes.get(refreshToken);
        if (refresh == null || refresh.grant.ended) {
            if (refresh != null && refresh.spent) {
                counts.reused();
            }
            throw unknownRefreshToken();
        }
        Grant grant = refresh.grant;
        if (!settings.clock().now().isBefore(grant.refreshExpiresAt)) {
            throw new Refusal(200, Refusal.REFRESH_TOKEN_EXPIRED, "refresh token has expired");
        }
        if (refresh.spent) {
            counts.reused();
            if (settings.rotation() == RefreshTokenRotation.REUSE_ENDS_AUTHORIZATION) {
                grant.ended = true;
                keep();
            }
            if (settings.rotation() != RefreshTokenRotation.OLD_STAYS_VALID) {
                throw unknownRefreshToken();
            }
        }
        SimulatedSeller seller = sellers.get(grant.sellerId);
        if (settings.rotation() != RefreshTokenRotation.NONE) {
            refresh.spent = true;
            newRefreshToken(grant, seller);
        }
        if (!settings.oldAccessTokensLive()) {
            grant.accesses.forEach(old -> old.superseded = true);
        }
        SimulatedTokens tokens =
                newAccessToken(grant, seller, settings.clock().seconds().plus(settings.accessTokenLifetime()));
        keep();
        return tokens;
    }

    /** The authorization that an access token belongs to. */
    synchronized Grant authenticate(String accessToken) throws Refusal {
        Grant.Access access = accesses.get(accessToken);
        if (access == null || access.superseded || access.grant.ended) {
            throw new Refusal(401, Refusal.ACCESS_TOKEN_INVALID, "Invalid credentials. The access token is invalid.");
        }
        Instant now = settings.clock().now();
        if (!now.isBefore(access.expiresAt) || !now.isBefore(access.grant.refreshExpiresAt)) {
            throw new Refusal(
                    401,
                    Refusal.ACCESS_TOKEN_EXPIRED,
                    "Expired credentials. The access token has expired; refresh it.");
        }
        return access.grant;
    }

    synchronized boolean end(String sellerId) {
        List<Grant> live = live(sellerId);
        live.forEach(grant -> grant.ended = true);
        keep();
        return !live.isEmpty();
    }

    synchronized void expireAccessTokens(String sellerId) {
        Instant now = settings.clock().seconds();
        for (Grant grant : live(sellerId)) {
            grant.accesses.forEach(access -> access.expiresAt = now);
        }
        keep();
    }

    synchronized void expireRefreshTokens(String sellerId) {
        Instant now = settings.clock().seconds();
        live(sellerId).forEach(grant -> grant.refreshExpiresAt = now);
        keep();
    }

    /** The pair of the seller's newest authorization that has not ended. */
    synchronized @Nullable SimulatedTokens current(String sellerId) {
        List<Grant> live = live(sellerId);
        if (live.isEmpty()) {
            return null;
        }
        Grant grant = live.get(live.size() - 1);
        return tokens(grant, grant.accesses.get(grant.accesses.size() - 1));
    }

    synchronized @Nullable String sellerOfCode(String authCode) {
        Code code = codes.get(authCode);
        return code == null ? null : code.sellerId;
    }

    synchronized @Nullable String sellerOfRefreshToken(String token) {
        Grant.Refresh refresh = refreshes.get(token);
        return refresh == null ? null : refresh.grant.sellerId;
    }

    synchronized @Nullable String sellerOfAccessToken(String token) {
        Grant.Access access = accesses.get(token);
        return access == null ? null : access.grant.sellerId;
    }

    private static Refusal unknownRefreshToken() {
        return new Refusal(200, Refusal.REFRESH_TOKEN_UNKNOWN, "can not find related auth record");
    }

    private List<Grant> live(String sellerId) {
        return grants.getOrDefault(sellerId, List.of()).stream()
                .filter(grant -> !grant.ended)
                .toList();
    }

    private void newRefreshToken(Grant grant, SimulatedSeller seller) {
        grant.refreshToken = secret(seller, settings.tokenLength());
        refreshes.put(grant.refreshToken, new Grant.Refresh(grant));
    }

    private SimulatedTokens newAccessToken(Grant grant, SimulatedSeller seller, Instant expiresAt) {
        Grant.Access access = new Grant.Access(grant, secret(seller, settings.tokenLength()), expiresAt);
        grant.accesses.add(access);
        accesses.put(access.token, access);
        return tokens(grant, access);
    }

    private static SimulatedTokens tokens(Grant grant, Grant.Access access) {
        return new SimulatedTokens(
                grant.openId, access.token, access.expiresAt, grant.refreshToken, grant.refreshExpiresAt);
    }

    private String secret(SimulatedSeller seller, int length) {
        String prefix = ("US".equals(seller.region()) ? "TTP_" : "ROW_") + settings.tokenMark();
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        String text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // Never fewer than 32 random characters, whatever mark is in front.
        return text.substring(0, Math.max(length, prefix.length() + 32));
    }

    private void keep() {
        AuthorizationsFile file = settings.authorizationsFile();
        if (file != null) {
            file.write(grants.values().stream()
                    .flatMap(List::stream)
                    .map(this::entry)
                    .toList());
        }
    }

    private AuthorizationsFile.StoredGrant entry(Grant grant) {
        Map<String, Boolean> tokens = new HashMap<>();
        refreshes.forEach((token, refresh) -> {
            if (refresh.grant == grant) {
                tokens.put(token, refresh.spent);
            }
        });
        return new AuthorizationsFile.StoredGrant(
                grant.sellerId,
                grant.openId,
                grant.refreshExpiresAt.getEpochSecond(),
                grant.refreshToken,
                grant.ended,
                tokens,
                grant.accesses.stream()
                        .map(each -> new AuthorizationsFile.Token(
                                each.token, each.expiresAt.getEpochSecond(), each.superseded))
                        .toList());
    }

    private void restore() {
        AuthorizationsFile file = settings.authorizationsFile();
        for (AuthorizationsFile.StoredGrant entry :
                file == null ? List.<AuthorizationsFile.StoredGrant>of() : file.read()) {
            Grant grant = new Grant(entry.sellerId(), entry.openId(), Instant.ofEpochSecond(entry.refreshExpiresAt()));
            grant.refreshToken = entry.refreshToken();
            grant.ended = entry.ended();
            grants.computeIfAbsent(grant.sellerId, any -> new ArrayList<>()).add(grant);
            entry.refreshTokens().forEach((token, spent) -> {
                Grant.Refresh refresh = new Grant.Refresh(grant);
                refresh.spent = spent;
                refreshes.put(token, refresh);
            });
            for (AuthorizationsFile.Token token : entry.accessTokens()) {
                Grant.Access access = new Grant.Access(grant, token.value(), Instant.ofEpochSecond(token.expiresAt()));
                access.superseded = token.superseded();
                grant.accesses.add(access);
                accesses.put(access.token, access);
            }
        }
    }
}
