package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections and, when they come from a pool of our own, what closes it. */
record Source(DataSource connections, @Nullable AutoCloseable ownPool) {

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
