package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The stores in a database of the host's: H2, PostgreSQL or MariaDB. (MySQL 8 is written after its documentation; it is not
 * tested.) Which one it is, is asked of the database; another is refused by name.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.of(dataSource).createOrUpgrade();
 * TikTokAuth auth = TikTokAuth.builder(config)
 *         .tokenStore(stores.tokenStore())
 *         .stateStore(stores.stateStore())
 *         .build();
 * }</pre>
 *
 * <p>Every write is a short READ COMMITTED transaction on a connection of its own, whatever autocommit and isolation the
 * {@code DataSource} hands out; both are restored. A {@code DataSource} that hands out the connection of the caller's
 * transaction is not suitable: the library would commit it. No connection is held for longer than a statement or two, so a
 * pool of one connection is enough.
 *
 * <p>Instances are safe for use by many threads.
 */
public final class JdbcStores implements AutoCloseable {

    private final Database database;
    private final JdbcTokenStore tokenStore;
    private final JdbcStateStore stateStore;
    private final @Nullable AutoCloseable ownPool;

    private JdbcStores(Database database, @Nullable AutoCloseable ownPool) {
        this.database = database;
        this.tokenStore = new JdbcTokenStore(database);
        this.stateStore = new JdbcStateStore(database);
        this.ownPool = ownPool;
    }

    /**
     * On the host's {@code DataSource}, with the default table name. It asks the database what it is.
     *
     * @param dataSource gives connections; it stays the host's, {@link #close()} does not close it
     * @return the stores
     * @throws StoreException when the database does not answer or is not known
     */
    public static JdbcStores of(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /**
     * On a small pool of its own, which {@link #close()} closes. It needs {@code com.zaxxer:HikariCP} on the class path, and
     * the database's driver.
     *
     * @param url the JDBC URL
     * @param user the database's user; {@code null} when the URL says it or none is needed
     * @param password the password; {@code null} when the URL says it or none is needed
     * @return the stores
     * @throws StoreException when the database does not answer or is not known
     * @throws IllegalArgumentException when no driver takes the URL
     * @throws IllegalStateException when HikariCP is absent
     */
    public static JdbcStores open(String url, @Nullable String user, @Nullable String password) {
        return builder(url, user, password).build();
    }

    /**
     * On the host's {@code DataSource}, with choices.
     *
     * @param dataSource gives connections; it stays the host's
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(() -> new Source(dataSource, null));
    }

    /**
     * On a small pool of its own, as {@link #open}, with choices.
     *
     * @param url the JDBC URL
     * @param user the database's user; {@code null} when the URL says it or none is needed
     * @param password the password; {@code null} when the URL says it or none is needed
     * @return a builder
     */
    public static Builder builder(String url, @Nullable String user, @Nullable String password) {
        return new Builder(() -> OwnPool.open(url, user, password));
    }

    /** Connections and, when they come from a pool of our own, what closes it. */
    record Source(DataSource connections, @Nullable AutoCloseable ownPool) {}

    /**
     * Creates the tables, or upgrades them from an earlier version of the library; does nothing when they are as they should
     * be. Many nodes may call it at the same time. It needs the right to create tables only when there is something to do.
     *
     * @return these stores
     * @throws StoreException of kind {@link StoreException.Kind#SCHEMA} when a newer version of the library made the tables,
     *     or when there is a table of that name that it did not make; of another kind when the database fails
     */
    public JdbcStores createOrUpgrade() {
        new Schema(database).createOrUpgrade();
        return this;
    }

    /**
     * Checks that the tables are there in the present version, for hosts that run the scripts themselves. It changes nothing.
     *
     * @throws StoreException of kind {@link StoreException.Kind#SCHEMA} when not; of another kind when the database fails
     */
    public void checkSchema() {
        new Schema(database).check();
    }

    /**
     * Where authorizations are kept.
     *
     * @return the store; the same one at each call
     */
    public TokenStore tokenStore() {
        return tokenStore;
    }

    /**
     * Where states are kept.
     *
     * @return the store; the same one at each call
     */
    public StateStore stateStore() {
        return stateStore;
    }

    /**
     * Removes everything about a user from all tables, history included, in one transaction.
     *
     * @param userId the host's user
     * @return how many rows were removed
     * @throws StoreException when the database fails
     */
    public int erase(String userId) {
        Values.id("userId", userId);
        return database.write(
                "erase a user", handle -> tokenStore.erase(handle, userId) + stateStore.erase(handle, userId));
    }

    /**
     * Brings the rows of an older table of the host's into these tables, so that no seller has to authorize again: one with
     * plaintext tokens, as the common Prisma model of {@code tiktok_shop_auth} makes it. Its columns are found by name,
     * whether written {@code userId} or {@code user_id}: {@code id, userId, shopId, accessToken, refreshToken} must be there,
     * {@code shopName, accessTokenExpiresAt, refreshTokenExpiresAt, scope, region, isActive, createdAt, updatedAt, deletedAt}
     * may be. Date-times without zone are taken as UTC.
     *
     * <p>It may be called again at any time: what was brought over once is not brought over again, also when the user has
     * disconnected since. Rows of disconnected users stay behind. The old table is only read; drop it afterwards, since its
     * tokens are plaintext. An ending that was computed by adding TikTok's epoch seconds to the time of writing, as some
     * programs do, is put right; where the right one cannot be told, the access token is taken to have ended, so that the
     * first call refreshes it, and the end of the refresh token is unknown.
     *
     * <p>If the old table has the name of ours, rename it first ({@code ALTER TABLE … RENAME TO …}), before {@link
     * #createOrUpgrade()}.
     *
     * @param sourceTable the old table, with its letters in the case the database has them; {@code schema.table} if it is not
     *     in the connection's schema
     * @param cipher what encrypts the tokens: the same that the builder of {@code TikTokAuth} is given
     * @return what was done with which row
     * @throws StoreException when the database fails; of kind {@link StoreException.Kind#SCHEMA} when the old table or one of
     *     its columns is missing. Rows brought over before stay
     * @throws IllegalArgumentException when the name is not one of a table, or is that of this store's own
     */
    public AdoptionReport adopt(String sourceTable, TokenCipher cipher) {
        return new LegacyAdoption(database, sourceTable, cipher).run();
    }

    /**
     * The table of authorizations; the others' names begin with it.
     *
     * @return the name
     */
    public String tableName() {
        return database.tables().authorization();
    }

    /** Closes the pool if it is of its own; a {@code DataSource} of the host's stays open. */
    @Override
    public void close() {
        if (ownPool != null) {
            closeQuietly(ownPool);
        }
    }

    /**
     * Without URL and user.
     *
     * @return database and table
     */
    @Override
    public String toString() {
        return "JdbcStores[" + database.dialect() + ", table " + tableName() + "]";
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new StoreException(StoreException.Kind.OTHER, "could not close the connection pool", null);
        }
    }

    /** Choices before the stores are made. For use by one thread. */
    public static final class Builder {

        private final Supplier<Source> source;
        private Tables tables = new Tables(Tables.DEFAULT);
        private Duration timeout = Duration.ofSeconds(5);
        private LongSupplier clockOffset = () -> 0;

        private Builder(Supplier<Source> source) {
            this.source = source;
        }

        /**
         * Another name for the table of authorizations, so that two TikTok apps live in one database. The names of the other
         * tables are made from it. Ciphertexts are bound to the name: a table cannot be renamed later.
         *
         * @param name 1 to 40 lower-case letters, digits and underscores, beginning with a letter; {@code tiktok_shop_auth}
         *     without this call
         * @return this builder
         * @throws IllegalArgumentException when the name is not of that form
         */
        public Builder tableName(String name) {
            tables = new Tables(name);
            return this;
        }

        /**
         * How long one call may wait for locks, and try again after deadlocks, before it fails with {@link
         * StoreException.Kind#UNAVAILABLE}. How long to wait for a connection is the {@code DataSource}'s to say. On H2 the
         * database's own lock time-out bounds each wait.
         *
         * @param timeout from 1 second to 1 hour; 5 seconds without this call
         * @return this builder
         * @throws IllegalArgumentException when it is out of that range
         */
        public Builder timeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("the time-out must be from 1 second to 1 hour");
            }
            this.timeout = timeout;
            return this;
        }

        /** Moves the database's clock for tests, in milliseconds. */
        Builder clockOffset(LongSupplier millis) {
            clockOffset = millis;
            return this;
        }

        /**
         * Asks the database what it is, and makes the stores.
         *
         * @return the stores
         * @throws StoreException when the database does not answer or is not known
         * @throws IllegalArgumentException when a pool of its own is wanted and no driver takes the URL
         * @throws IllegalStateException when a pool of its own is wanted and HikariCP is absent
         */
        public JdbcStores build() {
            Source from;
            try {
                from = source.get();
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "a pool of its own needs com.zaxxer:HikariCP on the class path; add it, or hand in a DataSource",
                        e);
            }
            try {
                Dialect dialect = Dialect.of(from.connections());
                return new JdbcStores(
                        new Database(from.connections(), dialect, tables, timeout, clockOffset), from.ownPool());
            } catch (StoreException e) {
                if (from.ownPool() != null) {
                    closeQuietly(from.ownPool());
                }
                throw e;
            }
        }
    }
}
