package io.github.tiktokauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is logged when stores are made over an H2 file that can lose commits. Public for H2, which calls {@link #version}. */
public class H2DurabilityTest {

    private static final String AT_ONCE = ";WRITE_DELAY=0";

    @TempDir
    Path folder;

    /** What {@code H2VERSION()} answers in the databases of {@link #ofVersion}. */
    private static String version = "";

    public static String version() {
        return version;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "nio:", "nioMapped:", "split:", "split:20:nio:", "async:", "retry:"})
    void aFileWhoseCommitsAreWrittenLateIsWarnedOf(String prefix) {
        String url = "jdbc:h2:" + prefix + folder.resolve("marker-db");
        assertThat(warnings(url)).singleElement().asString().contains("WRITE_DELAY=0", "JDBC URL");
        assertThat(warnings(url + AT_ONCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mem:",
                "mem:named",
                "memFS:plain",
                "memLZF:plain",
                "nioMemFS:plain",
                "nioMemLZF:12:plain",
                "file:memFS:prefixed",
                "split:nioMemFS:parts"
            })
    void nobodyExpectsMemoryToLast(String path) throws SQLException {
        assertThat(warnings("jdbc:h2:" + path)).isEmpty();
        assertThat(ofVersion("2.5.252", "jdbc:h2:" + path)).isEmpty();
    }

    @Test
    void theWriteDelayThatIsInForceCounts() throws SQLException {
        String url = file();
        try (Connection host = DriverManager.getConnection(url, "sa", "")) {
            host.createStatement().execute("SET WRITE_DELAY 0");
            assertThat(warnings(url)).isEmpty();
        }
        // H2 remembers the setting in the file, but opens the file with that of the URL.
        assertThat(warnings(url)).hasSize(1);
    }

    @Test
    void anyUserIsAnswered() throws SQLException {
        String url = file();
        try (Connection host = DriverManager.getConnection(url, "sa", "")) {
            host.createStatement().execute("CREATE USER clerk PASSWORD 'marker-pw'");
            assertThat(warnings(url, "clerk", "marker-pw")).hasSize(1);
            host.createStatement().execute("SET WRITE_DELAY 0");
            assertThat(warnings(url, "clerk", "marker-pw")).isEmpty();
        }
    }

    @Test
    void aServersFileIsTheServersToTell() throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        try {
            String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/";
            assertThat(warnings(url + "marker-db")).hasSize(1);
            assertThat(warnings(url + "marker-db" + AT_ONCE)).isEmpty();
            assertThat(warnings(url + "mem:named")).isEmpty();
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "MODE=MySQL;DATABASE_TO_LOWER=TRUE",
                "MODE=Oracle",
                "DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "OLD_INFORMATION_SCHEMA=TRUE"
            })
    void everyModeIsUnderstood(String mode) {
        assertThat(warnings(file() + ";" + mode)).hasSize(1);
        assertThat(warnings(file() + ";" + mode + AT_ONCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.250", "2.5.252", "2.5.299-SNAPSHOT", "2.6.300", "2.10.1", "3.0.1", "unheard-of"})
    void aVersionThatForgetsCommitsOrIsNotKnownIsWarnedOf(String affected) throws SQLException {
        assertThat(ofVersion(affected, file() + AT_ONCE))
                .singleElement()
                .asString()
                .contains("H2 " + affected, "use H2 2.4.240")
                .doesNotContain("WRITE_DELAY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.240", "2.3.232", "2.2.224", "1.4.200"})
    void anEarlierVersionIsNot(String other) throws SQLException {
        assertThat(ofVersion(other, file() + AT_ONCE)).isEmpty();
    }

    @Test
    void bothFaultsAreOneWarning() throws SQLException {
        assertThat(ofVersion("2.5.252", file())).singleElement().asString().contains("use H2 2.4.240", "WRITE_DELAY=0");
    }

    @Test
    void theH2OfThisBuildIsNotWarnedOf() {
        assertThat(warnings(file() + AT_ONCE)).isEmpty();
    }

    @Test
    void theHostsConnectionIsGivenBackAsItWas() throws SQLException {
        try (HikariDataSource pool = new TestDatabase(TestServer.H2_FILE, file(), "sa", "").pool(1)) {
            SpyDataSource spy = new SpyDataSource(pool, connection -> connection.setAutoCommit(false));
            assertThat(warnings(() -> JdbcStores.of(spy))).hasSize(1);
            assertThat(spy.stateAtClose()).isNotEmpty().containsOnly("false " + Connection.TRANSACTION_READ_COMMITTED);
            assertThat(spy.open()).isZero();
        }
    }

    @Test
    void aDatabaseThatDoesNotTellIsUsedAllTheSame() {
        try (HikariDataSource pool = new TestDatabase(TestServer.H2_FILE, file(), "sa", "").pool(1)) {
            SpyDataSource spy = new SpyDataSource(pool);
            spy.fail(new SQLException("prepareStatement: marker", "90096"));
            assertThat(warnings(() -> JdbcStores.of(spy))).isEmpty();
        }
    }

    private String file() {
        return "jdbc:h2:" + folder.resolve("marker-db");
    }

    /** The warnings over a database that says it is of this version. */
    private static List<String> ofVersion(String said, String url) throws SQLException {
        version = said;
        String overridable = url + ";BUILTIN_ALIAS_OVERRIDE=TRUE";
        try (Connection host = DriverManager.getConnection(overridable, "sa", "")) {
            host.createStatement()
                    .execute("CREATE ALIAS IF NOT EXISTS H2VERSION FOR \"" + H2DurabilityTest.class.getName()
                            + ".version\"");
            return warnings(overridable);
        }
    }

    private static List<String> warnings(String url) {
        return warnings(url, "sa", "");
    }

    private static List<String> warnings(String url, String user, String password) {
        return warnings(() -> JdbcStores.open(url, user, password));
    }

    /** What is logged at WARN while stores are made and used; never anything of the URL. */
    private static List<String> warnings(Supplier<JdbcStores> make) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (JdbcStores stores = make.get()) {
            assertThat(stores.tableName()).isNotEmpty();
        } finally {
            System.setErr(before);
        }
        String log = bytes.toString(StandardCharsets.UTF_8);
        assertThat(log).doesNotContain("marker");
        return log.lines().filter(line -> line.contains("WARN")).toList();
    }
}
