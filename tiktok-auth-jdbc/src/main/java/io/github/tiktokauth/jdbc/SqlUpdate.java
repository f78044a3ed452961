package io.github.tiktokauth.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One update with its values, by JDBC alone. */
final class SqlUpdate {

    private final Connection connection;
    private final NamedSql sql;
    private final int timeoutSeconds;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** Zero seconds for no time-out. */
    SqlUpdate(Connection connection, NamedSql sql, int timeoutSeconds) {
        this.connection = connection;
        this.sql = sql;
        this.timeoutSeconds = timeoutSeconds;
    }

    SqlUpdate bind(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    SqlUpdate bind(String name, @Nullable Instant value) {
        values.put(name, value == null ? null : SqlValues.local(value));
        return this;
    }

    /** How many rows it changed. */
    int execute() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            if (timeoutSeconds > 0) {
                statement.setQueryTimeout(timeoutSeconds);
            }
            for (int i = 0; i < sql.names().size(); i++) {
                String name = sql.names().get(i);
                if (!values.containsKey(name)) {
                    throw new IllegalStateException("nothing is bound to " + name);
                }
                statement.setObject(i + 1, values.get(name));
            }
            return statement.executeUpdate();
        }
    }
}
