package io.github.tiktokauth.examples;

import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.jdbc.JdbcStores;
import io.github.tiktokauth.simulator.TikTokSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servlet app: connects its users' TikTok Shops and shows what can be done with them. With nothing real in the
 * environment it simulates TikTok; with anything real it requires all settings that the real TikTok needs.
 */
public final class App implements AutoCloseable {

    static final String CALLBACK_PATH = "/api/v1/tiktok/auth/callback";
    private static final int BAD_SETUP = 2;

    private final Settings settings;
    private final Path workingDirectory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private String url = "";
    private URI redirectUri = URI.create("");
    private @Nullable HomeDirectory home;
    private @Nullable TikTokSimulator simulator;

    private App(Settings settings, Path workingDirectory) {
        this.settings = settings;
        this.workingDirectory = workingDirectory;
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
            System.out.println(app.greeting());
        } catch (SetupException | ConfigurationException e) {
            System.err.println("Cannot start: " + e.getMessage());
            System.exit(BAD_SETUP);
        }
    }

    /** Runs until closed; keeps files, if it needs any, in a directory of its own under the given one. */
    static App start(Map<String, String> environment, Path workingDirectory) {
        App app = new App(Settings.from(environment), workingDirectory);
        try {
            app.run();
            return app;
        } catch (SetupException | ConfigurationException e) {
            app.close();
            throw e;
        } catch (Exception e) {
            app.close();
            throw new IllegalStateException("the app could not start", e);
        }
    }

    private void run() throws Exception {
        WebServer web = WebServer.bind(settings.host(), settings.port());
        open.push(web::stop);
        url = "http://" + settings.visibleHost() + ":" + web.port();
        TikTokConfig tikTok = TikTokConfig.fromMap(tikTokSettings());
        redirectUri = tikTok.redirectUri();
        JdbcStores stores = Storage.open(settings, this::home);
        open.push(stores);
        TikTokAuth auth = TikTokAuth.builder(tikTok)
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
        open.push(auth);
        if (settings.keepAliveEvery() != null) {
            open.push(new KeepAlive(auth, settings.keepAliveEvery()));
        }
        web.start(auth, new SameOrigin(settings.host(), redirectUri), settings.simulated());
        // Once more, to be closed first: no requests, then tokens not yet stored, then the database.
        open.push(web::stop);
    }

    private Map<String, String> tikTokSettings() {
        if (!settings.simulated()) {
            return settings.tikTok();
        }
        TikTokSimulator started = LocalTikTok.start(settings.simulatorPort(), URI.create(url + CALLBACK_PATH), home());
        simulator = started;
        open.push(started);
        Map<String, String> tikTok = new HashMap<>(started.environment());
        tikTok.put(Settings.KEYS, home().keys());
        return tikTok;
    }

    private HomeDirectory home() {
        HomeDirectory made = home == null ? HomeDirectory.under(workingDirectory) : home;
        home = made;
        return made;
    }

    private String greeting() {
        URI simulatedAt = simulator == null ? null : simulator.url();
        Path files = home == null ? null : home.path();
        return new StartupMessage(url, redirectUri, simulatedAt, files).text();
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
