package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** A spent state stays, marked, until it would have run out. */
final class JdbcStateStore implements StateStore {

    private static final int MOST_AT_ONCE = 1000;

    private static final String INSERT = "INSERT INTO {state} (hash, user_id, binding_hash, host_state, scope,"
            + " created_at, expires_at)"
            + " VALUES (:hash, :user_id, :binding_hash, :host_state, :scope, {now_micros}, {now+millis})";
    private static final String ABOVE_CAP = "SELECT hash FROM {state} WHERE user_id = :user_id AND used_at IS NULL"
            + " AND expires_at > {scan} ORDER BY created_at DESC, hash LIMIT 1000 OFFSET :keep";
    // Spent in any case: a clock that is set back shall not make a state good that was found to have run out.
    private static final String SPEND = "UPDATE {state} SET used_at = {now} WHERE hash = :hash AND used_at IS NULL";
    private static final String READ = "SELECT hash, user_id, binding_hash, host_state, scope,"
            + " (CASE WHEN used_at < expires_at THEN 1 ELSE 0 END) AS in_time FROM {state} WHERE hash = :hash";
    private static final String RAN_OUT =
            "SELECT hash FROM {state} WHERE expires_at <= {scan} ORDER BY expires_at, hash LIMIT :limit";

    private static final String REMEMBER = "INSERT INTO {state} (hash, user_id, created_at, expires_at, used_at)"
            + " VALUES (:hash, :user_id, {now_micros}, {now+millis}, {now})";
    private static final String PROLONG =
            "UPDATE {state} SET expires_at = {now+millis}, used_at = {now} WHERE hash = :hash AND expires_at <= {now}";

    private final Database database;

    JdbcStateStore(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return database.tables().state();
    }

    @Override
    public void save(StoredState state, Duration lifetime, int keepPerUser) {
        SqlValues.check(state);
        SqlValues.positive("keepPerUser", keepPerUser);
        Deadline deadline = database.deadline();
        database.write(
                "save a state",
                deadline,
                handle -> update(handle, INSERT)
                        .bind("hash", state.hash())
                        .bind("user_id", state.userId())
                        .bind("binding_hash", state.bindingHash())
                        .bind("host_state", state.hostState())
                        .bind("scope", state.scope())
                        .bind("millis", SqlValues.millis(lifetime))
                        .execute());
        // A transaction of its own sees what other nodes saved meanwhile, so the last one to come here enforces the
        // cap.
        List<String> above = database.read(
                "count states",
                deadline,
                handle -> query(handle, ABOVE_CAP)
                        .bind("user_id", state.userId())
                        .bind("keep", keepPerUser)
                        .mapTo(String.class)
                        .list());
        if (!above.isEmpty()) {
            database.write(
                    "remove states above the cap", deadline, handle -> delete(handle, above, " AND used_at IS NULL"));
        }
    }

    @Override
    public TakenState take(String hash) {
        SqlValues.known("hash", hash);
        return database.write("take a state", handle -> {
            boolean spent = update(handle, SPEND).bind("hash", hash).execute() == 1;
            return query(handle, READ)
                    .bind("hash", hash)
                    .map((row, context) ->
                            new TakenState(outcome(spent, row), Optional.of(AuthorizationRows.state(row))))
                    .findOne()
                    .orElseGet(() -> new TakenState(Outcome.UNKNOWN, Optional.empty()));
        });
    }

    private static Outcome outcome(boolean spentNow, ResultSet row) throws SQLException {
        if (!spentNow) {
            return Outcome.ALREADY_USED;
        }
        return row.getInt("in_time") == 1 ? Outcome.TAKEN : Outcome.EXPIRED;
    }

    @Override
    public boolean rememberOnce(String hash, Duration lifetime) {
        SqlValues.known("hash", hash);
        String what = "remember what was seen";
        Deadline deadline = database.deadline();
        while (true) {
            Optional<Boolean> inserted =
                    database.writeUnlessDuplicate(what, deadline, handle -> remember(handle, REMEMBER, hash, lifetime));
            if (inserted.isPresent()) {
                return inserted.get();
            }
            // Empty when what was in the way has been purged meanwhile: then it is worth another try.
            Optional<Boolean> prolonged = database.write(what, deadline, handle -> {
                if (remember(handle, PROLONG, hash, lifetime)) {
                    return Optional.of(true);
                }
                return query(handle, READ)
                        .bind("hash", hash)
                        .map((row, context) -> false)
                        .findOne();
            });
            if (prolonged.isPresent()) {
                return prolonged.get();
            }
            deadline.orGiveUp(what);
        }
    }

    private boolean remember(Handle handle, String sql, String hash, Duration lifetime) {
        Update update = update(handle, sql).bind("hash", hash).bind("millis", SqlValues.millis(lifetime));
        if (sql.equals(REMEMBER)) {
            update.bind("user_id", StoredState.NOBODY);
        }
        return update.execute() == 1;
    }

    @Override
    public void forget(String hash) {
        SqlValues.known("hash", hash);
        database.write(
                "forget what was seen",
                handle -> update(handle, "DELETE FROM {state} WHERE hash = :hash AND used_at IS NOT NULL")
                        .bind("hash", hash)
                        .execute());
    }

    @Override
    public int purge(int limit) {
        SqlValues.positive("limit", limit);
        return database.write("purge states", handle -> {
            List<String> ranOut = query(handle, RAN_OUT)
                    .bind("limit", Math.min(limit, MOST_AT_ONCE))
                    .mapTo(String.class)
                    .list();
            return delete(handle, ranOut, "");
        });
    }

    @Override
    public int erase(String userId) {
        SqlValues.id("userId", userId);
        return database.write("erase a user's states", handle -> erase(handle, userId));
    }

    int erase(Handle handle, String userId) {
        return update(handle, "DELETE FROM {state} WHERE user_id = :user_id")
                .bind("user_id", userId)
                .execute();
    }

    private int delete(Handle handle, List<String> hashes, String condition) {
        if (hashes.isEmpty()) {
            return 0;
        }
        // In one order everywhere, so that two nodes that clean up at once do not lock each other out.
        List<String> sorted = hashes.stream().sorted().toList();
        StringBuilder sql = new StringBuilder("DELETE FROM {state} WHERE hash IN (:h0");
        for (int i = 1; i < sorted.size(); i++) {
            sql.append(", :h").append(i);
        }
        Update delete = update(handle, sql.append(')').append(condition).toString());
        for (int i = 0; i < sorted.size(); i++) {
            delete.bind("h" + i, sorted.get(i));
        }
        return delete.execute();
    }

    private Query query(Handle handle, String sql) {
        return handle.createQuery(database.sql(sql));
    }

    private Update update(Handle handle, String sql) {
        return handle.createUpdate(database.sql(sql));
    }
}
