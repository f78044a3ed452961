package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.ConnectOutcome;
import io.github.tiktokauth.spi.NewAuthorization;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Decides by the table's unique keys who holds which shop. */
final class AuthorizationClaims {

    private final Database database;

    AuthorizationClaims(Database database) {
        this.database = database;
    }

    ConnectOutcome connect(NewAuthorization authorization) {
        String what = "connect a user with a shop";
        Deadline deadline = database.deadline();
        while (true) {
            Optional<ConnectOutcome> done = database.transactionUnlessDuplicate(
                    what, deadline, (connection, until) -> renewOrInsert(connection, until, authorization));
            if (done.isEmpty()) {
                // Only a new transaction sees on every database who was first.
                done = database.read(what, deadline, (connection, until) -> conflict(connection, until, authorization));
            }
            if (done.isPresent()) {
                return done.get();
            }
            deadline.orGiveUp(what);
            Database.pause(what);
        }
    }

    private ConnectOutcome renewOrInsert(Connection connection, Deadline deadline, NewAuthorization authorization)
            throws SQLException {
        if (bound(database.statement(connection, deadline, AuthorizationSql.RENEW), authorization)
                        .execute()
                > 0) {
            return ConnectOutcome.RENEWED;
        }
        bound(database.statement(connection, deadline, AuthorizationSql.INSERT_NEW), authorization)
                .bind("id", UUID.randomUUID().toString())
                .execute();
        return ConnectOutcome.CONNECTED;
    }

    private static SqlStatement bound(SqlStatement write, NewAuthorization authorization) {
        AuthorizationSql.bind(write, authorization.shop());
        AuthorizationSql.bind(write, authorization.tokens());
        return write.bind("user_id", authorization.userId())
                .bind("app_key", authorization.appKey())
                .bind("authorized_shops", authorization.authorizedShops());
    }

    /** Empty when whoever was in the way has gone, or is this user with this shop: then it is worth another try. */
    private Optional<ConnectOutcome> conflict(Connection connection, Deadline deadline, NewAuthorization authorization)
            throws SQLException {
        String userId = authorization.userId();
        String shopId = authorization.shop().shopId();
        Optional<String> held = shopOf(connection, deadline, userId);
        if (held.isPresent()) {
            return held.get().equals(shopId) ? Optional.empty() : Optional.of(ConnectOutcome.USER_HOLDS_ANOTHER_SHOP);
        }
        return userOf(connection, deadline, shopId)
                .filter(holder -> !holder.equals(userId))
                .map(holder -> ConnectOutcome.SHOP_HELD_BY_ANOTHER_USER);
    }

    Optional<String> shopOf(Connection connection, Deadline deadline, String userId) throws SQLException {
        return other(connection, deadline, AuthorizationSql.SHOP_OF_USER, userId);
    }

    Optional<String> userOf(Connection connection, Deadline deadline, String shopId) throws SQLException {
        return other(connection, deadline, AuthorizationSql.USER_OF_SHOP, shopId);
    }

    private Optional<String> other(Connection connection, Deadline deadline, String sql, String asked)
            throws SQLException {
        return database.statement(connection, deadline, sql)
                .bind("asked", asked)
                .first(row -> other(row, asked));
    }

    /** What the second column says of the id in the first. */
    private String other(ResultSet row, String asked) throws SQLException {
        database.ids().requireSame(asked, row.getString(1));
        return row.getString(2);
    }
}
