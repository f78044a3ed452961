package io.github.tiktokauth.jdbc;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenCipher;
import io.github.tiktokauth.spi.TokenStore;
import io.github.tiktokauth.spi.ValueLimits;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps authorizations and states in a database of the host's: H2, PostgreSQL or MariaDB. (MySQL 8 is written after its
 * documentation; it is not tested.) The database is asked which one it is; another is refused by name.
 *
 * <pre>{@code
 * JdbcStores stores = JdbcStores.of(dataSource).createOrUpgrade();
 * TikTokAuth auth = TikTokAuth.builder(config)
 *         .tokenStore(stores.tokenStore())
 *         .stateStore(stores.stateStore())
 *         .build();
 * }</pre>
 *
 * <p>Most calls are one statement, which is a transaction of its own under the isolation of the {@code DataSource}'s connections;
 * the few writes of several statements are one short READ COMMITTED transaction. Autocommit and isolation are restored. Each
 * call takes a connection of its own, for a few statements at most, and gives it back before it takes another, so a pool of one
 * connection is enough. A {@code DataSource} that returns the connection of the caller's transaction is not suitable: the
 * library would commit it.
 *
 * <p>What is committed lasts as the database keeps it. An H2 file keeps it when its process is killed with H2 2.4.240 and
 * {@code ;WRITE_DELAY=0} in the URL; without that, or with H2 2.5 or later, a warning is logged.
 *
 * <p>Instances are safe for use by many threads.
 */
public final class JdbcStores implements AutoCloseable {

    private final Schema schema;
    private final Database database;
    private final JdbcTokenStore tokenStore;
    private final JdbcStateStore stateStore;
    private final ConnectionSource source;

    JdbcStores(Database database, ConnectionSource source) {
        this.schema = new Schema(database);
        this.database = database.forIds();
        this.tokenStore = new JdbcTokenStore(this.database);
        this.stateStore = new JdbcStateStore(this.database);
        this.source = source;
    }

    /**
     * Returns stores on the host's {@code DataSource}, with the default table name.
     *
     * @param dataSource gives connections; it stays the host's, {@link #close()} does not close it
     * @return the stores
     * @throws StoreException when the database does not answer or is not known
     * @throws IllegalArgumentException when the {@code DataSource} routes; see {@link JdbcStoresBuilder#allowRoutingDataSource()}
     */
    public static JdbcStores of(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /**
     * Returns stores on a small pool of their own, which {@link #close()} closes. {@code com.zaxxer:HikariCP} and the database's
     * driver must be on the class path.
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
     * Returns a builder of stores on the host's {@code DataSource}.
     *
     * @param dataSource gives connections; it stays the host's
     * @return a builder
     */
    public static JdbcStoresBuilder builder(DataSource dataSource) {
        return new JdbcStoresBuilder(() -> ConnectionSource.ofHost(dataSource));
    }

    /**
     * Returns a builder of stores on a small pool of their own, as {@link #open}.
     *
     * @param url the JDBC URL
     * @param user the database's user; {@code null} when the URL says it or none is needed
     * @param password the password; {@code null} when the URL says it or none is needed
     * @return a builder
     */
    public static JdbcStoresBuilder builder(String url, @Nullable String user, @Nullable String password) {
        return new JdbcStoresBuilder(() -> ConnectionSource.ownPool(url, user, password));
    }

    /**
     * Creates the tables, or upgrades them from an earlier version of the library; does nothing when they are of the present
     * version, or of a newer one that says that this library can work on it. Many nodes may call it at the same time. It needs
     * the right to create tables only when there is something to do.
     *
     * @return these stores
     * @throws StoreException of kind {@link StoreException.Kind#SCHEMA} when the tables are of a newer version that this library
     *     cannot work on, or of a snapshot before the first release, when there is a table of that name that the library did not
     *     make, or when the database takes different ids for one there; of another kind when the database fails
     */
    public JdbcStores createOrUpgrade() {
        schema.createOrUpgrade();
        return this;
    }

    /**
     * Checks that the tables are there in a version that this library can work on, that they have all columns, by name, and that
     * ids are compared exactly there; for hosts that run the scripts themselves. Changes nothing.
     *
     * @throws StoreException of kind {@link StoreException.Kind#SCHEMA} when not; of another kind when the database fails
     */
    public void checkSchema() {
        schema.check();
    }

    /**
     * Returns the store of authorizations.
     *
     * @return the store; the same one at each call
     */
    public TokenStore tokenStore() {
        return tokenStore;
    }

    /**
     * Returns the store of states.
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
        ValueLimits.id("userId", userId);
        return database.transaction(
                "erase a user",
                (connection, deadline) -> tokenStore.erase(connection, deadline, userId)
                        + stateStore.erase(connection, deadline, userId));
    }

    /**
     * Copies the rows of an older table of the host's into these tables, so that no seller has to authorize again: one with
     * plaintext tokens, as the common Prisma model of {@code tiktok_shop_auth} makes it. Its columns are found by name,
     * whether written {@code userId} or {@code user_id}: {@code id, userId, shopId, accessToken, refreshToken} must be there,
     * {@code shopName, accessTokenExpiresAt, refreshTokenExpiresAt, scope, region, isActive, createdAt, updatedAt, deletedAt}
     * may be. Date-times without zone are taken as UTC.
     *
     * <p>It may be called again at any time: no row is copied twice, also when its user has disconnected since. Rows of
     * disconnected users are left out. The old table is only read; drop it afterwards, since its tokens are plaintext. If it has
     * the name of ours, rename it first, before {@link #createOrUpgrade()}.
     *
     * <p>An expiry that was computed by adding TikTok's epoch seconds to the time of writing, as some programs do, is corrected;
     * where that is not possible, the access token counts as expired, so that the first call refreshes it, and the expiry of the
     * refresh token is unknown. Such a table knows neither App Key nor shop cipher: the row is the default app's until its first
     * refresh, and the shop cipher is unknown until {@link TokenStore#saveShop} or the next consent.
     *
     * @param sourceTable the old table, with its letters in the case the database has them; {@code schema.table} if it is not
     *     in the connection's schema
     * @param cipher what encrypts the tokens: the same that the builder of {@code TikTokAuth} is given
     * @return what was done with which row
     * @throws StoreException when the database fails; of kind {@link StoreException.Kind#SCHEMA} when the old table or one of
     *     its columns is missing. Rows that were copied before stay
     * @throws IllegalArgumentException when the name is not one of a table, or is that of this store's own
     */
    public AdoptionReport adopt(String sourceTable, TokenCipher cipher) {
        return new LegacyAdoption(database, sourceTable, cipher).run();
    }

    /**
     * Returns the name of the table of authorizations; the others' names begin with it.
     *
     * @return the name
     */
    public String tableName() {
        return database.tables().authorization();
    }

    /** Closes the pool if it is of its own; a {@code DataSource} of the host's stays open. */
    @Override
    public void close() {
        source.close();
    }

    /**
     * Returns a text without URL and user.
     *
     * @return database and table
     */
    @Override
    public String toString() {
        return "JdbcStores[" + database.dialect() + ", table " + tableName() + "]";
    }
}
