package io.github.tiktokauth.examples;

import static io.github.tiktokauth.examples.Client.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tiktokauth.simulator.SimulatedSeller;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that is built, as a stranger starts it. */
@Tag("packaged")
class PackagedTest {

    private final Path jar = Path.of("target", "tiktok-auth-examples-app.jar").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void itRunsFromAnEmptyDirectoryWithNothingBesideIt() {
        Map<String, String> ports = AppProcess.freePorts();
        try (AppProcess app = AppProcess.start(directory, ports, "-jar", jar.toString())) {
            Client client = new Client("http://127.0.0.1:" + ports.get("PORT"));
            client.signIn("alice");
            Visitor.connect(client, SimulatedSeller.ONE_SHOP);
            assertThat(client.get(API + "/shop/products").json().path("products"))
                    .hasSize(12);
            app.stop();
            assertThat(app.output()).doesNotContain("WARN", "ERROR", "Exception", "SLF4J");
        }
    }

    @Test
    void itKnowsAllThreeDatabases() {
        // Nobody listens there: what counts is that a driver takes the URL and says so.
        for (String url : List.of("jdbc:postgresql://127.0.0.1:1/x", "jdbc:mariadb://127.0.0.1:1/x")) {
            Map<String, String> settings = Shops.real(Map.of("PORT", "0", "JDBC_URL", url));
            try (AppProcess app = AppProcess.launch(directory, settings, "-jar", jar.toString())) {
                assertThat(app.exitCode()).as(url).isEqualTo(2);
                assertThat(app.output())
                        .contains("Cannot start: the database cannot be used", "does not answer")
                        .doesNotContain("no driver", "\tat ");
            }
        }
    }

    /** The app's warning of an H2 that forgets commits would fail the first test. */
    @Test
    void itHoldsTheH2ThatTheBuildPins() throws Exception {
        URL[] alone = {jar.toUri().toURL()};
        try (URLClassLoader packaged = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
            Object version = packaged.loadClass("org.h2.engine.Constants")
                    .getField("VERSION")
                    .get(null);
            assertThat(version).isEqualTo(System.getProperty("pinned.h2"));
        }
    }

    @Test
    void besideADatabaseItSaysWhatIsMissingAndEnds() {
        Map<String, String> settings = Map.of("JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x?password=hush");
        try (AppProcess app = AppProcess.launch(directory, settings, "-jar", jar.toString())) {
            assertThat(app.exitCode()).isEqualTo(2);
            assertThat(app.output())
                    .contains("JDBC_URL;", "TIKTOK_CLIENT_ID is missing", "TIKTOK_TOKEN_ENCRYPTION_KEYS is missing")
                    .doesNotContain("hush", "does not answer", "\tat ");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void itHoldsLicencesAndNeitherSignaturesNorTestLibraries() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(file.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                    .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("org/openqa/"));
        }
    }
}
