package io.github.tiktokauth.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the demonstration's H2 database from others. Its rows hold tokens of the simulated TikTok, which the real one would
 * refuse.
 */
final class DemoDatabase {

    /** The H2 file's name in the app's directory; it ends with the schema version, so that an older one is made anew. */
    static final String FILE = "simulated-2";

    private static final String OLDER_FILE = "simulated";

    /** Goes with the file wherever it is copied, and is there before the first row. */
    private static final String MARK = "The tokens in this database are of a simulated TikTok";

    private DemoDatabase() {}

    static void mark(Connection h2) throws SQLException {
        try (Statement statement = h2.createStatement()) {
            statement.execute("COMMENT ON SCHEMA PUBLIC IS '" + MARK + "'");
        }
    }

    /** Throws when the database is the demonstration's. */
    static void refuse(Connection h2, String what) throws SQLException {
        try (PreparedStatement query = h2.prepareStatement(
                "SELECT DATABASE_PATH(), COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE REMARKS = ?")) {
            query.setString(1, MARK);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                if (found.getInt(2) > 0 || isDemoFile(found.getString(1))) {
                    throw new SetupException(what + " is the demonstration's: it holds tokens of the simulated TikTok,"
                            + " which the real one refuses; use another");
                }
            }
        }
    }

    /** Files that were made before there was a mark are known by their place. */
    private static boolean isDemoFile(@Nullable String path) {
        String unix = path == null ? "" : path.replace('\\', '/');
        return Stream.of(FILE, OLDER_FILE).anyMatch(file -> unix.endsWith("/" + HomeDirectory.NAME + "/" + file));
    }
}
