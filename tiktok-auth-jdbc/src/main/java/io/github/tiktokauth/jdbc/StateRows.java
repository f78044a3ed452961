package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.PendingAuthorization;
import io.github.tiktokauth.spi.SpentState;
import io.github.tiktokauth.spi.StoredState;
import io.github.tiktokauth.spi.TakenState;
import io.github.tiktokauth.spi.TakenState.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads rows of the tables of states and of pending authorizations without reflection. */
final class StateRows {

    /** One row in any case, for the sake of the clock. */
    static final String STATE = "SELECT hash, user_id, app_key, binding_hash, host_state, scope, expires_at, spent_at,"
            + " code_hash, outcome, {clock} FROM (SELECT 1 AS one) o"
            + " LEFT JOIN {state} ON hash = :hash AND app_key IS NOT NULL";

    static final String PENDING = "SELECT hash, user_id, app_key, binding_hash, payload, obtained_at FROM {pending}"
            + " WHERE hash = :hash AND expires_at > {now}";

    /** One state as it was read, or that there is none. */
    record Row(
            @Nullable StoredState state,
            @Nullable Instant end,
            @Nullable SpentState spent,
            Instant storeTime) {

        static Row of(Dialect dialect, ResultSet row) throws SQLException {
            Instant storeTime = dialect.clock(row, 11);
            String hash = row.getString(1);
            if (hash == null) {
                return new Row(null, null, null, storeTime);
            }
            StoredState state = StoredState.builder(hash, row.getString(2), row.getString(3))
                    .bindingHash(row.getString(4))
                    .hostState(row.getString(5))
                    .scope(row.getString(6))
                    .build();
            Instant spentAt = SqlTimes.optionalInstant(row, 8);
            SpentState spent = spentAt == null ? null : new SpentState(row.getString(9), spentAt, row.getString(10));
            return new Row(state, SqlTimes.instant(row, 7), spent, storeTime);
        }

        /** For a reader. */
        TakenState found(String userId, @Nullable String bindingHash) {
            return as(status(userId, bindingHash));
        }

        /** For whoever tried to spend it, and did by this call or did not. */
        TakenState taken(boolean now, String userId, @Nullable String bindingHash) {
            Status status = status(userId, bindingHash);
            if (now) {
                return as(status == Status.ALREADY_USED ? Status.TAKEN : status);
            }
            // Open in spite of the write means that it was saved between the two.
            return status == Status.OPEN ? new TakenState(Status.UNKNOWN, null, null, storeTime) : as(status);
        }

        private TakenState as(Status status) {
            boolean used = status == Status.ALREADY_USED || status == Status.TAKEN;
            return new TakenState(status, state, used ? spent : null, storeTime);
        }

        private Status status(String userId, @Nullable String bindingHash) {
            if (state == null || end == null) {
                return Status.UNKNOWN;
            }
            String bound = state.bindingHash();
            if (!state.userId().equals(userId)) {
                return Status.OTHER_USER;
            }
            if (bound != null && !bound.equals(bindingHash)) {
                return Status.OTHER_BROWSER;
            }
            if (!end.isAfter(spent == null ? storeTime : spent.spentAt())) {
                return Status.EXPIRED;
            }
            return spent == null ? Status.OPEN : Status.ALREADY_USED;
        }
    }

    private StateRows() {}

    static PendingAuthorization pending(ResultSet row) throws SQLException {
        return new PendingAuthorization(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                SqlTimes.instant(row, 6));
    }
}
