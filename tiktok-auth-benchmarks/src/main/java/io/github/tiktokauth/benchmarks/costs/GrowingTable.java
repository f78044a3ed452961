package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Seed;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The tables of a fleet that is kept refreshed: no token ends within a day, no state has run out. Only the users of the sample
 * have tokens that can be decrypted; the others' are as long.
 */
final class GrowingTable {

    private static final int SAMPLE = 200;

    private final DataSource dataSource;
    private final BulkInserts filling;
    private final JdbcStores stores;
    private long size;
    private long ranOut;
    private List<String> sample = List.of();

    GrowingTable(DataSource dataSource, BulkInserts filling) {
        this.dataSource = dataSource;
        this.filling = filling;
        this.stores = stores(dataSource).createOrUpgrade();
    }

    /** With a long time-out: slow statements are measured, not given up. */
    static JdbcStores stores(DataSource dataSource) {
        return JdbcStores.builder(dataSource).timeout(Duration.ofMinutes(2)).build();
    }

    /** Up to this many users and as many open states. */
    void growTo(long users) throws SQLException {
        run(List.of(filling.users(size + 1, users), filling.states(size + 1, users)));
        size = users;
        Random random = new Random(users);
        Set<String> chosen = new LinkedHashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            Seed seed = Seed.of((int) (1 + random.nextLong(users)), Duration.ofDays(5));
            if (chosen.add(seed.userId())) {
                TikTokAuthPeer.connect(stores.tokenStore(), TikTokAuthPeer.APP_KEY, seed);
            }
        }
        sample = new ArrayList<>(chosen);
        run(filling.analyze());
    }

    void letStatesRunOut(int count) throws SQLException {
        run(List.of(filling.statesThatRanOut(ranOut + 1, ranOut + count)));
        ranOut += count;
    }

    void removeWhatRanOut() throws SQLException {
        run(List.of(filling.removeWhatRanOut()));
        run(filling.analyze());
    }

    /** A twentieth of the sellers removed the app long ago. */
    void requireReauthorizations() throws SQLException {
        run(List.of(
                "UPDATE tiktok_shop_auth SET reauthorization_type = 'HARD', reauthorization_reason = 'REVOKED', access_token_expires_at ="
                        + " access_token_expires_at - INTERVAL '60' DAY WHERE RIGHT(user_id, 2) IN ('01', '21', '41', '61',"
                        + " '81')"));
        run(filling.analyze());
    }

    List<String> sample() {
        return sample;
    }

    JdbcStores stores() {
        return stores;
    }

    private void run(List<String> statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
