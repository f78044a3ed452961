package io.github.tiktokauth.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One consent of one seller; older ones may stay valid. Guarded by the lock of {@link Authorizations}. */
final class Grant {

    final String sellerId;
    final String openId;
    final List<Access> accesses = new ArrayList<>();
    Instant refreshExpiresAt;
    String refreshToken = "";
    boolean ended;

    Grant(String sellerId, String openId, Instant refreshExpiresAt) {
        this.sellerId = sellerId;
        this.openId = openId;
        this.refreshExpiresAt = refreshExpiresAt;
    }

    /** An access token. */
    static final class Access {

        final Grant grant;
        final String token;
        Instant expiresAt;
        boolean superseded;

        Access(Grant grant, String token, Instant expiresAt) {
            this.grant = grant;
            this.token = token;
            this.expiresAt = expiresAt;
        }
    }

    /** A refresh token. */
    static final class Refresh {

        final Grant grant;
        boolean spent;

        Refresh(Grant grant) {
            this.grant = grant;
        }
    }
}
