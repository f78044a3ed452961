package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** What differs from one database to another. Every instant is UTC without zone, cut to milliseconds. */
enum Dialect {
    H2("H2", '"') {
        // A cast to TIMESTAMP would convert to the session's time zone; the epoch does not know one.
        @Override
        String nowMicros() {
            return "DATEADD(MICROSECOND, CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000) AS BIGINT),"
                    + " TIMESTAMP '1970-01-01 00:00:00')";
        }

        @Override
        String now() {
            return "DATEADD(MILLISECOND, CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT),"
                    + " TIMESTAMP '1970-01-01 00:00:00')";
        }

        // The arithmetic of now() takes H2 as long as finding a row does. All digits: with fewer H2 rounds, into the
        // future too.
        @Override
        String clock() {
            return "CURRENT_TIMESTAMP(9)";
        }

        @Override
        Instant clock(ResultSet row, int column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        String plusMillis(String instant, String millis) {
            return "DATEADD(MILLISECOND, " + millis + ", " + instant + ")";
        }

        @Override
        String tableExists() {
            return "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_SCHEMA = CURRENT_SCHEMA AND LOWER(TABLE_NAME) = ?";
        }

        /** H2 stumbles over statements that change the same tables at once. Embedded, it belongs to one JVM. */
        @Override
        <T> T locked(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work) throws SQLException {
            synchronized (H2_TABLES) {
                return work.on(handle);
            }
        }

        /** H2 would keep a statement's time-out for the whole session, which is the host's; its lock time-out bounds waits. */
        @Override
        boolean timesOutStatements() {
            return false;
        }
    },
    POSTGRESQL("PostgreSQL", '"') {
        // CURRENT_TIMESTAMP would be the transaction's beginning, before any wait for a lock.
        @Override
        String nowMicros() {
            return "(clock_timestamp() AT TIME ZONE 'UTC')";
        }

        @Override
        String now() {
            return "date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')";
        }

        // A volatile function is asked again for each row, so no index can be searched for it.
        @Override
        String scan() {
            return "(SELECT " + now() + ")";
        }

        // The index is a partial one, of the rows that can be due.
        @Override
        String dueOrder() {
            return "access_token_expires_at, id";
        }

        @Override
        String plusMillis(String instant, String millis) {
            return "(" + instant + " + " + millis + " * INTERVAL '1 millisecond')";
        }

        @Override
        String tableExists() {
            return "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(?)";
        }

        /** The lock ends with the transaction. */
        @Override
        <T> T locked(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work) throws SQLException {
            handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtext(:name))")
                    .bind("name", tables.schema())
                    .mapTo(Integer.class)
                    .one();
            return work.on(handle);
        }
    },
    MARIADB("MariaDB", '`') {
        @Override
        String nowMicros() {
            return "UTC_TIMESTAMP(6)";
        }

        @Override
        String now() {
            return "UTC_TIMESTAMP(3)";
        }

        @Override
        String plusMillis(String instant, String millis) {
            return "DATE_ADD(" + instant + ", INTERVAL (" + millis + " * 1000) MICROSECOND)";
        }

        @Override
        String tableExists() {
            return "SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND LOWER(table_name) = ?";
        }

        @Override
        <T> T locked(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work) throws SQLException {
            return lockedByName(handle, tables, deadline, work);
        }
    },
    /** After its documentation; no test runs against it. */
    MYSQL("MySQL", '`') {
        @Override
        String nowMicros() {
            return MARIADB.nowMicros();
        }

        @Override
        String now() {
            return MARIADB.now();
        }

        @Override
        String plusMillis(String instant, String millis) {
            return MARIADB.plusMillis(instant, millis);
        }

        @Override
        String tableExists() {
            return MARIADB.tableExists();
        }

        @Override
        <T> T locked(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work) throws SQLException {
            return lockedByName(handle, tables, deadline, work);
        }
    };

    private static final Object H2_TABLES = new Object();

    private final String product;
    private final char quote;

    Dialect(String product, char quote) {
        this.product = product;
        this.quote = quote;
    }

    /** Runs what only one node at a time shall run; where the database has no such lock, the statements must bear a race. */
    <T> T locked(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work) throws SQLException {
        return work.on(handle);
    }

    /** The database's clock, cut to milliseconds. */
    abstract String now();

    /** As {@link #now}, in queries that shall find their rows by an index. */
    String scan() {
        return now();
    }

    /** By access token's end and id, in the words that let the database read its index in that order. */
    String dueOrder() {
        return "is_active, reauthorization_reason, access_token_expires_at, id";
    }

    /** As {@link #now}, to be selected and read by {@link #clock(ResultSet, int)}. */
    String clock() {
        return now();
    }

    Instant clock(ResultSet row, int column) throws SQLException {
        return SqlValues.instant(row, column);
    }

    /** The database's clock with what it has beyond milliseconds, to order what happened within one. */
    abstract String nowMicros();

    abstract String plusMillis(String instant, String millis);

    /** A query for 1 or 0, with a name in lower case as its parameter. */
    abstract String tableExists();

    boolean timesOutStatements() {
        return true;
    }

    /**
     * Runs plain reads with an end to their waiting. The connection's, since a read waits for no lock but perhaps for the network;
     * and for a statement's time-out PostgreSQL's driver wakes another thread at each call, which takes as long as the read.
     */
    <T> T limited(Connection connection, Deadline deadline, Database.Attempt<T> reads) throws SQLException {
        if (!timesOutStatements()) {
            return reads.run();
        }
        int before = connection.getNetworkTimeout();
        int millis = deadline.seconds() * 1000;
        connection.setNetworkTimeout(Runnable::run, before == 0 ? millis : Math.min(before, millis));
        try {
            return reads.run();
        } finally {
            Database.quietly(() -> connection.setNetworkTimeout(Runnable::run, before));
        }
    }

    String quoted(String identifier) {
        return quote + identifier + quote;
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return product;
    }

    /** Names of locks are the server's, so that of the database stands in front. */
    private static <T> T lockedByName(Handle handle, Tables tables, Deadline deadline, Database.Work<T> work)
            throws SQLException {
        // One second less, so that the lock's own time-out comes before the statement's.
        int seconds = Math.max(1, deadline.seconds() - 1);
        boolean locked = handle.createQuery("SELECT GET_LOCK(LEFT(CONCAT(DATABASE(), '.', :name), 64), :seconds)")
                .bind("name", tables.schema())
                .bind("seconds", seconds)
                .mapTo(Integer.class)
                .findOne()
                .filter(answer -> answer == 1)
                .isPresent();
        if (!locked) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "could not create or upgrade the tables: another node is at it; try again later",
                    null);
        }
        try {
            return work.on(handle);
        } finally {
            handle.createQuery("SELECT RELEASE_LOCK(LEFT(CONCAT(DATABASE(), '.', :name), 64))")
                    .bind("name", tables.schema())
                    .mapTo(Integer.class)
                    .findOne();
        }
    }

    /** Asks the database what it is. */
    static Dialect of(DataSource dataSource) {
        String product;
        String version;
        try (Connection connection = dataSource.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
            version = connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException | RuntimeException e) {
            throw SqlFailure.of(e).noConnection("ask the database what it is");
        }
        return of(product, version);
    }

    static Dialect of(String product, String version) {
        // MySQL's driver calls a MariaDB server MySQL; only the version tells.
        if (product.equals("MySQL") && version.contains("MariaDB")) {
            return MARIADB;
        }
        for (Dialect dialect : values()) {
            if (dialect.product.equals(product)) {
                return dialect;
            }
        }
        throw new StoreException(
                StoreException.Kind.OTHER,
                "the database " + product
                        + " is not known: use H2, PostgreSQL or MariaDB, or write a TokenStore for it",
                null);
    }
}
