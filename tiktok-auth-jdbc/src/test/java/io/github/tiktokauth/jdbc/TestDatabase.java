package io.github.tiktokauth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One empty database of a test. */
public record TestDatabase(TestServer server, String url, String user, String password) {

    /** The schema's name on PostgreSQL, the database's on MariaDB. */
    String name() {
        return url.replaceAll(".*[=/]", "");
    }

    public HikariDataSource pool(int size) {
        return pool(size, config -> {});
    }

    public HikariDataSource pool(int size, Consumer<HikariConfig> more) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        more.accept(config);
        return new HikariDataSource(config);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    public void run(String... statements) {
        TestServer.run(url, user, password, statements);
    }

    /** The first column of each row, as text. */
    public List<@Nullable String> ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<@Nullable String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
