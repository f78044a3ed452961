package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.IsolationLevelDataSourceAdapter;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.IsolationLevelDataSourceRouter;

/** A routing DataSource is found by its name, wherever it hides; and nothing else is taken for one. */
class DataSourcesTest {

    private static final DataSource H2 = h2();

    private static DataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + DataSourcesTest.class.getSimpleName() + ";DB_CLOSE_DELAY=-1");
        dataSource.setUser("sa");
        return dataSource;
    }

    private static TenantDataSource routing() {
        return new TenantDataSource(Map.of("acme", H2));
    }

    private static void assertRefused(DataSource dataSource) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcStores.builder(dataSource).build())
                .withMessageContaining("allowRoutingDataSource()")
                .withNoCause();
    }

    private static void assertTaken(DataSource dataSource) {
        assertThat(JdbcStores.of(dataSource).createOrUpgrade().tokenStore().find("nobody"))
                .isEmpty();
    }

    /** A pool that has not been started does not answer for what it wraps. */
    private static HikariDataSource pool(DataSource target) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(target);
        pool.setInitializationFailTimeout(-1);
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(1);
        return pool;
    }

    private static HikariDataSource startedPool(DataSource target) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(target);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    static Stream<Arguments> wrappers() {
        return Stream.of(
                wrapper("Spring's lazy proxy", LazyConnectionDataSourceProxy::new),
                wrapper("Spring's transaction-aware proxy", TransactionAwareDataSourceProxy::new),
                wrapper("Spring's adapter", DataSourcesTest::adapted),
                wrapper("a pool before its start", DataSourcesTest::pool),
                wrapper("a pool after its start", DataSourcesTest::startedPool),
                wrapper(
                        "a pool over Spring's proxies",
                        target -> pool(new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(target)))),
                wrapper("what only says that it wraps one", SpyDataSource::new),
                wrapper("what only has a getter", GetterOnly::new),
                wrapper("what only unwraps", UnwrapsOnly::new),
                wrapper("a getter that promises an Object", ObjectGetter::new),
                wrapper("a getter that promises another kind of DataSource", PoolGetter::new),
                wrapper("a JDK proxy", DataSourcesTest::proxied),
                wrapper("two that wrap each other", DataSourcesTest::circle));
    }

    private static Arguments wrapper(String name, UnaryOperator<DataSource> wrap) {
        return Arguments.of(name, wrap);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void itIsFoundBehind(String name, UnaryOperator<DataSource> wrap) throws Exception {
        DataSource wrapped = wrap.apply(routing());
        try {
            assertRefused(wrapped);
            assertRefused(new LazyConnectionDataSourceProxy(wrapped));
        } finally {
            close(wrapped);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappers")
    void anythingElseBehindIsTaken(String name, UnaryOperator<DataSource> wrap) throws Exception {
        DataSource wrapped = wrap.apply(H2);
        try {
            assertTaken(wrapped);
        } finally {
            close(wrapped);
        }
    }

    private static void close(DataSource dataSource) throws Exception {
        if (dataSource instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Test
    void noConnectionIsAskedForBeforeTheRefusal() {
        SpyDataSource spy = new SpyDataSource(routing());
        assertRefused(spy);
        assertThat(spy.mostOpen()).isZero();
    }

    @Test
    void anySubclassIsFound() {
        IsolationLevelDataSourceRouter router = new IsolationLevelDataSourceRouter();
        router.setTargetDataSources(Map.of());
        router.afterPropertiesSet();
        assertRefused(router);
    }

    @Test
    void theMessageNamesTheClassThatRoutes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcStores.of(pool(routing())))
                .withMessageContaining(TenantDataSource.class.getName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.baomidou.dynamic.datasource.DynamicRoutingDataSource",
                "com.baomidou.dynamic.datasource.ds.AbstractRoutingDataSource",
                "org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource",
                "org.apache.shardingsphere.shardingjdbc.jdbc.core.datasource.ShardingDataSource",
                "com.example.TenantRoutingDatasource"
            })
    void otherLibrariesAndHostsOwnAreKnownByName(String name) throws Exception {
        Class<? extends DataSource> known = new ByteBuddy()
                .subclass(GetterOnly.class)
                .name(name)
                .make()
                .load(getClass().getClassLoader())
                .getLoaded();
        Class<? extends DataSource> ofAHost = new ByteBuddy()
                .subclass(known)
                .name("com.example.Databases")
                .make()
                .load(known.getClassLoader())
                .getLoaded();
        for (Class<? extends DataSource> type : List.of(known, ofAHost)) {
            DataSource dataSource = type.getConstructor(DataSource.class).newInstance(H2);
            assertRefused(dataSource);
            assertRefused(pool(dataSource));
        }
    }

    @Test
    void aHostThatRoutesForAnotherReasonSaysSo() {
        TenantDataSource routing = routing();
        JdbcStores stores = routing.as(
                "acme",
                () -> JdbcStores.builder(new TransactionAwareDataSourceProxy(routing))
                        .allowRoutingDataSource()
                        .build());
        assertThat(stores).hasToString("JdbcStores[H2, table tiktok_shop_auth]");
    }

    /** What goes wrong in looking is no reason not to work: most wrappers wrap nothing that routes. */
    @Test
    void wrappersThatFailOrNeverEndAreTaken() {
        assertTaken(new Failing(H2));
        AtomicInteger made = new AtomicInteger();
        assertTaken(new Endless(H2, made));
        assertThat(made.get()).isBetween(1, 200);
    }

    private static DataSource adapted(DataSource target) {
        IsolationLevelDataSourceAdapter adapter = new IsolationLevelDataSourceAdapter();
        adapter.setTargetDataSource(target);
        return adapter;
    }

    private static DataSource circle(DataSource target) {
        GetterOnly inner = new GetterOnly(target);
        GetterOnly outer = new GetterOnly(inner);
        inner.another = outer;
        return outer;
    }

    private static DataSource proxied(DataSource target) {
        return (DataSource) Proxy.newProxyInstance(
                DataSourcesTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> method.invoke(target, arguments));
    }

    /** Gives connections of another, and says nothing of it. */
    private static class Silent extends AbstractDataSource {
        final DataSource target;

        Silent(DataSource target) {
            this.target = target;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return target.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return target.getConnection(user, password);
        }
    }

    public static class GetterOnly extends Silent {
        private DataSource another = H2;

        public GetterOnly(DataSource target) {
            super(target);
        }

        public DataSource getOther() {
            return another;
        }

        public DataSource getHidden() {
            return target;
        }
    }

    private static final class UnwrapsOnly extends Silent {
        UnwrapsOnly(DataSource target) {
            super(target);
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(target);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return type == DataSource.class;
        }
    }

    private static final class ObjectGetter extends Silent {
        ObjectGetter(DataSource target) {
            super(target);
        }

        public Object getDataSource() {
            return target;
        }
    }

    private static final class PoolGetter extends Silent {
        PoolGetter(DataSource target) {
            super(target);
        }

        public ConnectionPoolDataSource getConnectionPoolDataSource() {
            return (ConnectionPoolDataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ConnectionPoolDataSource.class, Nested.class},
                    (proxy, method, arguments) -> method.getName().equals("getNestedDataSource") ? target : null);
        }
    }

    interface Nested {
        CommonDataSource getNestedDataSource();
    }

    private static final class Failing extends Silent implements Wrapper {
        Failing(DataSource target) {
            super(target);
        }

        public DataSource getDataSource() {
            throw new IllegalStateException("not now");
        }

        public DataSource getNothing() {
            return null;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new NoSuchMethodError("from before JDBC 4");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            throw new NoSuchMethodError("from before JDBC 4");
        }
    }

    private static final class Endless extends Silent {
        private final AtomicInteger made;

        Endless(DataSource target, AtomicInteger made) {
            super(target);
            this.made = made;
        }

        public DataSource getDataSource() {
            made.incrementAndGet();
            return new Endless(target, made);
        }

        public DataSource getAnother() {
            return getDataSource();
        }
    }
}
