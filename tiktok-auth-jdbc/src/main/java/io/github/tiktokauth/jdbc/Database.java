package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements on connections of our own, each for milliseconds. A write of several statements is one short READ COMMITTED
 * transaction, run again as a whole when the database rolled it back for the sake of another; what the connection was set to
 * is restored.
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MOST_TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    /** Uses a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle) throws SQLException;
    }

    /** Uses a connection without Jdbi. */
    @FunctionalInterface
    interface PlainWork<T> {
        T on(Connection connection, Deadline deadline) throws SQLException;
    }

    /** Makes a value of the row it stands at. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Tables tables;
    private final Duration timeout;
    private final Templates templates;
    private final IdComparison ids;
    private final boolean comparesIds;
    private @Nullable Jdbi jdbi;

    Database(DataSource dataSource, Dialect dialect, Tables tables, Duration timeout, LongSupplier clockOffset) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.timeout = timeout;
        this.templates = new Templates(dialect, tables, clockOffset);
        this.ids = new IdComparison(dialect, tables);
        this.comparesIds = false;
    }

    private Database(Database same) {
        dataSource = same.dataSource;
        dialect = same.dialect;
        tables = same.tables;
        timeout = same.timeout;
        templates = same.templates;
        ids = same.ids;
        comparesIds = true;
    }

    /** The same for whoever works on ids: nothing is read or written before they are known to be compared exactly. */
    Database forIds() {
        return new Database(this);
    }

    /** Made when first needed. */
    private synchronized Jdbi jdbi() {
        if (jdbi == null) {
            jdbi = configured(Jdbi.create(dataSource));
        }
        return jdbi;
    }

    private static Jdbi configured(Jdbi jdbi) {
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class)
                .setIncludeBindingsInTelemetry(false)
                .setTemplateEngine((template, context) -> template);
        // Transactions are ended here; with autocommit off Jdbi would take every connection for an unfinished one.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        return jdbi;
    }

    Dialect dialect() {
        return dialect;
    }

    Tables tables() {
        return tables;
    }

    IdComparison ids() {
        return ids;
    }

    Deadline deadline() {
        return Deadline.in(timeout);
    }

    /** A statement as this database takes it. */
    String sql(String template) {
        return templates.sql(template);
    }

    /** One read of what is committed now. */
    <T> T read(String what, Work<T> work) {
        return read(what, deadline(), work);
    }

    <T> T read(String what, Deadline deadline, Work<T> work) {
        return again(what, false, deadline, () -> inOneStatement(what, deadline, work));
    }

    /**
     * One read without Jdbi, for what every call without a cache and every start of a JVM goes through: Jdbi's part in such a
     * read is larger than H2's, and to load Jdbi takes a quarter of a second.
     */
    <T> T readPlain(String what, PlainWork<T> work) {
        Deadline deadline = deadline();
        return again(
                what,
                false,
                deadline,
                () -> onPlainConnection(
                        what,
                        deadline,
                        connection -> dialect.limited(connection, deadline, () -> alone(connection, deadline, work))));
    }

    @FunctionalInterface
    private interface ConnectionWork<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T onPlainConnection(String what, Deadline deadline, ConnectionWork<T> work) throws SQLException {
        Connection connection = connection(what);
        try {
            if (comparesIds) {
                ids.requireOnce(connection, deadline);
            }
            return work.on(connection);
        } finally {
            quietly(connection::close);
        }
    }

    /** As a transaction of its own, whatever the connection is set to. */
    static <T> T alone(Connection connection, Deadline deadline, PlainWork<T> work) throws SQLException {
        return connection.getAutoCommit()
                ? work.on(connection, deadline)
                : committed(connection, () -> work.on(connection, deadline));
    }

    /** The first row, if any. */
    <T> Optional<T> row(Connection connection, Deadline deadline, RowReader<T> reader, String sql, String... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
            }
        }
    }

    private Connection connection(String what) {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw SqlFailure.of(e).noConnection(what);
        }
    }

    /**
     * One conditional statement without Jdbi, for the same reason. It is its own transaction under whatever isolation the
     * connection has: where it meets another one's change it sees that change, or is rolled back and run again.
     */
    <T> T writePlain(String what, PlainWork<T> work) {
        Deadline deadline = deadline();
        return again(
                what,
                true,
                deadline,
                () -> onPlainConnection(what, deadline, connection -> alone(connection, deadline, work)));
    }

    SqlUpdate update(Connection connection, Deadline deadline, String template) {
        return new SqlUpdate(
                connection, templates.plain(template), dialect.timesOutStatements() ? deadline.seconds() : 0);
    }

    <T> T write(String what, Work<T> work) {
        return write(what, deadline(), work);
    }

    <T> T write(String what, Deadline deadline, Work<T> work) {
        return again(what, true, deadline, () -> inTransaction(what, deadline, work));
    }

    /** As {@link #write}; empty, and rolled back, when a unique key refused it. */
    <T> Optional<T> writeUnlessDuplicate(String what, Deadline deadline, Work<T> work) {
        return again(what, true, deadline, () -> {
            try {
                return Optional.of(inTransaction(what, deadline, work));
            } catch (SQLException | RuntimeException e) {
                if (SqlFailure.of(e).isDuplicate()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** As {@link #write} for statements that change tables: run again also when another node was faster. */
    <T> T writeSchema(String what, Deadline deadline, Work<T> work) {
        return again(what, true, deadline, () -> {
            for (int tries = 1; ; tries++) {
                try {
                    return inTransaction(what, deadline, handle -> dialect.locked(handle, tables, deadline, work));
                } catch (SQLException | RuntimeException e) {
                    if (!SqlFailure.of(e).isAlreadyThere() || tries == MOST_TRIES || deadline.isOver()) {
                        throw e;
                    }
                }
                pause(what);
            }
        });
    }

    /** What can be run again. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    private static <T> T again(String what, boolean writing, Deadline deadline, Attempt<T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.run();
            } catch (StoreException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                SqlFailure failure = SqlFailure.of(e);
                if (!failure.isRetryable() || tries == MOST_TRIES || deadline.isOver()) {
                    throw failure.toException(what, writing);
                }
                LOG.debug("{}: run again after SQLSTATE {}, try {}", what, failure.sqlState(), tries);
            }
            pause(what);
        }
    }

    static void pause(String what) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS) + 1L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "could not " + what + ": interrupted", null);
        }
    }

    private <T> T inTransaction(String what, Deadline deadline, Work<T> work) throws SQLException {
        return onConnection(what, deadline, handle -> {
            Connection connection = handle.getConnection();
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            try {
                return committed(connection, () -> work.on(handle));
            } finally {
                restore(connection, autoCommit, isolation);
            }
        });
    }

    private <T> T inOneStatement(String what, Deadline deadline, Work<T> work) throws SQLException {
        return onConnection(what, deadline, handle -> {
            Connection connection = handle.getConnection();
            return connection.getAutoCommit() ? work.on(handle) : committed(connection, () -> work.on(handle));
        });
    }

    private static <T> T committed(Connection connection, Attempt<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.run();
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                quietly(connection::rollback);
            }
        }
    }

    private static void restore(Connection connection, boolean autoCommit, int isolation) {
        if (autoCommit) {
            quietly(() -> connection.setAutoCommit(true));
        }
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            quietly(() -> connection.setTransactionIsolation(isolation));
        }
    }

    private <T> T onConnection(String what, Deadline deadline, Work<T> work) throws SQLException {
        Handle handle;
        try {
            handle = jdbi().open();
        } catch (RuntimeException e) {
            throw SqlFailure.of(e).noConnection(what);
        }
        try {
            if (comparesIds) {
                ids.requireOnce(handle.getConnection(), deadline);
            }
            if (dialect.timesOutStatements()) {
                handle.getConfig(SqlStatements.class).setQueryTimeout(deadline.seconds());
            }
            return work.on(handle);
        } finally {
            quietly(handle::close);
        }
    }

    /** What need not succeed. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    /** What fails here changes nothing about what was or was not committed; a broken connection is the pool's to notice. */
    static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            @Nullable String state = SqlFailure.of(e).sqlState();
            LOG.debug("giving a connection back failed, SQLSTATE {}", state);
        }
    }
}
