package io.github.tiktokauth.benchmarks.costs;

import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.benchmarks.peers.TikTokAuthPeer;
import io.github.tiktokauth.benchmarks.servers.Pools;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Programs that print one token and end at once. Each is a class of its own, because its JVM has the jars of one contestant only.
 * The first argument is the JDBC URL, the second the user, the third where to refresh.
 */
final class ColdStartPrograms {

    private static final String SELECT =
            "SELECT access_token, access_token_expires_at FROM tiktok_shop_auth WHERE user_id = ";

    private ColdStartPrograms() {}

    /** Nothing at all. */
    static final class Empty {
        private Empty() {}

        public static void main(String[] args) {
            done("empty");
        }
    }

    /** A query by hand. */
    static final class RawJdbc {
        private RawJdbc() {}

        public static void main(String[] args) throws Exception {
            try (Connection connection = pool(args[0]).getConnection();
                    PreparedStatement statement = connection.prepareStatement(SELECT + "?")) {
                statement.setString(1, args[1]);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    done(row.getString(1));
                }
            }
        }
    }

    /** The query through Jdbi. */
    static final class JdbiAlone {
        private JdbiAlone() {}

        public static void main(String[] args) {
            done(Jdbi.create(pool(args[0]))
                    .withHandle(handle -> handle.createQuery(SELECT + ":user")
                            .bind("user", args[1])
                            .map((row, context) -> row.getString(1))
                            .one()));
        }
    }

    /** This library. */
    static final class Library {
        private Library() {}

        public static void main(String[] args) {
            JdbcStores stores = JdbcStores.of(pool(args[0]));
            Map<String, String> settings = new HashMap<>(TikTokAuthPeer.NOWHERE);
            for (int i = 2; i + 1 < args.length; i += 2) {
                settings.put(args[i], args[i + 1]);
            }
            done(TikTokAuthPeer.builder(settings)
                    .tokenStore(stores.tokenStore())
                    .stateStore(stores.stateStore())
                    .build()
                    .getValidAccessToken(args[1])
                    .value());
        }
    }

    /** Spring Security with its JDBC service. */
    static final class Spring {
        private Spring() {}

        public static void main(String[] args) {
            done(SpringPeer.jdbc(pool(args[0]), args[2]).token(args[1]));
        }
    }

    private static DataSource pool(String url) {
        return Pools.open(url, 8);
    }

    /** Without any closing: the database is a copy that nobody needs again. */
    private static void done(String token) {
        System.out.println(token);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
