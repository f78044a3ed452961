package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.ValueLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A spent state stays, marked, until it would have run out. */
final class JdbcStateStore implements StateStore {

    private static final int MOST_AT_ONCE = 1000;

    private final Database database;

    JdbcStateStore(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return database.tables().state();
    }

    @Override
    public Instant now() {
        return DatabaseClock.now(database);
    }

    @Override
    public void save(StoredState state, Duration lifetime, int keepPerUser) {
        ValueLimits.check(state);
        ValueLimits.positive("keepPerUser", keepPerUser);
        Deadline deadline = database.deadline();
        database.transaction(
                "save a state",
                deadline,
                (connection, until) -> database.statement(connection, until, StateSql.INSERT)
                        .bind("hash", state.hash())
                        .bind("user_id", state.userId())
                        .bind("app_key", state.appKey())
                        .bind("binding_hash", state.bindingHash())
                        .bind("host_state", state.hostState())
                        .bind("scope", state.scope())
                        .bind("millis", SqlTimes.millis(lifetime))
                        .execute());
        // A transaction of its own sees what other nodes saved meanwhile, so the last one to come here enforces the
        // cap.
        List<String> above = database.read(
                "count states",
                deadline,
                (connection, until) -> database.statement(connection, until, StateSql.ABOVE_CAP)
                        .bind("user_id", state.userId())
                        .bind("keep", keepPerUser)
                        .list(row -> row.getString(1)));
        if (!above.isEmpty()) {
            database.transaction(
                    "remove states above the cap",
                    deadline,
                    (connection, until) -> delete(connection, until, "{state}", "spent_at IS NULL", above));
        }
    }

    @Override
    public TakenState take(String hash, String userId, @Nullable String bindingHash, String codeHash) {
        check(hash, userId, bindingHash);
        ValueLimits.code("codeHash", codeHash);
        return database.transaction("take a state", (connection, deadline) -> {
            boolean spent = database.statement(connection, deadline, StateSql.SPEND)
                            .bind("hash", hash)
                            .bind("user_id", userId)
                            .bind("binding_hash", bindingHash)
                            .bind("code_hash", codeHash)
                            .execute()
                    > 0;
            return row(connection, deadline, hash).taken(spent, userId, bindingHash);
        });
    }

    @Override
    public TakenState find(String hash, String userId, @Nullable String bindingHash) {
        check(hash, userId, bindingHash);
        return database.read(
                "read a state",
                (connection, deadline) -> row(connection, deadline, hash).found(userId, bindingHash));
    }

    private static void check(String hash, String userId, @Nullable String bindingHash) {
        ValueLimits.code("hash", hash);
        ValueLimits.id("userId", userId);
        ValueLimits.text("bindingHash", bindingHash, ValueLimits.CODE);
    }

    private StateRows.Row row(Connection connection, Deadline deadline, String hash) throws SQLException {
        return database.statement(connection, deadline, StateRows.STATE)
                .bind("hash", hash)
                .first(row -> StateRows.Row.of(database.dialect(), row))
                .orElseThrow();
    }

    @Override
    public boolean recordOutcome(String hash, String outcome) {
        ValueLimits.code("hash", hash);
        ValueLimits.code("outcome", outcome);
        return database.write(
                "note the outcome of a state",
                (connection, deadline) -> database.statement(connection, deadline, StateSql.OUTCOME)
                                .bind("hash", hash)
                                .bind("outcome", outcome)
                                .execute()
                        > 0);
    }

    @Override
    public boolean rememberOnce(String hash, Duration lifetime) {
        ValueLimits.code("hash", hash);
        String what = "remember what was seen";
        Deadline deadline = database.deadline();
        while (true) {
            Optional<Boolean> inserted = database.transactionUnlessDuplicate(
                    what,
                    deadline,
                    (connection, until) -> remember(connection, until, StateSql.REMEMBER, hash, lifetime));
            if (inserted.isPresent()) {
                return inserted.get();
            }
            // Empty when what was in the way has been purged meanwhile: then it is worth another try.
            Optional<Boolean> again = database.transaction(what, deadline, (connection, until) -> {
                if (remember(connection, until, StateSql.REMEMBER_AGAIN, hash, lifetime)) {
                    return Optional.of(true);
                }
                return database.statement(connection, until, StateSql.IS_THERE)
                        .bind("hash", hash)
                        .first(row -> false);
            });
            if (again.isPresent()) {
                return again.get();
            }
            deadline.orGiveUp(what);
        }
    }

    private boolean remember(Connection connection, Deadline deadline, String sql, String hash, Duration lifetime)
            throws SQLException {
        return database.statement(connection, deadline, sql)
                        .bind("hash", hash)
                        .bind("millis", SqlTimes.millis(lifetime))
                        .execute()
                == 1;
    }

    @Override
    public void forget(String hash) {
        ValueLimits.code("hash", hash);
        changed("forget what was seen", StateSql.FORGET, "hash", hash);
    }

    @Override
    public void savePending(PendingAuthorization pending, Duration lifetime) {
        ValueLimits.check(pending);
        database.write(
                "save a pending authorization",
                (connection, deadline) -> database.statement(connection, deadline, StateSql.INSERT_PENDING)
                        .bind("hash", pending.hash())
                        .bind("user_id", pending.userId())
                        .bind("app_key", pending.appKey())
                        .bind("binding_hash", pending.bindingHash())
                        .bind("payload", pending.payload())
                        .bind("obtained_at", pending.obtainedAt())
                        .bind("millis", SqlTimes.millis(lifetime))
                        .execute());
    }

    @Override
    public Optional<PendingAuthorization> findPending(String hash) {
        ValueLimits.code("hash", hash);
        return database.read(
                "read a pending authorization",
                (connection, deadline) -> database.statement(connection, deadline, StateRows.PENDING)
                        .bind("hash", hash)
                        .first(StateRows::pending));
    }

    @Override
    public boolean removePending(String hash) {
        ValueLimits.code("hash", hash);
        return changed("remove a pending authorization", StateSql.REMOVE_PENDING, "hash", hash) > 0;
    }

    @Override
    public int removePendingOfUser(String userId) {
        ValueLimits.id("userId", userId);
        return changed("remove a user's pending authorizations", StateSql.ERASE_PENDING, "user_id", userId);
    }

    private int changed(String what, String sql, String name, String value) {
        return database.write(
                what,
                (connection, deadline) -> database.statement(connection, deadline, sql)
                        .bind(name, value)
                        .execute());
    }

    @Override
    public int purge(int limit) {
        ValueLimits.positive("limit", limit);
        int most = Math.min(limit, MOST_AT_ONCE);
        return database.transaction("purge states", (connection, deadline) -> {
            int removed = purge(connection, deadline, "{state}", most);
            return removed < most ? removed + purge(connection, deadline, "{pending}", most - removed) : removed;
        });
    }

    private int purge(Connection connection, Deadline deadline, String table, int most) throws SQLException {
        List<String> ranOut = database.statement(connection, deadline, StateSql.ranOut(table))
                .bind("limit", most)
                .list(row -> row.getString(1));
        return delete(connection, deadline, table, "expires_at <= {now}", ranOut);
    }

    private int delete(Connection connection, Deadline deadline, String table, String condition, List<String> hashes) {
        if (hashes.isEmpty()) {
            return 0;
        }
        // In one order everywhere, so that two nodes that clean up at once do not lock each other out.
        List<String> sorted = hashes.stream().sorted().toList();
        return JdbiHandle.with(
                connection,
                deadline,
                database.dialect(),
                handle -> handle.createUpdate(database.sql(StateSql.delete(table, condition)))
                        .bindList("hashes", sorted)
                        .execute());
    }

    @Override
    public int erase(String userId) {
        ValueLimits.id("userId", userId);
        return database.transaction(
                "erase a user's states", (connection, deadline) -> erase(connection, deadline, userId));
    }

    int erase(Connection connection, Deadline deadline, String userId) throws SQLException {
        int erased = 0;
        for (String sql : List.of(StateSql.ERASE, StateSql.ERASE_PENDING)) {
            erased += database.statement(connection, deadline, sql)
                    .bind("user_id", userId)
                    .execute();
        }
        return erased;
    }
}
