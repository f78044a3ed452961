package io.github.tiktokauth.benchmarks.costs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.tiktokauth.benchmarks.peers.SpringPeer;
import io.github.tiktokauth.jdbc.JdbcStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Programs that print one token and are gone. Each is a class of its own, because its JVM has the jars of one contestant only.
 * The first argument is the JDBC URL, the second the user, the third where to refresh.
 */
final class ColdStarts {

    private static final String SELECT =
            "SELECT access_token, access_token_expires_at FROM tiktok_shop_auth WHERE user_id = ";

    private ColdStarts() {}

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
            try (Connection connection = Pool.on(args[0]).getConnection();
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
            done(Jdbi.create(Pool.on(args[0]))
                    .withHandle(handle -> handle.createQuery(SELECT + ":user")
                            .bind("user", args[1])
                            .map((row, context) -> row.getString(1))
                            .one()));
        }
    }

    /** This library. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] args) {
            JdbcStores stores = JdbcStores.of(Pool.on(args[0]));
            Map<String, String> settings = new HashMap<>(io.github.tiktokauth.benchmarks.peers.Ours.NOWHERE);
            for (int i = 2; i + 1 < args.length; i += 2) {
                settings.put(args[i], args[i + 1]);
            }
            done(io.github.tiktokauth.benchmarks.peers.Ours.builder(settings)
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
            done(SpringPeer.jdbc(Pool.on(args[0]), args[2]).token(args[1]));
        }
    }

    private static final class Pool {
        private Pool() {}

        static DataSource on(String url) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(8);
            return new HikariDataSource(config);
        }
    }

    /** Without any closing: the database is a copy that nobody needs again. */
    private static void done(String token) {
        System.out.println(token);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
