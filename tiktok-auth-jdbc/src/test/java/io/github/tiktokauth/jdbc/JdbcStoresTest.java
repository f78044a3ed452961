package io.github.tiktokauth.jdbc;

import static io.github.tiktokauth.jdbc.Samples.authorization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tiktokauth.spi.StateStore;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.spi.TokenStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door, with a pool of its own. */
class JdbcStoresTest {

    @Test
    void whatIsStoredSurvivesAReopening(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("db") + ";WRITE_DELAY=0";
        try (JdbcStores stores = JdbcStores.open(url, "sa", "")) {
            stores.createOrUpgrade().tokenStore().connect(authorization("u1", "s1"));
        }
        try (JdbcStores stores = JdbcStores.open(url, "sa", "")) {
            assertThat(stores.createOrUpgrade().tokenStore().find("u1")).isPresent();
        }
    }

    @Test
    void closedStoresAreUnavailable() {
        JdbcStores stores = JdbcStores.open("jdbc:h2:mem:closed", "sa", "").createOrUpgrade();
        stores.close();
        stores.close();
        assertThatThrownBy(() -> stores.tokenStore().find("u1"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    }

    @Test
    void theHostsDataSourceStaysOpen() throws Exception {
        try (var pool = TestServer.H2.database().pool(1)) {
            JdbcStores.of(pool).createOrUpgrade().close();
            assertThat(JdbcStores.of(pool).tokenStore().find("u1")).isEmpty();
        }
    }

    @Test
    void neitherUrlNorPasswordIsShown() {
        try (JdbcStores stores = JdbcStores.builder("jdbc:h2:mem:marker-url", "sa", "marker-pw")
                .tableName("eu_auth")
                .build()) {
            assertThat(stores).hasToString("JdbcStores[H2, table eu_auth]");
        }
        assertThatThrownBy(() -> JdbcStores.open("jdbc:nosuch://h/d?password=marker-url", "marker-user", "marker-pw"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("driver")
                .satisfies(JdbcStoresTest::assertNoMarker);
        String closedPort = "jdbc:postgresql://127.0.0.1:1/d?password=marker-url&connectTimeout=1";
        assertThatThrownBy(() -> JdbcStores.open(closedPort, "marker-user", "marker-pw"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
                .satisfies(JdbcStoresTest::assertNoMarker);
    }

    @Test
    void aWrongPasswordIsTold() {
        String url = "jdbc:h2:mem:locked";
        try (JdbcStores stores = JdbcStores.open(url, "sa", "right")) {
            assertThat(stores.tableName()).isEqualTo("tiktok_shop_auth");
            assertThatThrownBy(() -> JdbcStores.open(url, "sa", "marker-wrong"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("password")
                    .satisfies(JdbcStoresTest::assertNoMarker);
        }
    }

    private static void assertNoMarker(Throwable thrown) {
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain("marker");
    }

    @Test
    void outOfRangeTimeoutsAreRefused() {
        try (var pool = TestServer.H2.database().pool(1)) {
            JdbcStoresBuilder builder = JdbcStores.builder(pool);
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ofHours(2)));
        }
    }

    /** Hosts that hand in a DataSource need no HikariCP; who wants the pool is told what is missing. */
    @Test
    void withoutHikariOnlyTheOwnPoolIsMissing() throws Exception {
        try (LoaderWithout loader = new LoaderWithout("com.zaxxer.hikari")) {
            Class<?> stores = loader.loadClass(JdbcStores.class.getName());
            assertThat(stores.getClassLoader()).isSameAs(loader);
            assertThatThrownBy(() -> stores.getMethod("open", String.class, String.class, String.class)
                            .invoke(null, "jdbc:h2:mem:x", "sa", ""))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.zaxxer:HikariCP");
            org.h2.jdbcx.JdbcDataSource dataSource = new org.h2.jdbcx.JdbcDataSource();
            dataSource.setURL("jdbc:h2:mem:x");
            assertThat(stores.getMethod("of", javax.sql.DataSource.class).invoke(null, dataSource))
                    .hasToString("JdbcStores[H2, table tiktok_shop_auth]");
        }
    }

    /** To load Jdbi takes a quarter of a second, which a function that starts for one call would wait. */
    @Test
    void tokensAreReadAndRefreshedWithoutJdbi() throws Exception {
        try (LoaderWithout loader = new LoaderWithout("org.jdbi");
                var pool = TestServer.H2.database().pool(1)) {
            Class<?> type = loader.loadClass(JdbcStores.class.getName());
            Object stores = type.getMethod("of", javax.sql.DataSource.class).invoke(null, pool);
            type.getMethod("createOrUpgrade").invoke(stores);
            TokenStore store = (TokenStore) type.getMethod("tokenStore").invoke(stores);
            store.connect(authorization("u1", "s1"));
            String id = store.find("u1").orElseThrow().id();
            assertThat(store.acquireLease(id, 1, "node", Duration.ofMinutes(1), false, false))
                    .isTrue();
            assertThat(store.saveTokens(id, 1, Samples.APP, Samples.tokens("next"), false))
                    .isTrue();
            StateStore states = (StateStore) type.getMethod("stateStore").invoke(stores);
            assertThatThrownBy(() -> {
                        states.rememberOnce("seen", Duration.ZERO);
                        states.purge(1);
                    })
                    .isInstanceOf(NoClassDefFoundError.class);
        }
    }

    /** Loads this module itself, and finds nothing of one package. */
    private static final class LoaderWithout extends URLClassLoader {

        private final String missing;

        LoaderWithout(String missing) {
            super(urls(), JdbcStoresTest.class.getClassLoader());
            this.missing = missing;
        }

        private static URL[] urls() {
            return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                    .map(Path::of)
                    .map(path -> {
                        try {
                            return path.toUri().toURL();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("io.github.tiktokauth.jdbc.") && findLoadedClass(name) == null) {
                    return findClass(name);
                }
            }
            return super.loadClass(name, resolve);
        }
    }
}
