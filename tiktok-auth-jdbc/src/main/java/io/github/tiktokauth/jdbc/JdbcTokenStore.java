package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.DuePosition;
import io.github.tiktokauth.spi.NewAuthorization;
import io.github.tiktokauth.spi.RefreshFailure;
import io.github.tiktokauth.spi.StoredAuthorization;
import io.github.tiktokauth.spi.StoredTokens;
import io.github.tiktokauth.spi.TokenStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** Each verb is one conditional statement, and the count of rows is the answer. */
final class JdbcTokenStore implements TokenStore {

    private static final String CLEAR = " lease_owner = NULL, lease_until = NULL, cool_down_until = NULL, failures = 0,"
            + " last_code = NULL, last_request_id = NULL, outcome_unknown = FALSE, reauthorization_reason = NULL,";
    private static final String TOKENS = " access_token = :access_token, refresh_token = :refresh_token,"
            + " access_token_expires_at = :access_token_expires_at,"
            + " refresh_token_expires_at = :refresh_token_expires_at, open_id = :open_id, scope = :scope,"
            + " tokens_obtained_at = {now},";
    private static final String SHOP = " shop_name = :shop_name, region = :region, shop_cipher = :shop_cipher,";
    private static final String OF_GENERATION = " WHERE id = :id AND generation = :generation AND is_active = TRUE";

    private static final String RENEW = "UPDATE {auth} SET" + TOKENS + SHOP + CLEAR
            + " generation = generation + 1, updated_at = {now}"
            + " WHERE user_id = :user_id AND shop_id = :shop_id AND is_active = TRUE";
    private static final String INSERT = "INSERT INTO {auth} (id, user_id, shop_id, shop_name, region, shop_cipher,"
            + " access_token, refresh_token, access_token_expires_at, refresh_token_expires_at, open_id, scope,"
            + " is_active, generation, tokens_obtained_at, created_at, updated_at)"
            + " VALUES (:id, :user_id, :shop_id, :shop_name, :region, :shop_cipher, :access_token, :refresh_token,"
            + " :access_token_expires_at, :refresh_token_expires_at, :open_id, :scope, TRUE, 1, {now}, {now}, {now})";
    private static final String SHOP_OF_USER =
            "SELECT shop_id FROM {auth} WHERE user_id = :user_id AND is_active = TRUE";
    private static final String USER_OF_SHOP =
            "SELECT user_id FROM {auth} WHERE shop_id = :shop_id AND is_active = TRUE";
    private static final String LEASE = "UPDATE {auth} SET lease_owner = :owner, lease_until = {now+millis},"
            + " updated_at = {now}" + OF_GENERATION + " AND reauthorization_reason IS NULL"
            + " AND (lease_until IS NULL OR lease_until <= {now} OR lease_owner = :owner)";
    private static final String NOT_COOLING = " AND (cool_down_until IS NULL OR cool_down_until <= {now})";
    private static final String SAVE =
            "UPDATE {auth} SET" + TOKENS + CLEAR + " generation = generation + 1, updated_at = {now}" + OF_GENERATION;
    private static final String FAILED = " failures = failures + 1, last_code = :code, last_request_id = :request_id,"
            + " outcome_unknown = (outcome_unknown = TRUE OR :outcome_unknown = TRUE),"
            + " lease_owner = NULL, lease_until = NULL, updated_at = {now}" + OF_GENERATION
            + " AND lease_owner = :owner";
    private static final String COOL_DOWN = "UPDATE {auth} SET cool_down_until = {now+millis}," + FAILED;
    private static final String MARK = "UPDATE {auth} SET reauthorization_reason = :reason," + FAILED;
    private static final String REENCRYPT = "UPDATE {auth} SET access_token = :access_token,"
            + " refresh_token = :refresh_token, updated_at = {now}" + OF_GENERATION;
    // former_* come first: MariaDB assigns from left to right.
    private static final String DISCONNECT = "UPDATE {auth} SET former_user_id = user_id, former_shop_id = shop_id,"
            + " user_id = NULL, shop_id = NULL, access_token = NULL, refresh_token = NULL, shop_cipher = NULL,"
            + CLEAR + " is_active = FALSE, deleted_at = {now}, generation = generation + 1, updated_at = {now}"
            + " WHERE user_id = :user_id AND is_active = TRUE";

    private final Database database;

    JdbcTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return database.tables().authorization();
    }

    @Override
    public Optional<StoredAuthorization> find(String userId) {
        Values.id("userId", userId);
        return database.read(
                "read an authorization",
                handle -> query(handle, Rows.SELECT + " WHERE user_id = :user_id AND is_active = TRUE")
                        .bind("user_id", userId)
                        .map(Rows::authorization)
                        .findOne());
    }

    @Override
    public ConnectOutcome connect(NewAuthorization authorization) {
        Values.check(authorization);
        String what = "connect a user with a shop";
        Deadline deadline = database.deadline();
        while (true) {
            Optional<ConnectOutcome> done =
                    database.writeUnlessDuplicate(what, deadline, handle -> renewOrInsert(handle, authorization));
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

    private ConnectOutcome renewOrInsert(Handle handle, NewAuthorization authorization) {
        if (bind(update(handle, RENEW), authorization).execute() > 0) {
            return ConnectOutcome.RENEWED;
        }
        bind(update(handle, INSERT), authorization)
                .bind("id", UUID.randomUUID().toString())
                .execute();
        return ConnectOutcome.CONNECTED;
    }

    /** Empty when whoever was in the way has gone, or is this user with this shop: then it is worth another try. */
    private Optional<ConnectOutcome> conflict(Handle handle, NewAuthorization authorization) {
        String userId = authorization.userId();
        String shopId = authorization.shop().shopId();
        Optional<String> held = query(handle, SHOP_OF_USER)
                .bind("user_id", userId)
                .mapTo(String.class)
                .findOne();
        if (held.isPresent()) {
            return held.get().equals(shopId) ? Optional.empty() : Optional.of(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP);
        }
        return query(handle, USER_OF_SHOP)
                .bind("shop_id", shopId)
                .mapTo(String.class)
                .findOne()
                .filter(holder -> !holder.equals(userId))
                .map(holder -> ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
    }

    @Override
    public boolean acquireLease(String id, long generation, String owner, Duration duration, boolean ignoreCoolDown) {
        Values.id("owner", owner);
        return one(
                "take the lease of a refresh",
                id,
                generation,
                ignoreCoolDown ? LEASE : LEASE + NOT_COOLING,
                update -> update.bind("owner", owner).bind("millis", Values.millis(duration)));
    }

    @Override
    public boolean saveTokens(String id, long generation, StoredTokens tokens) {
        Values.check(tokens);
        return one("save tokens", id, generation, SAVE, update -> bind(update, tokens));
    }

    @Override
    public boolean recordFailure(String id, long generation, String owner, Duration coolDown, RefreshFailure failure) {
        Values.check(failure);
        return one(
                "note a failed refresh",
                id,
                generation,
                COOL_DOWN,
                update -> bind(update, owner, failure).bind("millis", Values.millis(coolDown)));
    }

    @Override
    public boolean requireReauthorization(
            String id, long generation, String owner, String reason, RefreshFailure failure) {
        Values.check(failure);
        Values.id("reason", reason);
        return one(
                "mark an authorization",
                id,
                generation,
                MARK,
                update -> bind(update, owner, failure).bind("reason", reason));
    }

    @Override
    public boolean reencrypt(String id, long generation, String accessToken, String refreshToken) {
        Values.token("access token", accessToken);
        Values.token("refresh token", refreshToken);
        return one(
                "re-encrypt tokens",
                id,
                generation,
                REENCRYPT,
                update -> update.bind("access_token", accessToken).bind("refresh_token", refreshToken));
    }

    @Override
    public boolean disconnect(String userId) {
        Values.id("userId", userId);
        return database.write(
                "disconnect a user",
                handle -> update(handle, DISCONNECT).bind("user_id", userId).execute() > 0);
    }

    @Override
    public int erase(String userId) {
        Values.id("userId", userId);
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
        Values.known("afterId", afterId);
        Values.positive("limit", limit);
        return database.read(
                "read a page of authorizations",
                handle -> query(
                                handle,
                                Rows.SELECT + " WHERE is_active = TRUE AND id > :after_id ORDER BY id LIMIT :limit")
                        .bind("after_id", afterId)
                        .bind("limit", limit)
                        .map(Rows::authorization)
                        .list());
    }

    @Override
    public List<StoredAuthorization> findDue(Duration within, Optional<DuePosition> after, int limit) {
        after.ifPresent(position -> Values.known("id", position.id()));
        Values.positive("limit", limit);
        String due = Rows.SELECT + " WHERE is_active = TRUE AND access_token_expires_at <= {now+millis}"
                + " AND reauthorization_reason IS NULL"
                + " AND (lease_until IS NULL OR lease_until <= {now})" + NOT_COOLING;
        String behind = " AND access_token_expires_at >= :after_end"
                + " AND (access_token_expires_at > :after_end OR id > :after_id)";
        String order = " ORDER BY access_token_expires_at, id LIMIT :limit";
        return database.read("read due authorizations", handle -> {
            Query query = query(handle, after.isEmpty() ? due + order : due + behind + order)
                    .bind("millis", Values.millis(within))
                    .bind("limit", limit);
            after.ifPresent(position -> query.bind("after_end", Values.utc(position.accessTokenExpiresAt()))
                    .bind("after_id", position.id()));
            return query.map(Rows::authorization).list();
        });
    }

    @FunctionalInterface
    private interface Binding {
        Update to(Update update) throws SQLException;
    }

    private boolean one(String what, String id, long generation, String sql, Binding binding) {
        Values.known("id", id);
        return database.write(
                what,
                handle -> binding.to(update(handle, sql).bind("id", id).bind("generation", generation))
                                .execute()
                        == 1);
    }

    private Query query(Handle handle, String sql) {
        return handle.createQuery(database.sql(sql));
    }

    private Update update(Handle handle, String sql) {
        return handle.createUpdate(database.sql(sql));
    }

    private static Update bind(Update update, NewAuthorization authorization) {
        return bind(update, authorization.tokens())
                .bind("user_id", authorization.userId())
                .bind("shop_id", authorization.shop().shopId())
                .bind("shop_name", authorization.shop().name())
                .bind("region", authorization.shop().region())
                .bind("shop_cipher", authorization.shop().cipher());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, StoredTokens tokens) {
        return statement
                .bind("access_token", tokens.accessToken())
                .bind("refresh_token", tokens.refreshToken())
                .bind("access_token_expires_at", Values.utc(tokens.accessTokenExpiresAt()))
                .bind("refresh_token_expires_at", Values.utc(tokens.refreshTokenExpiresAt()))
                .bind("open_id", tokens.openId())
                .bind("scope", tokens.scope());
    }

    private static Update bind(Update update, String owner, RefreshFailure failure) {
        return update.bind("owner", Values.known("owner", owner))
                .bind("code", failure.code())
                .bind("request_id", failure.requestId())
                .bind("outcome_unknown", failure.outcomeUnknown());
    }
}
