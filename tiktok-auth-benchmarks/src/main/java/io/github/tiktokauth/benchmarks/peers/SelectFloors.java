package io.github.tiktokauth.benchmarks.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The least that can be done with a database: one SELECT by primary key of the two columns that a token is made of. */
public final class SelectFloors {

    private static final String SELECT =
            "SELECT access_token, access_token_expires_at FROM tiktok_shop_auth WHERE id = ";

    private record Row(String token, Instant end) {}

    private SelectFloors() {}

    /**
     * Returns the floor of JDBC without any library.
     *
     * @param dataSource where the table is
     * @return the floor; it returns what stands in the row, encrypted
     */
    public static Peer raw(DataSource dataSource) {
        Map<String, String> ids = ids(dataSource);
        return userId -> {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(SELECT + "?")) {
                statement.setString(1, ids.get(userId));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return checked(read(row));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /**
     * Returns the floor of Jdbi.
     *
     * @param dataSource where the table is
     * @return the floor; it returns what stands in the row, encrypted
     */
    public static Peer jdbi(DataSource dataSource) {
        Map<String, String> ids = ids(dataSource);
        Jdbi jdbi = Jdbi.create(dataSource);
        return userId -> checked(jdbi.withHandle(handle -> handle.createQuery(SELECT + ":id")
                .bind("id", ids.get(userId))
                .map((row, context) -> read(row))
                .one()));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(row.getString(1), row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static String checked(Row row) {
        if (row.end().isBefore(Instant.now())) {
            throw new IllegalStateException("a floor holds fresh tokens only");
        }
        return row.token();
    }

    private static Map<String, String> ids(DataSource dataSource) {
        Map<String, String> ids = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT user_id, id FROM tiktok_shop_auth");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.put(row.getString(1), row.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }
}
