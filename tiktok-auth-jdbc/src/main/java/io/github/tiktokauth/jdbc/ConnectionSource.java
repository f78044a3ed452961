package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections and, when they come from a pool of our own, what closes it. */
record ConnectionSource(DataSource connections, @Nullable AutoCloseable ownPool) {

    static ConnectionSource ofHost(DataSource dataSource) {
        return new ConnectionSource(dataSource, null);
    }

    static ConnectionSource ownPool(String url, @Nullable String user, @Nullable String password) {
        try {
            DataSource pool = HikariPool.open(url, user, password);
            return new ConnectionSource(pool, (AutoCloseable) pool);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "a pool of its own needs com.zaxxer:HikariCP on the class path: add it, or pass a DataSource", e);
        }
    }

    /** A DataSource of the host's stays open. */
    void close() {
        if (ownPool != null) {
            try {
                ownPool.close();
            } catch (Exception e) {
                throw new StoreException(StoreException.Kind.OTHER, "could not close the connection pool", null);
            }
        }
    }
}
