package io.github.tiktokauth.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its values, by JDBC alone: Jdbi's part in a read is larger than H2's, and to load it takes a quarter of a
 * second. None waits beyond the deadline.
 *
 * <p>A read waits for no lock but perhaps for the network, so the connection's network time-out bounds it; for a statement's
 * time-out PostgreSQL's driver wakes another thread at each call, which takes as long as the read. A write may wait for a lock,
 * and the statement's time-out lets the database cancel it.
 */
final class SqlStatement {

    /** Makes a value of the current row, or of all rows. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Deadline deadline;
    private final boolean timesOut;
    private final NamedSql sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    SqlStatement(Connection connection, Deadline deadline, Dialect dialect, NamedSql sql) {
        this.connection = connection;
        this.deadline = deadline;
        this.timesOut = dialect.timesOutStatements();
        this.sql = sql;
    }

    SqlStatement bind(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    SqlStatement bind(String name, @Nullable Instant value) {
        values.put(name, value == null ? null : SqlTimes.local(value));
        return this;
    }

    /** How many rows it changed. */
    int execute() throws SQLException {
        try (PreparedStatement statement = prepared()) {
            if (timesOut) {
                statement.setQueryTimeout(deadline.seconds());
            }
            return statement.executeUpdate();
        }
    }

    /** The first row, if any. */
    <T> Optional<T> first(RowReader<T> reader) throws SQLException {
        return query(rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty());
    }

    <T> List<T> list(RowReader<T> reader) throws SQLException {
        return query(rows -> {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        });
    }

    /** What is made of all rows; the reader starts before the first. */
    <T> T query(RowReader<T> reader) throws SQLException {
        if (!timesOut) {
            return unbounded(reader);
        }
        int before = connection.getNetworkTimeout();
        int millis = (int) Math.min(Integer.MAX_VALUE, deadline.seconds() * 1000L);
        connection.setNetworkTimeout(Runnable::run, before == 0 ? millis : Math.min(before, millis));
        try {
            return unbounded(reader);
        } finally {
            Connections.quietly(() -> connection.setNetworkTimeout(Runnable::run, before));
        }
    }

    private <T> T unbounded(RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepared();
                ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        try {
            for (int i = 0; i < sql.names().size(); i++) {
                String name = sql.names().get(i);
                if (!values.containsKey(name)) {
                    throw new IllegalStateException("nothing is bound to " + name);
                }
                statement.setObject(i + 1, values.get(name));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
