package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredAuthorization;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's connection status. "Not connected" is an answer here, not an error.
 *
 * @param connected whether the user has a shop
 * @param shop the shop, when connected
 * @param accessTokenExpiresAt when the present access token ends, when connected
 * @param refreshTokenExpiresAt when the authorization ends that the seller granted, when connected and known
 * @param reauthorizationReason why the seller must authorize again, if so; tokens may be handed out until the access token
 *     ends
 */
public record ConnectionStatus(
        boolean connected,
        @Nullable ShopInfo shop,
        @Nullable Instant accessTokenExpiresAt,
        @Nullable Instant refreshTokenExpiresAt,
        AuthorizationRequiredException.@Nullable Reason reauthorizationReason) {

    static final ConnectionStatus NOT_CONNECTED = new ConnectionStatus(false, null, null, null, null);

    static ConnectionStatus of(StoredAuthorization row) {
        return new ConnectionStatus(
                true,
                ShopInfo.of(row),
                row.tokens().accessTokenExpiresAt(),
                row.tokens().refreshTokenExpiresAt(),
                Snapshot.reauthorization(row.refresh()).orElse(null));
    }
}
