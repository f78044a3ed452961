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
                    + " WHERE TABLE_SCHEMA = CURRENT_SCHEMA AND LOWER(TABLE_NAME) = :name";
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

        @Override
        String plusMillis(String instant, String millis) {
            return "(" + instant + " + " + millis + " * INTERVAL '1 millisecond')";
        }

        @Override
        String tableExists() {
            return "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(:name)";
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
                    + " WHERE table_schema = DATABASE() AND LOWER(table_name) = :name";
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
    };

    private final String product;
    private final char quote;

    Dialect(String product, char quote) {
        this.product = product;
        this.quote = quote;
    }

    /** The database's clock, cut to milliseconds. */
    abstract String now();

    /** As {@link #now}, in queries that shall find their rows by an index. */
    String scan() {
        return now();
    }

    /** As {@link #now}, to be selected and read by {@link #clock(ResultSet, int)}. */
    String clock() {
        return now();
    }

    Instant clock(ResultSet row, int column) throws SQLException {
        return SqlTimes.instant(row, column);
    }

    /** The database's clock with what it has beyond milliseconds, to order what happened within one. */
    abstract String nowMicros();

    abstract String plusMillis(String instant, String millis);

    /** A query for 1 or 0, with a name in lower case as its parameter {@code :name}. */
    abstract String tableExists();

    /** Whether a time-out may be set for a statement or the network; both must end with the statement. */
    boolean timesOutStatements() {
        return true;
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
        // MySQL's driver calls a MariaDB server MySQL; only the version shows it.
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
