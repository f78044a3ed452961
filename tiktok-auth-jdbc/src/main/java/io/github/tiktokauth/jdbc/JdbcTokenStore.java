package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DueAuthorization;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.ForcedRefresh;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.Reauthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredShop;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import io.github.tiktokauth.spi.ValueLimits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Each verb is one conditional statement, and the count of rows is the answer. */
final class JdbcTokenStore implements TokenStore {

    /** A check may have been requested a few milliseconds in the future, when the one before was requested just now. */
    private static final long LATEST_CHECK_MILLIS = 60_000;

    private final Database database;
    private final AuthorizationClaims claims;

    JdbcTokenStore(Database database) {
        this.database = database;
        this.claims = new AuthorizationClaims(database);
    }

    @Override
    public String name() {
        return database.tables().authorization();
    }

    @Override
    public Instant now() {
        return DatabaseClock.now(database);
    }

    @Override
    public Optional<StoredAuthorization> find(String userId) {
        ValueLimits.id("userId", userId);
        return one("read an authorization", AuthorizationRows.OF_USER, userId, StoredAuthorization::userId);
    }

    @Override
    public Optional<StoredAuthorization> findByShop(String shopId) {
        ValueLimits.id("shopId", shopId);
        return one(
                "read a shop's authorization",
                AuthorizationRows.OF_SHOP,
                shopId,
                row -> row.shop().shopId());
    }

    private Optional<StoredAuthorization> one(
            String what, String sql, String asked, Function<StoredAuthorization, String> id) {
        Optional<StoredAuthorization> found = database.read(
                what,
                (connection, deadline) -> database.statement(connection, deadline, sql)
                        .bind("asked", asked)
                        .first(this::authorization));
        if (found.isPresent()) {
            database.ids().requireSame(asked, id.apply(found.get()));
        }
        return found;
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        ValueLimits.check(authorization);
        return claims.connect(authorization);
    }

    @Override
    public boolean acquireLease(
            String id, long generation, String owner, Duration duration, boolean ignoreCoolDown, boolean ignoreMark) {
        ValueLimits.id("owner", owner);
        return ofGeneration(
                "take a lease",
                id,
                generation,
                AuthorizationSql.lease(ignoreCoolDown, ignoreMark),
                write -> write.bind("owner", owner).bind("millis", SqlTimes.millis(duration)));
    }

    @Override
    public boolean saveTokens(String id, long generation, String appKey, StoredTokens tokens, boolean forced) {
        ValueLimits.id("appKey", appKey);
        ValueLimits.check(tokens);
        return ofGeneration(
                "save tokens",
                id,
                generation,
                AuthorizationSql.save(forced),
                write -> AuthorizationSql.bind(write, tokens)
                        .bind("app_key", appKey)
                        .bind("outcome", ForcedRefresh.REFRESHED));
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        ValueLimits.text("owner", owner, ValueLimits.ID);
        ValueLimits.check(failure);
        return ofGeneration(
                "note a failed refresh",
                id,
                generation,
                AuthorizationSql.fail(failure),
                write -> AuthorizationSql.bind(write, owner, failure).bind("millis", SqlTimes.millis(coolDown)));
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, Reauthorization mark, RefreshFailure failure) {
        ValueLimits.text("owner", owner, ValueLimits.ID);
        ValueLimits.check(mark);
        ValueLimits.check(failure);
        Duration nextTry = mark.nextTry();
        return ofGeneration(
                "mark an authorization",
                id,
                generation,
                AuthorizationSql.mark(mark, failure),
                write -> AuthorizationSql.bind(write, owner, failure)
                        .bind("type", mark.type().name())
                        .bind("reason", mark.reason())
                        .bind("millis", nextTry == null ? null : SqlTimes.millis(nextTry)));
    }

    @Override
    public boolean saveShop(String id, long generation, StoredShop shop) {
        ValueLimits.check(shop);
        return ofGeneration(
                "save a shop's facts",
                id,
                generation,
                AuthorizationSql.SAVE_SHOP,
                write -> AuthorizationSql.bind(write, shop));
    }

    @Override
    public boolean requestCheck(String id) {
        return ofId("request a check", id, AuthorizationSql.REQUEST_CHECK, write -> write);
    }

    @Override
    public boolean beginCheck(String id, Instant requestedAt, Duration pause) {
        return isKept(requestedAt)
                && ofId(
                        "begin a check",
                        id,
                        AuthorizationSql.BEGIN_CHECK,
                        write -> write.bind("requested_at", requestedAt).bind("millis", SqlTimes.millis(pause)));
    }

    @Override
    public boolean finishCheck(String id, Instant requestedAt, @Nullable String uncovered) {
        if (uncovered != null) {
            ValueLimits.id("uncovered", uncovered);
        }
        String sql = uncovered == null ? AuthorizationSql.FINISH_COVERED : AuthorizationSql.FINISH_UNCOVERED;
        return isKept(requestedAt)
                && ofId(
                        "end a check",
                        id,
                        sql,
                        write -> write.bind("requested_at", requestedAt).bind("uncovered", uncovered));
    }

    /** Whether a column may hold it; what may not is no row's. */
    private static boolean isKept(Instant instant) {
        return !instant.isBefore(ValueLimits.FIRST)
                && !instant.isAfter(ValueLimits.LAST)
                && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        ValueLimits.text("accessToken", accessToken, ValueLimits.TEXT);
        ValueLimits.text("refreshToken", refreshToken, ValueLimits.TEXT);
        return ofGeneration(
                "re-encrypt tokens",
                id,
                generation,
                AuthorizationSql.REENCRYPT,
                write -> write.bind("access_token", accessToken).bind("refresh_token", refreshToken));
    }

    @Override
    public boolean disconnect(String userId) {
        ValueLimits.id("userId", userId);
        return changes("disconnect a user", AuthorizationSql.DISCONNECT, write -> write.bind("user_id", userId));
    }

    @Override
    public int erase(String userId) {
        ValueLimits.id("userId", userId);
        return database.transaction("erase a user", (connection, deadline) -> erase(connection, deadline, userId));
    }

    int erase(Connection connection, Deadline deadline, String userId) throws SQLException {
        int erased = 0;
        for (String column : List.of("user_id", "former_user_id")) {
            erased += database.statement(connection, deadline, "DELETE FROM {auth} WHERE " + column + " = :user_id")
                    .bind("user_id", userId)
                    .execute();
        }
        return erased;
    }

    @Override
    public List<StoredAuthorization> page(String afterId, int limit) {
        ValueLimits.text("afterId", afterId, ValueLimits.ID);
        ValueLimits.positive("limit", limit);
        return database.read(
                "read a page of authorizations",
                (connection, deadline) -> database.statement(connection, deadline, AuthorizationRows.PAGE)
                        .bind("after_id", afterId)
                        .bind("limit", limit)
                        .list(this::authorization));
    }

    @Override
    public List<DueAuthorization> findDue(
            Duration within, Collection<String> appKeys, @Nullable DuePosition after, int limit) {
        if (after != null) {
            ValueLimits.text("id", after.id(), ValueLimits.ID);
            ValueLimits.instant("dueAt", after.dueAt());
        }
        appKeys.forEach(appKey -> ValueLimits.text("appKey", appKey, ValueLimits.ID));
        ValueLimits.positive("limit", limit);
        List<String> apps = List.copyOf(appKeys);
        String sql = AuthorizationRows.due(apps.size(), after != null);
        long millis = SqlTimes.millis(within);
        return database.read("read due authorizations", (connection, deadline) -> {
            SqlStatement query = database.statement(connection, deadline, sql)
                    .bind("millis", millis)
                    .bind("ahead", Math.max(LATEST_CHECK_MILLIS, millis))
                    .bind("limit", limit);
            for (int i = 0; i < apps.size(); i++) {
                query.bind("app" + i, apps.get(i));
            }
            if (after != null) {
                query.bind("after_due", after.dueAt()).bind("after_id", after.id());
            }
            return query.list(row -> AuthorizationRows.due(database.dialect(), row));
        });
    }

    private StoredAuthorization authorization(ResultSet row) throws SQLException {
        return AuthorizationRows.authorization(database.dialect(), row);
    }

    private boolean ofGeneration(
            String what, String id, long generation, String sql, UnaryOperator<SqlStatement> binding) {
        return ofId(what, id, sql, write -> binding.apply(write.bind("generation", generation)));
    }

    private boolean ofId(String what, String id, String sql, UnaryOperator<SqlStatement> binding) {
        ValueLimits.text("id", id, ValueLimits.ID);
        return changes(what, sql, write -> binding.apply(write.bind("id", id)));
    }

    private boolean changes(String what, String sql, UnaryOperator<SqlStatement> binding) {
        return database.write(
                what,
                (connection, deadline) -> binding.apply(database.statement(connection, deadline, sql))
                                .execute()
                        > 0);
    }
}
