package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.jdbc.AdoptionReport.Reason;
import io.github.tiktokauth.jdbc.AdoptionReport.Skipped;
import io.github.tiktokauth.spi.CipherContext;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.ValueLimits;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings an old table over in pages, each row by a statement of its own. */
final class LegacyAdoption {

    private static final int PAGE = 200;
    private static final String WHAT = "adopt a row of an older table";

    private final Database database;
    private final AuthorizationClaims claims;
    private final LegacyTable source;
    private final TokenCipher cipher;

    private final List<Skipped> skipped = new ArrayList<>();
    private int adopted;
    private int repaired;

    LegacyAdoption(Database database, String sourceTable, TokenCipher cipher) {
        this.database = database;
        this.claims = new AuthorizationClaims(database);
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
        return new HashSet<>(database.read(WHAT, (connection, deadline) -> known(connection, deadline, ids)));
    }

    /** Which of these ids are in the table, in use or as history. */
    private List<String> known(Connection connection, Deadline deadline, List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : JdbiHandle.with(
                        connection,
                        deadline,
                        database.dialect(),
                        handle -> handle.createQuery(database.sql("SELECT id FROM {auth} WHERE id IN (<ids>)"))
                                .bindList("ids", ids)
                                .mapTo(String.class)
                                .list());
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
        StoredTokens tokens = StoredTokens.builder(
                        encrypted(accessToken, "access_token", userId),
                        encrypted(refreshToken, "refresh_token", userId),
                        expiry.access())
                .refreshTokenExpiresAt(expiry.refresh())
                .scope(row.scope())
                .build();
        // Such a table has no shop cipher; it is unknown until TokenStore.saveShop or the next consent.
        StoredShop shop = StoredShop.builder(shopId)
                .name(row.shopName())
                .region(row.region())
                .build();
        return insert(row, userId, shop, tokens, expiry.isRepaired());
    }

    /** Of which app the tokens are is not known before the next refresh. */
    private String encrypted(String token, String column, String userId) {
        return cipher.encrypt(token, new CipherContext(database.tables().authorization(), column, userId, null));
    }

    private Optional<Reason> insert(
            LegacyRow row, String userId, StoredShop shop, StoredTokens tokens, boolean isRepaired) {
        try {
            ValueLimits.id("userId", userId);
            ValueLimits.check(shop);
            ValueLimits.check(tokens);
        } catch (StoreException e) {
            return Optional.of(Reason.BAD_VALUE);
        }
        String id = newId(row);
        Instant obtainedAt = earlier(row.updatedAt(), row.storeTime());
        Instant createdAt = earlier(row.createdAt(), obtainedAt);
        ConnectionCallback<Integer> insert = (connection, deadline) -> {
            SqlStatement write = database.statement(connection, deadline, AuthorizationSql.INSERT_ADOPTED);
            AuthorizationSql.bind(write, shop);
            AuthorizationSql.bind(write, tokens);
            return write.bind("id", id)
                    .bind("user_id", userId)
                    .bind("app_key", (Object) null)
                    .bind("authorized_shops", (Object) null)
                    .bind("created_at", createdAt)
                    .bind("obtained_at", obtainedAt)
                    .execute();
        };
        Deadline deadline = database.deadline();
        while (true) {
            if (database.transactionUnlessDuplicate(WHAT, deadline, insert).isPresent()) {
                adopted++;
                repaired += isRepaired ? 1 : 0;
                return Optional.empty();
            }
            Optional<Reason> reason = database.read(
                    WHAT, deadline, (connection, until) -> whoWasFirst(connection, until, id, userId, shop.shopId()));
            if (reason.isPresent()) {
                return reason;
            }
            deadline.orGiveUp(WHAT);
            Database.pause(WHAT);
        }
    }

    private Optional<Reason> whoWasFirst(
            Connection connection, Deadline deadline, String id, String userId, String shopId) throws SQLException {
        if (!known(connection, deadline, List.of(id)).isEmpty()) {
            return Optional.of(Reason.ALREADY_ADOPTED);
        }
        if (claims.shopOf(connection, deadline, userId).isPresent()) {
            return Optional.of(Reason.USER_CONNECTED_ALREADY);
        }
        return claims.userOf(connection, deadline, shopId).map(user -> Reason.SHOP_HELD_BY_ANOTHER_USER);
    }

    private static Instant earlier(@Nullable Instant time, Instant latest) {
        return time == null || time.isAfter(latest) || time.isBefore(Instant.EPOCH) ? latest : time;
    }
}
