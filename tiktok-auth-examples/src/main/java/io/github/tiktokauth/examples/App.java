package io.github.tiktokauth.examples;

import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.spi.StoreException;
import io.github.tiktokauth.testkit.TikTokSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servlet app: connects its users' TikTok Shops and shows what can be done with them. Without TikTok credentials in the
 * environment it simulates TikTok beside itself.
 */
public final class App implements AutoCloseable {

    private static final String CALLBACK_PATH = "/api/v1/tiktok/auth/callback";
    private static final int BAD_SETUP = 2;

    private final Settings settings;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private String url = "";
    private @Nullable TikTokSimulator simulator;

    private App(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts it and says where to click; Ctrl-C ends it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try {
            App app = start(System.getenv(), Path.of(""));
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
            System.out.println(app.greeting(Path.of("")));
        } catch (SetupException | ConfigurationException e) {
            System.err.println("Cannot start: " + e.getMessage());
            System.exit(BAD_SETUP);
        }
    }

    /** Runs until closed; keeps its files in a directory of its own under the given one. */
    static App start(Map<String, String> environment, Path workingDirectory) {
        App app = new App(Settings.from(environment));
        try {
            app.run(HomeDirectory.under(workingDirectory));
            return app;
        } catch (StoreException e) {
            app.close();
            throw new SetupException("the database cannot be used: " + e.getMessage());
        } catch (SetupException | ConfigurationException e) {
            app.close();
            throw e;
        } catch (Exception e) {
            app.close();
            throw new IllegalStateException("the app could not start", e);
        }
    }

    private void run(HomeDirectory home) throws Exception {
        WebServer web = WebServer.bind(settings.host(), settings.port());
        open.push(web::stop);
        url = "http://" + (settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host()) + ":" + web.port();
        TikTokConfig config = TikTokConfig.fromMap(tikTokSettings(home));
        JdbcStores stores = stores(home);
        open.push(stores);
        stores.createOrUpgrade();
        TikTokAuth auth = TikTokAuth.builder(config)
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
        open.push(auth);
        OwnSite site = new OwnSite(settings.host(), config.redirectUri());
        web.start(auth, site, settings.simulated());
        // Once more, to be closed first: no requests, then tokens not yet stored, then the database.
        open.push(web::stop);
    }

    private Map<String, String> tikTokSettings(HomeDirectory home) {
        Map<String, String> tikTok = new HashMap<>(settings.tikTok());
        if (settings.simulated()) {
            String redirectUri = tikTok.getOrDefault(Settings.REDIRECT_URI, url + CALLBACK_PATH);
            TikTokSimulator started = LocalTikTok.start(settings.simulatorPort(), URI.create(redirectUri), home);
            simulator = started;
            open.push(started);
            tikTok.putAll(started.environment());
        }
        tikTok.computeIfAbsent(Settings.KEYS, name -> home.keys());
        return tikTok;
    }

    private JdbcStores stores(HomeDirectory home) {
        String given = settings.jdbcUrl();
        if (given != null) {
            try {
                return JdbcStores.open(given, settings.jdbcUser(), settings.jdbcPassword());
            } catch (IllegalArgumentException e) {
                throw new SetupException("the database cannot be used, JDBC_URL: " + e.getMessage());
            }
        }
        // By default H2 writes committed data up to half a second later. A refresh token that TikTok has replaced must
        // survive
        // kill -9, so each commit is written at once.
        Path file = home.resolve(settings.simulated() ? "simulated" : "tiktok");
        return JdbcStores.open("jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
    }

    private String greeting(Path workingDirectory) {
        StringBuilder text = new StringBuilder(400).append("\nTikTok Shop Auth, example app\n\n");
        if (simulator != null) {
            text.append("  1. Open ")
                    .append(url)
                    .append("/\n")
                    .append("  2. Sign in under any name and press \"Connect a TikTok Shop\".\n")
                    .append("  3. Choose a shop at the simulated TikTok and press \"Allow\".\n\n")
                    .append("  No TIKTOK_CLIENT_ID is set, so TikTok is simulated at ")
                    .append(simulator.url())
                    .append("\n");
        } else {
            text.append("  Open ").append(url).append("/\n\n");
        }
        text.append("  Files are kept in ")
                .append(HomeDirectory.under(workingDirectory).path())
                .append("\n");
        return text.append("\nReady: ").append(url).append("/ (Ctrl-C ends it)").toString();
    }

    String url() {
        return url;
    }

    @Nullable TikTokSimulator simulator() {
        return simulator;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("while stopping: " + e.getClass().getName());
            }
        }
    }
}
