package io.github.tiktokauth.spi;

import java.time.Instant;

/**
 * One active authorization as it was at one moment.
 *
 * @param id the connection's id, at most 36 characters
 * @param userId the host's user
 * @param shop the shop
 * @param tokens the encrypted tokens
 * @param tokensObtainedAt when these tokens were written, on the storage's clock
 * @param generation grows with each token write
 * @param refresh lease, cool-down, failures and the re-authorization mark
 * @param createdAt when the connection was made, on the storage's clock
 * @param updatedAt when the entry was changed last, on the storage's clock
 * @param storeTime what the storage's clock said at this reading; the library judges every expiry by it, so that a node
 *     whose own clock is wrong hands out no dead token
 */
public record StoredAuthorization(
        String id,
        String userId,
        StoredShop shop,
        StoredTokens tokens,
        Instant tokensObtainedAt,
        long generation,
        RefreshState refresh,
        Instant createdAt,
        Instant updatedAt,
        Instant storeTime) {}
