package io.github.tiktokauth;

import io.github.tiktokauth.spi.StoredAuthorization;

/** What the door shows of a stored row. */
final class Views {

    private Views() {}

    static ShopInfo shopInfo(StoredAuthorization row) {
        return new ShopInfo(
                row.shop().shopId(),
                row.shop().name(),
                row.shop().region(),
                row.shop().cipher(),
                row.tokens().scope(),
                row.createdAt(),
                row.updatedAt());
    }

    static ConnectionStatus status(StoredAuthorization row) {
        return new ConnectionStatus(
                true,
                shopInfo(row),
                row.tokens().accessTokenExpiresAt(),
                row.tokens().refreshTokenExpiresAt(),
                Snapshot.reauthorization(row.refresh()).orElse(null));
    }
}
