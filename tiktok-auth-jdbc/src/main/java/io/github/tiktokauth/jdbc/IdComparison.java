package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks the database whether it distinguishes ids as the tables store them, in the types and collations of their own columns. One that
 * does not would give one user another's tokens, and end another's connection. The question needs no row and no right but to read.
 */
final class IdComparison {

    /** Two ids that some comparison takes for one. */
    private record Pair(String one, String other) {}

    /** A column whose values are compared with a user's or a shop's id. */
    private record IdColumn(String alias, String table, String name) {

        String equates(Pair pair) {
            return "COALESCE(" + alias + "." + name + ", '" + pair.one() + "') = '" + pair.other() + "'";
        }

        @Override
        public String toString() {
            return table + "." + name;
        }
    }

    private static final List<Pair> IN_EVERY_CHARACTER_SET = List.of(new Pair("a", "A"), new Pair("a", "a "));
    /** An accent, the same letter spelled in two ways, and a character without width. */
    private static final List<Pair> ALL = List.of(
            IN_EVERY_CHARACTER_SET.get(0),
            IN_EVERY_CHARACTER_SET.get(1),
            new Pair("a", "\u00e4"),
            new Pair("\u00e4", "a\u0308"),
            new Pair("a", "a\u200b"));

    private final Dialect dialect;
    private final Tables tables;
    private final List<IdColumn> columns;
    /** Known to be exact; a column's collation is not expected to change while the process runs. */
    private volatile boolean exact;

    IdComparison(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.tables = tables;
        this.columns = List.of(
                new IdColumn("a", tables.authorization(), "user_id"),
                new IdColumn("a", tables.authorization(), "shop_id"),
                new IdColumn("a", tables.authorization(), "former_user_id"),
                new IdColumn("s", tables.state(), "user_id"),
                new IdColumn("p", tables.pending(), "user_id"));
    }

    /** Asks once; afterwards this costs nothing. */
    void requireOnce(Connection connection, Deadline deadline) throws SQLException {
        if (!exact) {
            require(connection, deadline);
        }
    }

    /** By itself on a connection that is in no transaction. */
    void require(Connection connection, Deadline deadline) throws SQLException {
        List<IdColumn> inexact = inexact(connection, deadline);
        exact = inexact.isEmpty();
        if (!exact) {
            throw refusal(inexact);
        }
    }

    private List<IdColumn> inexact(Connection connection, Deadline deadline) throws SQLException {
        try {
            return Connections.alone(connection, deadline, (on, until) -> equating(on, until, ALL));
        } catch (SQLException e) {
            // What the database cannot hold it cannot take for something else.
            if (!SqlFailure.of(e).isBeyondCharacterSet()) {
                throw e;
            }
            return Connections.alone(connection, deadline, (on, until) -> equating(on, until, IN_EVERY_CHARACTER_SET));
        }
    }

    private List<IdColumn> equating(Connection connection, Deadline deadline, List<Pair> pairs) throws SQLException {
        // The joins find nothing, so that COALESCE takes the text, and compares it as the column would be.
        String sql = columns.stream()
                .map(column -> pairs.stream().map(column::equates).collect(Collectors.joining(" OR ")))
                .map(equates -> "CASE WHEN " + equates + " THEN 1 ELSE 0 END")
                .collect(Collectors.joining(
                        ", ",
                        "SELECT ",
                        " FROM (SELECT 1 AS one) o LEFT JOIN " + tables.authorization() + " a ON 1 = 0 LEFT JOIN "
                                + tables.state() + " s ON 1 = 0 LEFT JOIN " + tables.pending() + " p ON 1 = 0"));
        return new SqlStatement(connection, deadline, dialect, NamedSql.literal(sql))
                .first(this::equating)
                .orElseThrow(() -> new SQLException("no row", "02000"));
    }

    private List<IdColumn> equating(ResultSet row) throws SQLException {
        List<IdColumn> equating = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (row.getInt(i + 1) == 1) {
                equating.add(columns.get(i));
            }
        }
        return equating;
    }

    /** What comes back was asked for by this id; the second line, should a column have changed after all. */
    void requireSame(String asked, String found) {
        if (!found.equals(asked)) {
            exact = false;
            throw refusal(columns);
        }
    }

    private StoreException refusal(List<IdColumn> inexact) {
        String names = inexact.stream().map(IdColumn::toString).collect(Collectors.joining(", "));
        return new StoreException(
                StoreException.Kind.SCHEMA,
                "the database takes different ids for one in " + names + ": letter case, accents or trailing blanks do"
                        + " not count there, and one user would get another's tokens; " + remedy(inexact.get(0)),
                null);
    }

    private String remedy(IdColumn column) {
        String table = "ALTER TABLE " + column.table();
        return switch (dialect) {
            case H2 ->
                "give each of them a type that IGNORECASE leaves alone (" + table + " ALTER COLUMN " + column.name()
                        + " SET DATA TYPE VARCHAR_CASESENSITIVE(256)), and use a database without SET COLLATION";
            case POSTGRESQL ->
                "give each of them an exact collation (" + table + " ALTER COLUMN " + column.name()
                        + " TYPE VARCHAR(128) COLLATE \"C\")";
            case MARIADB -> convert(table, "utf8mb4_nopad_bin");
            case MYSQL -> convert(table, "utf8mb4_0900_bin");
        };
    }

    private static String convert(String table, String collation) {
        return "give each table an exact collation (" + table + " CONVERT TO CHARACTER SET utf8mb4 COLLATE " + collation
                + ")";
    }
}
