package io.github.tiktokauth.examples;

import io.github.tiktokauth.ConfigurationException;
import io.github.tiktokauth.TikTokAuth;
import io.github.tiktokauth.TikTokConfig;
import io.github.tiktokauth.jdbc.JdbcStores;
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

    static final String CALLBACK_PATH = "/api/v1/tiktok/auth/callback";
    private static final int BAD_SETUP = 2;

    private final Settings settings;
    private final HomeDirectory home;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private String url = "";
    private URI redirectUri = URI.create("");
    private @Nullable TikTokSimulator simulator;

    private App(Settings settings, HomeDirectory home) {
        this.settings = settings;
        this.home = home;
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

    /** Runs until closed; keeps its files in a directory of its own under the given one. */
    static App start(Map<String, String> environment, Path workingDirectory) {
        App app = new App(Settings.from(environment), HomeDirectory.under(workingDirectory));
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
        JdbcStores stores = Storage.open(settings, home);
        open.push(stores);
        TikTokAuth auth = TikTokAuth.builder(tikTok)
                .tokenStore(stores.tokenStore())
                .stateStore(stores.stateStore())
                .build();
        open.push(auth);
        if (settings.keepAliveEvery() != null) {
            open.push(new KeepAlive(auth, settings.keepAliveEvery()));
        }
        web.start(auth, new OwnSite(settings.host(), redirectUri), settings.simulated());
        // Once more, to be closed first: no requests, then tokens not yet stored, then the database.
        open.push(web::stop);
    }

    private Map<String, String> tikTokSettings() {
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

    private String greeting() {
        URI simulatedAt = simulator == null ? null : simulator.url();
        return new Greeting(settings, url, redirectUri, simulatedAt, home.path()).text();
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
