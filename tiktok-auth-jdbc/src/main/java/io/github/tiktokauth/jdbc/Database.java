package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements on connections of our own, each for milliseconds. A single statement is its own transaction under whatever
 * isolation the connection has; several are one short READ COMMITTED transaction. Either is run again as a whole when the
 * database rolled it back for the sake of another.
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MOST_TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Tables tables;
    private final Duration timeout;
    private final SqlTemplates templates;
    private final IdComparison ids;
    private final boolean comparesIds;

    Database(DataSource dataSource, Dialect dialect, Tables tables, Duration timeout, LongSupplier clockOffset) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.timeout = timeout;
        this.templates = new SqlTemplates(dialect, tables, clockOffset);
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

    SqlStatement statement(Connection connection, Deadline deadline, String template) {
        return new SqlStatement(connection, deadline, dialect, templates.named(template));
    }

    /** Reads what is committed now. */
    <T> T read(String what, ConnectionCallback<T> work) {
        return read(what, deadline(), work);
    }

    <T> T read(String what, Deadline deadline, ConnectionCallback<T> work) {
        return again(what, false, deadline, (on, until) -> Connections.alone(on, until, work));
    }

    /**
     * Runs one conditional statement. Where it meets another one's change it sees that change, or is rolled back and run again.
     */
    <T> T write(String what, ConnectionCallback<T> work) {
        return again(what, true, deadline(), (on, until) -> Connections.alone(on, until, work));
    }

    <T> T transaction(String what, ConnectionCallback<T> work) {
        return transaction(what, deadline(), work);
    }

    <T> T transaction(String what, Deadline deadline, ConnectionCallback<T> work) {
        return again(what, true, deadline, (on, until) -> Connections.inTransaction(on, until, work));
    }

    /** As {@link #transaction}; empty, and rolled back, when a unique key refused it. */
    <T> Optional<T> transactionUnlessDuplicate(String what, Deadline deadline, ConnectionCallback<T> work) {
        return transactionUnless(SqlFailure::isDuplicate, what, deadline, work);
    }

    /** As {@link #transaction}; empty, and rolled back, when it failed so. */
    <T> Optional<T> transactionUnless(
            Predicate<SqlFailure> refusal, String what, Deadline deadline, ConnectionCallback<T> work) {
        return again(what, true, deadline, (on, until) -> {
            try {
                return Optional.of(Connections.inTransaction(on, until, work));
            } catch (SQLException | RuntimeException e) {
                if (refusal.test(SqlFailure.of(e))) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private <T> T again(String what, boolean writing, Deadline deadline, ConnectionCallback<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return onConnection(what, deadline, work);
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

    private <T> T onConnection(String what, Deadline deadline, ConnectionCallback<T> work) throws SQLException {
        Connection connection = connection(what);
        try {
            if (comparesIds) {
                ids.requireOnce(connection, deadline);
            }
            return work.on(connection, deadline);
        } finally {
            Connections.quietly(connection::close);
        }
    }

    private Connection connection(String what) {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw SqlFailure.of(e).noConnection(what);
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
}
