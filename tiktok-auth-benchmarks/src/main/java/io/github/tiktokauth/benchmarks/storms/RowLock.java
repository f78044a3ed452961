package io.github.tiktokauth.benchmarks.storms;

import io.github.tiktokauth.benchmarks.peers.Peer;
import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.BareClient;
import io.github.tiktokauth.benchmarks.servers.Postgres;
import io.github.tiktokauth.spi.CipherContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** A common technique: the row is locked, TikTok is called, the row is written, all in one transaction. */
final class RowLock implements Peer {

    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final DataSource dataSource;
    private final BareClient client;

    RowLock(DataSource dataSource, BareClient client) {
        this.dataSource = dataSource;
        this.client = client;
    }

    static void createTable(String url) {
        Postgres.execute(
                url,
                "CREATE TABLE row_lock (user_id VARCHAR(128) PRIMARY KEY, access_token TEXT NOT NULL,"
                        + " refresh_token TEXT NOT NULL, expires_at TIMESTAMPTZ NOT NULL)");
    }

    void connect(Seed seed) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO row_lock VALUES (?, ?, ?, ?)")) {
            insert.setString(1, seed.userId());
            insert.setString(2, encrypted(seed.accessToken(), seed.userId()));
            insert.setString(3, encrypted(seed.refreshToken(), seed.userId()));
            insert.setTimestamp(4, Timestamp.from(seed.expiresAt()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<String> refreshToken(String userId) {
        try (Connection connection = dataSource.getConnection()) {
            return Optional.of(read(connection, userId, "").refreshToken());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String token(String userId) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                BareClient.Pair row = read(connection, userId, " FOR UPDATE");
                if (row.expiresAt().isBefore(Instant.now().plus(MARGIN))) {
                    row = client.refresh(row.refreshToken());
                    write(connection, userId, row);
                }
                connection.commit();
                return row.accessToken();
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BareClient.Pair read(Connection connection, String userId, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT access_token, refresh_token, expires_at FROM row_lock WHERE user_id = ?" + lock)) {
            select.setString(1, userId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new BareClient.Pair(
                        TikTokAuthPeer.CIPHER.decrypt(row.getString(1), context(userId)),
                        TikTokAuthPeer.CIPHER.decrypt(row.getString(2), context(userId)),
                        row.getTimestamp(3).toInstant());
            }
        }
    }

    private static void write(Connection connection, String userId, BareClient.Pair pair) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE row_lock SET access_token = ?, refresh_token = ?, expires_at = ? WHERE user_id = ?")) {
            update.setString(1, encrypted(pair.accessToken(), userId));
            update.setString(2, encrypted(pair.refreshToken(), userId));
            update.setTimestamp(3, Timestamp.from(pair.expiresAt()));
            update.setString(4, userId);
            update.executeUpdate();
        }
    }

    private static String encrypted(String token, String userId) {
        return TikTokAuthPeer.CIPHER.encrypt(token, context(userId));
    }

    private static CipherContext context(String userId) {
        return new CipherContext("row_lock", "token", userId, null);
    }
}
