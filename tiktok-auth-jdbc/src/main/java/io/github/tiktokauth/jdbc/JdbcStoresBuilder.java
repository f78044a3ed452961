package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StoreException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Builds {@link JdbcStores}. Not safe for use by several threads at once. */
public final class JdbcStoresBuilder {

    private final Supplier<ConnectionSource> source;
    private Tables tables = new Tables(Tables.DEFAULT);
    private Duration timeout = Duration.ofSeconds(5);
    private LongSupplier clockOffset = () -> 0;
    private boolean routingAllowed;

    JdbcStoresBuilder(Supplier<ConnectionSource> source) {
        this.source = source;
    }

    /**
     * Sets the name of the table of authorizations. The names of the other tables are made from it. Ciphertexts are bound to
     * the name: a table cannot be renamed later.
     *
     * @param name 1 to 40 lower-case letters, digits and underscores, beginning with a letter; {@code tiktok_shop_auth}
     *     without this call
     * @return this builder
     * @throws IllegalArgumentException when the name is not of that form
     */
    public JdbcStoresBuilder tableName(String name) {
        tables = new Tables(name);
        return this;
    }

    /**
     * Sets how long one call may wait for an answer or for locks, and try again after deadlocks, before it fails with {@link
     * StoreException.Kind#UNAVAILABLE}. How long to wait for a connection is the {@code DataSource}'s setting. On H2 the
     * database's own lock time-out bounds each wait.
     *
     * @param timeout from 1 second to 1 hour; 5 seconds without this call
     * @return this builder
     * @throws IllegalArgumentException when it is out of that range
     */
    public JdbcStoresBuilder timeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("timeout must be from 1 second to 1 hour");
        }
        this.timeout = timeout;
        return this;
    }

    /**
     * Accepts a {@code DataSource} that routes, which {@link #build()} refuses otherwise. Right when all routes lead to the
     * same rows, as with a primary and its replicas, and the library's reads are routed to the primary.
     *
     * <p><b>Wrong when it routes by tenant:</b> the library keeps tokens by user id in one cache and works on threads that
     * have no tenant, so that user 42 would get another tenant's token, and refreshes would reach the wrong database. Make
     * one {@code JdbcStores} and one {@code TikTokAuth} for each tenant's own {@code DataSource} instead.
     *
     * @return this builder
     */
    public JdbcStoresBuilder allowRoutingDataSource() {
        routingAllowed = true;
        return this;
    }

    /** Moves the database's clock for tests, in milliseconds. */
    JdbcStoresBuilder clockOffset(LongSupplier millis) {
        clockOffset = millis;
        return this;
    }

    /**
     * Builds the stores, and asks the database what it is. Over an H2 file that can lose commits when its process is
     * killed, by its version or its {@code WRITE_DELAY}, it logs one warning that says what to do.
     *
     * @return the stores
     * @throws StoreException when the database does not answer or is not known
     * @throws IllegalArgumentException when the {@code DataSource}, or one that it wraps, is recognised to route and that was
     *     not {@linkplain #allowRoutingDataSource() allowed}; or when no driver takes the URL
     * @throws IllegalStateException when a pool of its own is wanted and HikariCP is absent
     */
    public JdbcStores build() {
        ConnectionSource from = source.get();
        if (!routingAllowed) {
            DataSources.refuseRouting(from.connections());
        }
        try {
            Dialect dialect = Dialect.of(from.connections());
            Database database = new Database(from.connections(), dialect, tables, timeout, clockOffset);
            if (dialect == Dialect.H2) {
                H2Durability.check(database);
            }
            return new JdbcStores(database, from);
        } catch (StoreException e) {
            from.close();
            throw e;
        }
    }
}
