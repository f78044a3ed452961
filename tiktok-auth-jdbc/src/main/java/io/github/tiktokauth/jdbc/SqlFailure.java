package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The safe part of a driver's exception: SQLSTATE and vendor code. Its message and its causes quote rows and arguments, so
 * they stay here.
 */
record SqlFailure(
        @Nullable String sqlState,
        int vendorCode,
        boolean timedOut,
        @Nullable String unexpected) {

    private static final int MARIADB_DUPLICATE = 1062;
    private static final int MARIADB_LOCK_TIMEOUT = 1205;
    private static final int MARIADB_RECORD_CHANGED = 1020;
    private static final int MARIADB_PACKET_TOO_LARGE = 1153;
    private static final int MARIADB_MIX_OF_COLLATIONS = 1267;
    private static final int MYSQL_CANNOT_CONVERT_TEXT = 3854;
    private static final int H2_TABLE_EXISTS = 42101;
    private static final int H2_INDEX_EXISTS = 42111;
    private static final int MARIADB_TABLE_EXISTS = 1050;
    /** An error within H2, as it comes when two of its clients change the same tables at once. */
    private static final int H2_INTERNAL = 50000;

    private static final Set<Integer> READ_ONLY_CODES = Set.of(90097, 1290, 1836, 1792, 3100);
    private static final Set<Integer> NO_RIGHT_CODES = Set.of(90096, 1044, 1142, 1143, 1227, 1370);
    private static final Set<Integer> GONE_CODES = Set.of(
            // H2: connection or database closed, locked by another process, broken
            90007,
            90020,
            90067,
            90098,
            90121,
            90135,
            // MariaDB: too many connections, shut-down, killed, interrupted
            1040,
            1053,
            1317,
            1927,
            1969,
            3024);
    private static final Set<Integer> WRONG_TABLE_CODES = Set.of(1364);

    /** Of any other exception only the class is safe: its message may quote values, too. */
    static SqlFailure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                boolean timedOut = sql instanceof SQLTimeoutException || sql instanceof SQLTransientConnectionException;
                return new SqlFailure(sql.getSQLState(), sql.getErrorCode(), timedOut, null);
            }
        }
        return new SqlFailure(null, 0, false, thrown.getClass().getName());
    }

    boolean isDuplicate() {
        return "23505".equals(sqlState) || ("23000".equals(sqlState) && vendorCode == MARIADB_DUPLICATE);
    }

    /** Another node made the same table a moment ago. */
    boolean isAlreadyThere() {
        return isDuplicate()
                || in("42P07", "42710")
                || vendorCode == H2_TABLE_EXISTS
                || vendorCode == H2_INDEX_EXISTS
                || vendorCode == H2_INTERNAL
                || vendorCode == MARIADB_TABLE_EXISTS;
    }

    /** The transaction was rolled back for the sake of another one; run again it may well succeed. */
    boolean isRetryable() {
        return isClass("40")
                || in("55P03", "HYT00")
                || vendorCode == MARIADB_LOCK_TIMEOUT
                || vendorCode == MARIADB_RECORD_CHANGED;
    }

    /** The database's character set lacks what a statement holds. */
    boolean isBeyondCharacterSet() {
        return isClass("22") || vendorCode == MARIADB_MIX_OF_COLLATIONS || vendorCode == MYSQL_CANNOT_CONVERT_TEXT;
    }

    /** The connection is of no use any more. */
    boolean isGone() {
        return isClass("08") || GONE_CODES.contains(vendorCode);
    }

    /** For what failed before a connection was there: whatever it says, the database could not be asked. */
    StoreException noConnection(String what) {
        String text = isClass("28") ? "the database refuses the login; check user and password" : UNAVAILABLE;
        return exception(Kind.UNAVAILABLE, what, text);
    }

    StoreException toException(String what, boolean writing) {
        Kind kind = kind(writing);
        String text = switch (kind) {
            case UNAVAILABLE -> UNAVAILABLE;
            case READ_ONLY ->
                "the database refuses the write; it is read-only, or its user lacks the right" + " to write the tables";
            case SCHEMA ->
                "a table is missing or is not as expected; call JdbcStores.createOrUpgrade() once,"
                        + " or check table name, schema and rights";
            case BAD_VALUE -> "a value does not fit into its column, or a constraint refuses it";
            case OTHER -> "the database refuses; look SQLSTATE and vendor code up in its manual";
        };
        return exception(kind, what, text);
    }

    private static final String UNAVAILABLE = "the database does not answer, or not in time; try again later";

    private StoreException exception(Kind kind, String what, String text) {
        if (unexpected != null) {
            return new StoreException(kind, "could not " + what + ": " + text + " (" + unexpected + ")", null);
        }
        return new StoreException(
                kind,
                "could not " + what + ": " + text + " (SQLSTATE " + (sqlState == null ? "none" : sqlState)
                        + ", vendor code " + vendorCode + ")",
                sqlState);
    }

    private Kind kind(boolean writing) {
        if (vendorCode == MARIADB_PACKET_TOO_LARGE) {
            return Kind.BAD_VALUE;
        }
        if (in("25006") || READ_ONLY_CODES.contains(vendorCode)) {
            return Kind.READ_ONLY;
        }
        if (in("42501") || NO_RIGHT_CODES.contains(vendorCode)) {
            return writing ? Kind.READ_ONLY : Kind.SCHEMA;
        }
        if (timedOut
                || isRetryable()
                || isClass("08")
                || isClass("53")
                || isClass("57")
                || isClass("28")
                || in("70100")
                || GONE_CODES.contains(vendorCode)) {
            return Kind.UNAVAILABLE;
        }
        if (isClass("42") || isClass("3F") || WRONG_TABLE_CODES.contains(vendorCode)) {
            return Kind.SCHEMA;
        }
        return isClass("22") || isClass("23") || isClass("54") ? Kind.BAD_VALUE : Kind.OTHER;
    }

    private boolean isClass(String two) {
        return sqlState != null && sqlState.startsWith(two);
    }

    private boolean in(String... states) {
        return sqlState != null && Set.of(states).contains(sqlState);
    }
}
