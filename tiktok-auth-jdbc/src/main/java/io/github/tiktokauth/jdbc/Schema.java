package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables from any earlier version to the present one, script by script. Each script ends by writing its version;
 * one that was cut short is run again, so its statements must bear that ({@code IF NOT EXISTS}).
 */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final int VERSION = 1;
    private static final int NONE = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database;
    private final int target;
    private final IntFunction<String> scripts;

    Schema(Database database) {
        this(database, VERSION, version -> resource(database.dialect(), version));
    }

    Schema(Database database, int target, IntFunction<String> scripts) {
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
        int found = database.readPlain("read the schema version", this::version);
        if (found > target) {
            throw newer(found);
        }
        if (found == target) {
            return;
        }
        Deadline deadline = Deadline.in(PATIENCE);
        int before =
                database.writeSchema("create or upgrade the tables", deadline, handle -> upgrade(handle, deadline));
        if (before != target) {
            LOG.info(
                    "tables of {}: schema version {}, was {}", database.tables().authorization(), target, before);
        }
    }

    void check() {
        int found = database.readPlain("read the schema version", this::version);
        if (found > target) {
            throw newer(found);
        }
        if (found < target) {
            throw new StoreException(
                    StoreException.Kind.SCHEMA,
                    "the tables of " + database.tables().authorization() + " have schema version " + found + ", not "
                            + target + ": call JdbcStores.createOrUpgrade(), or run the scripts that ship with the"
                            + " library",
                    null);
        }
        compareIds();
    }

    /** Also of tables in the right version: collations are the database's, or those of whoever made the tables. */
    private void compareIds() {
        database.readPlain("see how the database compares ids", (connection, deadline) -> {
            database.ids().require(connection, deadline);
            return true;
        });
    }

    private int upgrade(Handle handle, Deadline deadline) throws SQLException {
        int before = version(handle.getConnection(), deadline);
        for (int version = before + 1; version <= target; version++) {
            statements(scripts.apply(version)).forEach(handle::execute);
        }
        int after = version(handle.getConnection(), deadline);
        if (after > target) {
            throw newer(after);
        }
        return before;
    }

    private int version(Connection connection, Deadline deadline) throws SQLException {
        // The order matters: whoever makes the tables makes that of the version first.
        boolean tableThere = exists(connection, deadline, database.tables().authorization());
        if (!exists(connection, deadline, database.tables().schema())) {
            if (tableThere) {
                throw foreign();
            }
            return NONE;
        }
        String sql = database.sql("SELECT version FROM {schema} WHERE id = 1");
        return database.row(connection, deadline, row -> row.getInt(1), sql).orElse(NONE);
    }

    private boolean exists(Connection connection, Deadline deadline, String table) throws SQLException {
        String sql = database.dialect().tableExists();
        return database.row(connection, deadline, row -> row.getInt(1), sql, table)
                .filter(count -> count > 0)
                .isPresent();
    }

    private List<String> statements(String script) {
        String bare = database.tables()
                .inScript(script)
                .lines()
                .filter(line -> !line.startsWith("--"))
                .reduce("", (all, line) -> all + line + "\n");
        return Arrays.stream(bare.split(";\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String resource(Dialect dialect, int version) {
        String name = dialect.folder() + "/V" + version + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoreException newer(int found) {
        return new StoreException(
                StoreException.Kind.SCHEMA,
                "the tables of " + database.tables().authorization() + " have schema version " + found
                        + ", this library knows " + target + ": use a newer version of the library on this node",
                null);
    }

    private StoreException foreign() {
        String table = database.tables().authorization();
        return new StoreException(
                StoreException.Kind.SCHEMA,
                "there is a table " + table + " that this library did not make: rename it and bring its rows over with"
                        + " JdbcStores.adopt(), or choose another table name",
                null);
    }
}
