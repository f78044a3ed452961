package io.github.tiktokauth.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The JDK's server on one loopback port, which it finds again after a pause. */
final class Listener {

    static {
        // The JDK's server reads these once. Without the first, answers on a connection that is used again can wait 40
        // ms for
        // an acknowledgement; without the second, a storm's connections are closed under the client's feet.
        preset("sun.net.httpserver.nodelay", "true");
        preset("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 1024;

    private final HttpHandler handler;
    private final ExecutorService threads;
    private final int port;
    private @Nullable HttpServer server;
    private boolean closed;

    Listener(int wantedPort, HttpHandler handler) {
        this.handler = handler;
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "tiktok-simulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpServer first = listen(wantedPort);
        server = first;
        port = first.getAddress().getPort();
    }

    int port() {
        return port;
    }

    synchronized void pause() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    synchronized void resume() {
        if (server == null && !closed) {
            server = listen(port);
        }
    }

    synchronized void close() {
        closed = true;
        threads.shutdownNow();
        pause();
    }

    private HttpServer listen(int wantedPort) {
        try {
            HttpServer started =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wantedPort), BACKLOG);
            started.setExecutor(threads);
            started.createContext("/", handler);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void preset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
