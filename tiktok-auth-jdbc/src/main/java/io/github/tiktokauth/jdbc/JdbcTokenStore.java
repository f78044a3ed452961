package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Each verb is one conditional statement, and the count of rows is the answer. */
final class JdbcTokenStore implements TokenStore {

    private final Database database;

    JdbcTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return database.tables().authorization();
    }

    @Override
    public Instant now() {
        return database.readPlain(
                "read the database's clock",
                (connection, deadline) -> database.row(
                                connection,
                                deadline,
                                row -> database.dialect().clock(row, 1),
                                database.sql("SELECT {clock}"))
                        .orElseThrow());
    }

    @Override
    public Optional<StoredAuthorization> find(String userId) {
        SqlValues.id("userId", userId);
        return one("read an authorization", AuthorizationRows.OF_USER, userId, StoredAuthorization::userId);
    }

    @Override
    public Optional<StoredAuthorization> findByShop(String shopId) {
        SqlValues.id("shopId", shopId);
        return one(
                "read a shop's authorization",
                AuthorizationRows.OF_SHOP,
                shopId,
                row -> row.shop().shopId());
    }

    private Optional<StoredAuthorization> one(
            String what, String sql, String asked, Function<StoredAuthorization, String> id) {
        Optional<StoredAuthorization> found = database.readPlain(
                what,
                (connection, deadline) ->
                        database.row(connection, deadline, this::authorization, database.sql(sql), asked));
        if (found.isPresent()) {
            database.ids().requireSame(asked, id.apply(found.get()));
        }
        return found;
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        SqlValues.check(authorization);
        String what = "connect a user with a shop";
        Deadline deadline = database.deadline();
        while (true) {
            Optional<ConnectOutcome> done = database.writeUnlessDuplicate(
                    what, deadline, handle -> renewOrInsert(handle, deadline, authorization));
            if (done.isEmpty()) {
                // Only a new transaction sees on every database who was first.
                done = database.read(what, deadline, handle -> conflict(handle, authorization));
            }
            if (done.isPresent()) {
                return done.get();
            }
            deadline.orGiveUp(what);
            Database.pause(what);
        }
    }

    private ConnectOutcome renewOrInsert(Handle handle, Deadline deadline, NewAuthorization authorization)
            throws SQLException {
        Connection connection = handle.getConnection();
        if (AuthorizationSql.bind(database.update(connection, deadline, AuthorizationSql.RENEW), authorization)
                        .execute()
                > 0) {
            return ConnectOutcome.RENEWED;
        }
        AuthorizationSql.bind(database.update(connection, deadline, AuthorizationSql.INSERT_NEW), authorization)
                .bind("id", UUID.randomUUID().toString())
                .execute();
        return ConnectOutcome.CONNECTED;
    }

    /** Empty when whoever was in the way has gone, or is this user with this shop: then it is worth another try. */
    private Optional<ConnectOutcome> conflict(Handle handle, NewAuthorization authorization) {
        String userId = authorization.userId();
        String shopId = authorization.shop().shopId();
        Optional<String> held = shopOf(handle, userId);
        if (held.isPresent()) {
            return held.get().equals(shopId) ? Optional.empty() : Optional.of(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP);
        }
        return userOf(handle, shopId)
                .filter(holder -> !holder.equals(userId))
                .map(holder -> ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
    }

    Optional<String> shopOf(Handle handle, String userId) {
        return other(handle, AuthorizationSql.SHOP_OF_USER, "user_id", userId);
    }

    Optional<String> userOf(Handle handle, String shopId) {
        return other(handle, AuthorizationSql.USER_OF_SHOP, "shop_id", shopId);
    }

    /** What the second column says of the id in the first. */
    private Optional<String> other(Handle handle, String sql, String name, String asked) {
        RowMapper<String> second = (row, context) -> {
            database.ids().requireSame(asked, row.getString(1));
            return row.getString(2);
        };
        return query(handle, sql).bind(name, asked).map(second).findOne();
    }

    /** Which of these ids are in the table, in use or as history. */
    List<String> known(Handle handle, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String places = IntStream.range(0, ids.size()).mapToObj(i -> ":id" + i).collect(Collectors.joining(", "));
        Query query = query(handle, "SELECT id FROM {auth} WHERE id IN (" + places + ")");
        IntStream.range(0, ids.size()).forEach(i -> query.bind("id" + i, ids.get(i)));
        return query.mapTo(String.class).list();
    }

    /** A connection that was made elsewhere. */
    int insert(
            Handle handle,
            Deadline deadline,
            String id,
            NewAuthorization authorization,
            Instant createdAt,
            Instant obtainedAt)
            throws SQLException {
        SqlUpdate insert = database.update(handle.getConnection(), deadline, AuthorizationSql.INSERT_OLD);
        return AuthorizationSql.bind(insert, authorization)
                .bind("id", id)
                .bind("created_at", createdAt)
                .bind("obtained_at", obtainedAt)
                .execute();
    }

    @Override
    public boolean acquireLease(String id, long generation, String owner, Duration duration, boolean ignoreCoolDown) {
        SqlValues.id("owner", owner);
        return one(
                "take the lease of a refresh",
                id,
                generation,
                ignoreCoolDown ? AuthorizationSql.LEASE : AuthorizationSql.LEASE + AuthorizationSql.NOT_COOLING,
                update -> update.bind("owner", owner).bind("millis", SqlValues.millis(duration)));
    }

    @Override
    public boolean saveTokens(String id, long generation, StoredTokens tokens) {
        SqlValues.check(tokens);
        return one(
                "save tokens", id, generation, AuthorizationSql.SAVE, update -> AuthorizationSql.bind(update, tokens));
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        SqlValues.check(failure);
        return one(
                "note a failed refresh",
                id,
                generation,
                AuthorizationSql.COOL_DOWN,
                update -> AuthorizationSql.bind(update, owner, failure).bind("millis", SqlValues.millis(coolDown)));
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, String reason, RefreshFailure failure) {
        SqlValues.check(failure);
        SqlValues.id("reason", reason);
        return one(
                "mark an authorization",
                id,
                generation,
                AuthorizationSql.MARK,
                update -> AuthorizationSql.bind(update, owner, failure).bind("reason", reason));
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        SqlValues.token("access token", accessToken);
        SqlValues.token("refresh token", refreshToken);
        return one(
                "re-encrypt tokens",
                id,
                generation,
                AuthorizationSql.REENCRYPT,
                update -> update.bind("access_token", accessToken).bind("refresh_token", refreshToken));
    }

    @Override
    public boolean disconnect(String userId) {
        SqlValues.id("userId", userId);
        return database.writePlain(
                "disconnect a user",
                (connection, deadline) -> database.update(connection, deadline, AuthorizationSql.DISCONNECT)
                                .bind("user_id", userId)
                                .execute()
                        > 0);
    }

    @Override
    public int erase(String userId) {
        SqlValues.id("userId", userId);
        return database.write("erase a user", handle -> erase(handle, userId));
    }

    int erase(Handle handle, String userId) {
        return update(handle, "DELETE FROM {auth} WHERE user_id = :user_id")
                        .bind("user_id", userId)
                        .execute()
                + update(handle, "DELETE FROM {auth} WHERE former_user_id = :user_id")
                        .bind("user_id", userId)
                        .execute();
    }

    @Override
    public List<StoredAuthorization> page(String afterId, int limit) {
        SqlValues.known("afterId", afterId);
        SqlValues.positive("limit", limit);
        return database.read(
                "read a page of authorizations",
                handle -> query(
                                handle,
                                AuthorizationRows.SELECT
                                        + " WHERE is_active = TRUE AND id > :after_id ORDER BY id LIMIT :limit")
                        .bind("after_id", afterId)
                        .bind("limit", limit)
                        .map((row, context) -> authorization(row))
                        .list());
    }

    @Override
    public List<StoredAuthorization> findDue(Duration within, Optional<DuePosition> after, int limit) {
        after.ifPresent(position -> SqlValues.known("id", position.id()));
        SqlValues.positive("limit", limit);
        String due = AuthorizationRows.SELECT + " WHERE is_active = TRUE AND access_token_expires_at <= {scan+millis}"
                + " AND reauthorization_reason IS NULL"
                + " AND (lease_until IS NULL OR lease_until <= {scan})"
                + " AND (cool_down_until IS NULL OR cool_down_until <= {scan})";
        String behind = " AND access_token_expires_at >= :after_end"
                + " AND (access_token_expires_at > :after_end OR id > :after_id)";
        String order = " ORDER BY " + database.dialect().dueOrder() + " LIMIT :limit";
        return database.read("read due authorizations", handle -> {
            Query query = query(handle, after.isEmpty() ? due + order : due + behind + order)
                    .bind("millis", SqlValues.millis(within))
                    .bind("limit", limit);
            after.ifPresent(position -> query.bind("after_end", SqlValues.utc(position.accessTokenExpiresAt()))
                    .bind("after_id", position.id()));
            return query.map((row, context) -> authorization(row)).list();
        });
    }

    private StoredAuthorization authorization(ResultSet row) throws SQLException {
        return AuthorizationRows.authorization(database.dialect(), row);
    }

    private boolean one(String what, String id, long generation, String sql, UnaryOperator<SqlUpdate> binding) {
        SqlValues.known("id", id);
        return database.writePlain(what, (connection, deadline) -> {
            SqlUpdate update = database.update(connection, deadline, sql);
            return binding.apply(update.bind("id", id).bind("generation", generation))
                            .execute()
                    == 1;
        });
    }

    private Query query(Handle handle, String sql) {
        return handle.createQuery(database.sql(sql));
    }

    private Update update(Handle handle, String sql) {
        return handle.createUpdate(database.sql(sql));
    }
}
