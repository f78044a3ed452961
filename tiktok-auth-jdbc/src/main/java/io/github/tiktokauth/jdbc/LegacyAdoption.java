package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.jdbc.AdoptionReport.Reason;
import io.github.tiktokauth.jdbc.AdoptionReport.Skipped;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenCipher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One walk over an old table, in pages; each row comes over in a transaction of its own. */
final class LegacyAdoption {

    private static final int PAGE = 200;
    private static final String WHAT = "adopt a row of an older table";

    private final Database database;
    private final JdbcTokenStore store;
    private final LegacyTable source;
    private final TokenCipher cipher;

    private final List<Skipped> skipped = new ArrayList<>();
    private int adopted;
    private int repaired;

    LegacyAdoption(Database database, String sourceTable, TokenCipher cipher) {
        this.database = database;
        this.store = new JdbcTokenStore(database);
        this.source = new LegacyTable(database, sourceTable);
        this.cipher = cipher;
    }

    AdoptionReport run() {
        List<LegacyRow> page;
        Object after = null;
        do {
            page = source.page(after, PAGE);
            Set<String> known = known(page);
            for (LegacyRow row : page) {
                Optional<Reason> reason = known.contains(newId(row)) ? Optional.of(Reason.ALREADY_ADOPTED) : adopt(row);
                reason.ifPresent(why -> skipped.add(new Skipped(row.sourceId(), why)));
                after = row.id();
            }
        } while (page.size() == PAGE);
        return new AdoptionReport(adopted, repaired, skipped);
    }

    /** Made from the old id, so that a row is recognised also after its user has disconnected. */
    private String newId(LegacyRow row) {
        String name = "adopted/" + source.name() + "/" + row.sourceId();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Set<String> known(List<LegacyRow> page) {
        List<String> ids = page.stream().map(this::newId).toList();
        return new HashSet<>(database.read(WHAT, handle -> store.known(handle, ids)));
    }

    private Optional<Reason> adopt(LegacyRow row) {
        if (row.isDisconnected()) {
            return Optional.of(Reason.DISCONNECTED);
        }
        String userId = row.userId();
        String shopId = row.shopId();
        String accessToken = row.accessToken();
        String refreshToken = row.refreshToken();
        if (userId == null || shopId == null || accessToken == null || refreshToken == null) {
            return Optional.of(Reason.INCOMPLETE);
        }
        LegacyExpiry expiry = LegacyExpiry.of(
                row.accessTokenExpiresAt(), row.refreshTokenExpiresAt(), row.updatedAt(), row.storeTime());
        StoredTokens tokens = new StoredTokens(
                cipher.encrypt(accessToken, new CipherContext(store.name(), "access_token", userId)),
                cipher.encrypt(refreshToken, new CipherContext(store.name(), "refresh_token", userId)),
                expiry.access(),
                expiry.refresh(),
                null,
                row.scope());
        // The cipher of the shop is not in such a table; the library asks TikTok for it when it is needed.
        StoredShop shop = new StoredShop(shopId, row.shopName(), row.region(), null);
        return insert(row, new NewAuthorization(userId, shop, tokens), expiry.isRepaired());
    }

    private Optional<Reason> insert(LegacyRow row, NewAuthorization authorization, boolean isRepaired) {
        try {
            SqlValues.check(authorization);
        } catch (StoreException e) {
            return Optional.of(Reason.BAD_VALUE);
        }
        Deadline deadline = database.deadline();
        Instant obtainedAt = earlier(row.updatedAt(), row.storeTime());
        Instant createdAt = earlier(row.createdAt(), obtainedAt);
        while (true) {
            if (database.writeUnlessDuplicate(
                            WHAT,
                            deadline,
                            handle -> store.insert(handle, deadline, newId(row), authorization, createdAt, obtainedAt))
                    .isPresent()) {
                adopted++;
                repaired += isRepaired ? 1 : 0;
                return Optional.empty();
            }
            Optional<Reason> reason = whoWasFirst(deadline, newId(row), authorization);
            if (reason.isPresent()) {
                return reason;
            }
            deadline.orGiveUp(WHAT);
            Database.pause(WHAT);
        }
    }

    private Optional<Reason> whoWasFirst(Deadline deadline, String id, NewAuthorization authorization) {
        return database.read(WHAT, deadline, handle -> {
            if (!store.known(handle, List.of(id)).isEmpty()) {
                return Optional.of(Reason.ALREADY_ADOPTED);
            }
            if (store.shopOf(handle, authorization.userId()).isPresent()) {
                return Optional.of(Reason.USER_CONNECTED_ALREADY);
            }
            return store.userOf(handle, authorization.shop().shopId()).map(user -> Reason.SHOP_HELD_BY_ANOTHER_USER);
        });
    }

    private static Instant earlier(@Nullable Instant time, Instant latest) {
        return time == null || time.isAfter(latest) || time.isBefore(Instant.EPOCH) ? latest : time;
    }
}
