package io.github.tiktokauth.benchmarks.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Opens connection pools, the same for every contestant. */
public final class Pools {

    private Pools() {}

    /**
     * Returns a new pool.
     *
     * @param url the JDBC URL
     * @param connections how many connections it holds at most
     * @return the pool, to be closed by the caller
     */
    public static HikariDataSource open(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }
}
