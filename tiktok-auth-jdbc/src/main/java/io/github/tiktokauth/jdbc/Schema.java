package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables from any earlier version to the present one, script by script. Each script ends by writing its version and
 * the oldest one whose nodes can work on; one that was cut short is run again, so its statements must bear that ({@code IF NOT
 * EXISTS}).
 */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** The first that was released, and the present one. */
    private static final int FIRST = 2;

    private static final int NONE = 0;
    private static final int MOST_TRIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UPGRADE = "create or upgrade the tables";

    /** What the table of the version says. */
    private record Found(int version, int compatibleSince) {}

    private final Database database;
    private final int target;
    private final IntFunction<SchemaScript> scripts;

    Schema(Database database) {
        this(database, FIRST, version -> SchemaScript.ofLibrary(database.dialect(), version));
    }

    Schema(Database database, int target, IntFunction<SchemaScript> scripts) {
        this.database = database;
        this.target = target;
        this.scripts = scripts;
    }

    void createOrUpgrade() {
        bringUp();
        compareIds();
    }

    private void bringUp() {
        // Read first: a node that may not change tables shall start as long as it need not.
        if (usable().version() >= target) {
            return;
        }
        Deadline deadline = Deadline.in(PATIENCE);
        ConnectionCallback<Integer> upgrade =
                (connection, until) -> new SchemaLock(database).hold(connection, until, this::upgrade);
        Optional<Integer> before = Optional.empty();
        // Run again when another node was faster.
        for (int tries = 1; before.isEmpty() && tries < MOST_TRIES && !deadline.isOver(); tries++) {
            before = database.transactionUnless(SqlFailure::isAlreadyThere, UPGRADE, deadline, upgrade);
            if (before.isEmpty()) {
                Database.pause(UPGRADE);
            }
        }
        int was = before.isPresent() ? before.get() : database.transaction(UPGRADE, deadline, upgrade);
        if (was < target) {
            LOG.info(
                    "tables of {}: schema version {}, was {}", database.tables().authorization(), target, was);
        }
    }

    void check() {
        int found = usable().version();
        if (found < target) {
            throw trouble("the tables of " + database.tables().authorization() + " have schema version " + found
                    + ", not " + target + ": call JdbcStores.createOrUpgrade(), or run the scripts that ship with the"
                    + " library");
        }
        List<String> missing = database.read("read the columns of the tables", this::missing);
        if (!missing.isEmpty()) {
            throw trouble("the tables lack " + String.join(", ", missing)
                    + ": compare them with the script that ships with the library, and add what is missing");
        }
        compareIds();
    }

    /** Also of tables in the right version: collations are the database's, or those of whoever made the tables. */
    private void compareIds() {
        database.read("see how the database compares ids", (connection, deadline) -> {
            database.ids().require(connection, deadline);
            return true;
        });
    }

    private int upgrade(Connection connection, Deadline deadline) throws SQLException {
        int before = usable(connection, deadline).version();
        for (int version = Math.max(FIRST, before + 1); version <= target; version++) {
            for (String statement : scripts.apply(version).statements(database.tables())) {
                new SqlStatement(connection, deadline, database.dialect(), NamedSql.literal(statement)).execute();
            }
        }
        usable(connection, deadline);
        return before;
    }

    private Found usable() {
        return database.read("read the schema version", this::usable);
    }

    /** Refuses tables that this node cannot work on and cannot upgrade. */
    private Found usable(Connection connection, Deadline deadline) throws SQLException {
        String tables = "the tables of " + database.tables().authorization();
        int version = version(connection, deadline);
        if (version != NONE && version < FIRST) {
            throw trouble(
                    tables + " have schema version " + version + ", which only snapshots of this library before its"
                            + " first release made and which cannot be upgraded: export what you need, drop these tables, and"
                            + " call JdbcStores.createOrUpgrade()");
        }
        int compatibleSince = version > target
                ? database.statement(connection, deadline, "SELECT compatible_since FROM {schema} WHERE id = 1")
                        .first(row -> row.getInt(1))
                        .orElse(version)
                : version;
        if (compatibleSince > target) {
            throw trouble(tables + " have schema version " + version + ", which needs a library that knows version "
                    + compatibleSince + "; this one knows " + target + ": use a newer version of the library on this"
                    + " node");
        }
        return new Found(version, compatibleSince);
    }

    private int version(Connection connection, Deadline deadline) throws SQLException {
        // The order matters: whoever makes the tables makes that of the version first.
        boolean tableThere = exists(connection, deadline, database.tables().authorization());
        if (!exists(connection, deadline, database.tables().schema())) {
            if (tableThere) {
                throw trouble("there is a table " + database.tables().authorization()
                        + " that this library did not make: rename it and bring its rows over with JdbcStores.adopt(), or"
                        + " choose another table name");
            }
            return NONE;
        }
        return database.statement(connection, deadline, "SELECT version FROM {schema} WHERE id = 1")
                .first(row -> row.getInt(1))
                .orElse(NONE);
    }

    private boolean exists(Connection connection, Deadline deadline, String table) throws SQLException {
        return database.statement(connection, deadline, database.dialect().tableExists())
                .bind("name", table)
                .first(row -> row.getInt(1) > 0)
                .orElse(false);
    }

    /** What the script of this version creates and the tables have not. */
    private List<String> missing(Connection connection, Deadline deadline) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (var table : scripts.apply(FIRST).columns(database.tables()).entrySet()) {
            if (!exists(connection, deadline, table.getKey())) {
                missing.add("the table " + table.getKey());
                continue;
            }
            List<String> there = columns(connection, deadline, table.getKey());
            table.getValue().stream()
                    .filter(column -> !there.contains(column))
                    .forEach(column -> missing.add(table.getKey() + "." + column));
        }
        return missing;
    }

    private List<String> columns(Connection connection, Deadline deadline, String table) throws SQLException {
        return database.statement(connection, deadline, "SELECT * FROM " + table + " WHERE 1 = 0")
                .query(rows -> {
                    ResultSetMetaData data = rows.getMetaData();
                    List<String> names = new ArrayList<>();
                    for (int i = 1; i <= data.getColumnCount(); i++) {
                        names.add(data.getColumnLabel(i).toLowerCase(Locale.ROOT));
                    }
                    return names;
                });
    }

    private static StoreException trouble(String message) {
        return new StoreException(StoreException.Kind.SCHEMA, message, null);
    }
}
