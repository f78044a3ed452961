package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.Ours;
import io.github.tiktokauth.benchmarks.peers.Seed;
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
    private static final String NOW = "date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')";
    private static final String USERS = "INSERT INTO tiktok_shop_auth (id, user_id, shop_id, shop_name, access_token,"
            + " refresh_token, access_token_expires_at, refresh_token_expires_at, scope, region, created_at, updated_at,"
            + " shop_cipher, open_id, generation, tokens_obtained_at) SELECT gen_random_uuid(), 'user-' || n,"
            + " 'shop-of-user-' || n, 'Shop ' || n, repeat(md5(n::text), 18), repeat(md5((-n)::text), 18),"
            + " t.now + INTERVAL '1 day' + (n * 37 %% 518400) * INTERVAL '1 second', t.now + INTERVAL '300 days',"
            + " 'seller.product.basic,seller.order.info', 'GB', t.now, t.now, 'ROW_' || md5('c' || n), md5('o' || n), 3,"
            + " t.now - INTERVAL '1 day' FROM generate_series(%d, %d) n, (SELECT " + NOW + " AS now) t";
    private static final String STATES = "INSERT INTO tiktok_shop_auth_state (hash, user_id, binding_hash, created_at,"
            + " expires_at) SELECT encode(sha256(('s' || n)::bytea), 'hex'), 'user-' || n,"
            + " encode(sha256(('b' || n)::bytea), 'hex'), t.now, t.now + INTERVAL '10 minutes'"
            + " + (n %% 600) * INTERVAL '1 second' FROM generate_series(%d, %d) n, (SELECT " + NOW + " AS now) t";
    private static final String RAN_OUT = "INSERT INTO tiktok_shop_auth_state (hash, user_id, created_at, expires_at)"
            + " SELECT encode(sha256(('x' || n || clock_timestamp()::text)::bytea), 'hex'), 'user-' || n, t.now, t.now -"
            + " n * INTERVAL '1 second' FROM generate_series(1, %d) n, (SELECT " + NOW + " AS now) t";

    private final DataSource dataSource;
    private final JdbcStores stores;
    private long size;
    private List<String> sample = List.of();

    GrowingTable(DataSource dataSource) {
        this.dataSource = dataSource;
        this.stores = JdbcStores.of(dataSource).createOrUpgrade();
    }

    /** Up to this many users and as many open states. */
    void growTo(long users) throws SQLException {
        run(String.format(USERS, size + 1, users), String.format(STATES, size + 1, users));
        size = users;
        Random random = new Random(users);
        Set<String> chosen = new LinkedHashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            Seed seed = Seed.of((int) (1 + random.nextLong(users)), Duration.ofDays(5));
            if (chosen.add(seed.userId())) {
                Ours.connect(stores.tokenStore(), seed);
            }
        }
        sample = new ArrayList<>(chosen);
        run("VACUUM ANALYZE tiktok_shop_auth", "VACUUM ANALYZE tiktok_shop_auth_state");
    }

    /** A twentieth of the sellers removed the app long ago. */
    void requireReauthorizations() throws SQLException {
        run(
                "UPDATE tiktok_shop_auth SET reauthorization_reason = 'REVOKED', access_token_expires_at = "
                        + "access_token_expires_at - INTERVAL '60 days' WHERE right(user_id, 2) IN ('01', '21', '41',"
                        + " '61', '81')",
                "VACUUM ANALYZE tiktok_shop_auth");
    }

    void letStatesRunOut(int count) throws SQLException {
        run(String.format(RAN_OUT, count));
    }

    void removeWhatRanOut() throws SQLException {
        run(
                "DELETE FROM tiktok_shop_auth_state WHERE expires_at <= (SELECT " + NOW + ")",
                "VACUUM ANALYZE tiktok_shop_auth_state");
    }

    List<String> sample() {
        return sample;
    }

    JdbcStores stores() {
        return stores;
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
