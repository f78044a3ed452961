package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an old table whose columns are called {@code userId}, {@code user_id} or {@code USERID}. */
final class LegacyTable {

    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,62}\\.)?[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Set<String> NEEDED = Set.of("id", "userid", "shopid", "accesstoken", "refreshtoken");
    private static final String WHAT = "read an older table";

    private final Database database;
    private final String name;
    private final String quoted;

    private @Nullable Map<String, LegacyColumn> columns;

    /** A column's name as the database has it, and whether its values carry a zone. */
    private record LegacyColumn(String label, boolean zoned) {}

    LegacyTable(Database database, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the old table's name must be made of letters, digits and underscores");
        }
        if (name.toLowerCase(Locale.ROOT).equals(database.tables().authorization())) {
            throw new IllegalArgumentException(
                    "the old table has the name of this store's own: rename it, or choose another name for the store's");
        }
        this.database = database;
        this.name = name;
        this.quoted = Arrays.stream(name.split("\\.", -1))
                .map(database.dialect()::quoted)
                .collect(Collectors.joining("."));
    }

    String name() {
        return name;
    }

    /** The rows behind the one with this id, in the order of their ids. */
    List<LegacyRow> page(@Nullable Object after, int limit) {
        Map<String, LegacyColumn> known = columns();
        String id = database.dialect().quoted(label(known, "id"));
        String sql = "SELECT old.*, {now} AS adoption_store_time FROM " + quoted + " old"
                + (after == null ? "" : " WHERE old." + id + " > :after") + " ORDER BY old." + id + " LIMIT :limit";
        return database.read(
                WHAT,
                (connection, deadline) -> database.statement(connection, deadline, sql)
                        .bind("limit", limit)
                        .bind("after", after)
                        .list(row -> read(row, known)));
    }

    private Map<String, LegacyColumn> columns() {
        Map<String, LegacyColumn> known = columns;
        if (known == null) {
            known = database.read(
                    WHAT,
                    (connection, deadline) -> database.statement(
                                    connection, deadline, "SELECT * FROM " + quoted + " WHERE 1 = 0")
                            .query(LegacyTable::columns));
            if (!known.keySet().containsAll(NEEDED)) {
                throw new StoreException(
                        StoreException.Kind.SCHEMA,
                        "the old table lacks one of the columns id, userId, shopId, accessToken and refreshToken",
                        null);
            }
            columns = known;
        }
        return known;
    }

    private static Map<String, LegacyColumn> columns(ResultSet rows) throws SQLException {
        ResultSetMetaData data = rows.getMetaData();
        Map<String, LegacyColumn> found = new HashMap<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String type = data.getColumnTypeName(i).toLowerCase(Locale.ROOT);
            boolean zoned = type.equals("timestamptz") || type.contains("with time zone");
            String label = data.getColumnLabel(i);
            found.put(label.replace("_", "").toLowerCase(Locale.ROOT), new LegacyColumn(label, zoned));
        }
        return found;
    }

    private static LegacyRow read(ResultSet row, Map<String, LegacyColumn> known) throws SQLException {
        String id = label(known, "id");
        LegacyColumn active = known.get("isactive");
        boolean inactive = active != null && !row.getBoolean(active.label());
        return new LegacyRow(
                row.getObject(id),
                row.getString(id),
                text(row, known, "userid"),
                text(row, known, "shopid"),
                text(row, known, "shopname"),
                text(row, known, "accesstoken"),
                text(row, known, "refreshtoken"),
                instant(row, known, "accesstokenexpiresat"),
                instant(row, known, "refreshtokenexpiresat"),
                text(row, known, "scope"),
                text(row, known, "region"),
                inactive || instant(row, known, "deletedat") != null,
                instant(row, known, "createdat"),
                instant(row, known, "updatedat"),
                SqlTimes.instant(row, row.findColumn("adoption_store_time")));
    }

    private static String label(Map<String, LegacyColumn> known, String column) {
        LegacyColumn found = known.get(column);
        return found == null ? column : found.label();
    }

    /** Blank text says as little as none. */
    private static @Nullable String text(ResultSet row, Map<String, LegacyColumn> known, String column)
            throws SQLException {
        LegacyColumn found = known.get(column);
        String text = found == null ? null : row.getString(found.label());
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Instant instant(ResultSet row, Map<String, LegacyColumn> known, String column)
            throws SQLException {
        LegacyColumn found = known.get(column);
        if (found == null) {
            return null;
        }
        if (found.zoned()) {
            OffsetDateTime time = row.getObject(found.label(), OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        return SqlTimes.optionalInstant(row, row.findColumn(found.label()));
    }
}
