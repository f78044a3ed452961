package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 file with the tables of all contestants, of which every start gets a copy. */
final class ColdDatabase {

    private static final String FILE = ".mv.db";

    private final Path folder;
    private int copies;

    ColdDatabase(Path folder) {
        this.folder = folder;
    }

    void create(List<Seed> ours, List<Seed> springs) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url("template"));
        try (Connection held = source.getConnection();
                Statement statement = held.createStatement()) {
            JdbcStores stores = JdbcStores.of(source).createOrUpgrade();
            ours.forEach(seed -> TikTokAuthPeer.connect(stores.tokenStore(), TikTokAuthPeer.APP_KEY, seed));
            SpringPeer.createTable(source, false);
            SpringPeer.jdbc(source, "http://127.0.0.1:1/").with(springs);
            statement.execute("SHUTDOWN");
        }
    }

    /** Returns what a query by hand finds. */
    String ciphertext(String userId) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url("template"));
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT access_token FROM tiktok_shop_auth WHERE user_id = ?")) {
            statement.setString(1, userId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    String copy() throws IOException {
        String name = "copy" + copies++;
        Files.copy(folder.resolve("template" + FILE), folder.resolve(name + FILE));
        return url(name);
    }

    /** Returns the file that holds what the last program wrote on its standard error stream. */
    Path errors() {
        return folder.resolve("errors.txt");
    }

    private String url(String name) {
        return "jdbc:h2:file:" + folder.toAbsolutePath().resolve(name) + ";WRITE_DELAY=0";
    }
}
