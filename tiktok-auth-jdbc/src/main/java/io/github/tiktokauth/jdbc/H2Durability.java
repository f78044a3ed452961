package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of an H2 file that can lose what was committed when no more than its process is killed. */
final class H2Durability {

    private static final Logger LOG = LoggerFactory.getLogger(H2Durability.class);

    /** Versions before those that forget commits: 2.5.250 and 2.5.252 do. */
    private static final Pattern UNAFFECTED = Pattern.compile("(1|2\\.[0-4])\\..*");

    /** H2's file systems in memory, also inside of another such as {@code split:}. */
    private static final Pattern IN_MEMORY =
            Pattern.compile("(\\w+:)*(nio)?mem(fs|lzf):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The path shows that a database is a file, also that of a server or with a prefix; the URL does not show that. */
    private record Identity(String version, @Nullable String path) {

        boolean isFile() {
            return path != null && !IN_MEMORY.matcher(path).matches();
        }
    }

    private H2Durability() {}

    /** Logs one warning, with what to do, when there is reason to. A database that does not answer is not warned of. */
    static void check(Database database) {
        try {
            List<String> faults = database.read(
                    "ask H2 how it keeps what is committed",
                    (connection, deadline) -> faults(database, connection, deadline));
            if (!faults.isEmpty()) {
                LOG.warn(
                        "This H2 file can lose what was committed, refreshed tokens too, when its process is killed. {}",
                        String.join(" ", faults));
            }
        } catch (StoreException e) {
            LOG.debug("not known how this H2 keeps what is committed: SQLSTATE {}", e.sqlState());
        }
    }

    private static List<String> faults(Database database, Connection connection, Deadline deadline)
            throws SQLException {
        Optional<Identity> file = database.statement(connection, deadline, "SELECT H2VERSION(), DATABASE_PATH()")
                .first(row -> new Identity(row.getString(1), row.getString(2)))
                .filter(Identity::isFile);
        List<String> faults = new ArrayList<>();
        if (file.isPresent()) {
            String version = file.get().version();
            if (!UNAFFECTED.matcher(version).matches()) {
                faults.add("It is run by H2 " + version + ": 2.5.250 and 2.5.252 forget the last commits to a file that"
                        + " was idle before, and no later version is known not to; use H2 2.4.240.");
            }
            if (!writesAtOnce(connection)) {
                faults.add("Its WRITE_DELAY is not 0, so commits are written late, by default half a second; add"
                        + " ;WRITE_DELAY=0 to the JDBC URL.");
            }
        }
        return faults;
    }

    /** Of two settings of that name the first is what the file remembers, the last is in force. */
    private static boolean writesAtOnce(Connection connection) throws SQLException {
        String delay = "";
        // Its columns have other names with OLD_INFORMATION_SCHEMA.
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM INFORMATION_SCHEMA.SETTINGS");
                ResultSet setting = statement.executeQuery()) {
            while (setting.next()) {
                if ("WRITE_DELAY".equals(setting.getString(1))) {
                    delay = setting.getString(2);
                }
            }
        }
        return "0".equals(delay);
    }
}
