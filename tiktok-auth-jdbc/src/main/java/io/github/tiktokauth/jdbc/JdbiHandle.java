package io.github.tiktokauth.jdbc;

import java.sql.Connection;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Runs statements with lists by Jdbi. No token read comes by here: to load Jdbi takes a quarter of a second. */
final class JdbiHandle {

    private JdbiHandle() {}

    /** The connection and its transaction stay as they are. SqlTemplates' names in angle brackets are lists. */
    static <T> T with(Connection connection, Deadline deadline, Dialect dialect, Function<Handle, T> work) {
        Jdbi jdbi = Jdbi.create(connection);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        SqlStatements statements = jdbi.getConfig(SqlStatements.class).setIncludeBindingsInTelemetry(false);
        if (dialect.timesOutStatements()) {
            statements.setQueryTimeout(deadline.seconds());
        }
        // Transactions are ended elsewhere; with autocommit off Jdbi would take every connection for an unfinished one.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        }
    }
}
