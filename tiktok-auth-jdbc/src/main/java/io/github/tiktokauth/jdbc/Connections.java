package io.github.tiktokauth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends transactions, and gives connections back as they were handed out. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** What need not succeed. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    private Connections() {}

    /** As a transaction of its own under whatever isolation the connection has. */
    static <T> T alone(Connection connection, Deadline deadline, ConnectionCallback<T> work) throws SQLException {
        return connection.getAutoCommit() ? work.on(connection, deadline) : committed(connection, deadline, work);
    }

    /** As a READ COMMITTED transaction; what the connection was set to is restored. */
    static <T> T inTransaction(Connection connection, Deadline deadline, ConnectionCallback<T> work)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
        try {
            return committed(connection, deadline, work);
        } finally {
            if (autoCommit) {
                quietly(() -> connection.setAutoCommit(true));
            }
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                quietly(() -> connection.setTransactionIsolation(isolation));
            }
        }
    }

    private static <T> T committed(Connection connection, Deadline deadline, ConnectionCallback<T> work)
            throws SQLException {
        boolean done = false;
        try {
            T result = work.on(connection, deadline);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                quietly(connection::rollback);
            }
        }
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
