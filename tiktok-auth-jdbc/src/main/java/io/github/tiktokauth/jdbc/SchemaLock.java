package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Lets one node at a time change the tables; where the database knows no such lock, the statements must bear a race. */
final class SchemaLock {

    private static final Object H2_TABLES = new Object();
    /** Names of locks are global on the server, so that of the database comes first. */
    private static final String NAME = "LEFT(CONCAT(DATABASE(), '.', :name), 64)";

    private final Database database;

    SchemaLock(Database database) {
        this.database = database;
    }

    <T> T hold(Connection connection, Deadline deadline, ConnectionCallback<T> work) throws SQLException {
        return switch (database.dialect()) {
            // H2 stumbles over statements that change the same tables at once. Embedded, it belongs to one JVM.
            case H2 -> {
                synchronized (H2_TABLES) {
                    yield work.on(connection, deadline);
                }
            }
            // The lock ends with the transaction. It may have to be waited for, and only a write's time-out is
            // cancelled.
            case POSTGRESQL -> {
                database.statement(
                                connection,
                                deadline,
                                "DO $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('"
                                        + database.tables().schema() + "')); END $$")
                        .execute();
                yield work.on(connection, deadline);
            }
            case MARIADB, MYSQL -> byName(connection, deadline, work);
        };
    }

    private <T> T byName(Connection connection, Deadline deadline, ConnectionCallback<T> work) throws SQLException {
        // One second less, so that the lock's own time-out comes before the network's.
        int seconds = Math.max(1, deadline.seconds() - 1);
        boolean locked = database.statement(connection, deadline, "SELECT GET_LOCK(" + NAME + ", :seconds)")
                .bind("name", database.tables().schema())
                .bind("seconds", seconds)
                .first(row -> row.getInt(1) == 1)
                .orElse(false);
        if (!locked) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "could not create or upgrade the tables: another node is doing so; try again later",
                    null);
        }
        try {
            return work.on(connection, deadline);
        } finally {
            database.statement(connection, deadline, "SELECT RELEASE_LOCK(" + NAME + ")")
                    .bind("name", database.tables().schema())
                    .first(row -> row.getInt(1));
        }
    }
}
