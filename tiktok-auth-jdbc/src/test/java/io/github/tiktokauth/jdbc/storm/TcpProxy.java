package io.github.tiktokauth.jdbc.storm;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The network between a node and its database, which a test cuts and mends at the moment it chooses. */
final class TcpProxy implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^/:]+):(\\d+)/");

    private static final Pattern WRITE = Pattern.compile("\\bupdate\\b", Pattern.CASE_INSENSITIVE);

    private final String url;
    private final String host;
    private final int port;
    private final ServerSocket listener;
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch writeLost = new CountDownLatch(1);
    private volatile boolean cut;
    private volatile boolean stalled;
    private volatile boolean loseWrite;

    TcpProxy(String jdbcUrl) {
        Matcher address = ADDRESS.matcher(jdbcUrl);
        if (!address.find()) {
            throw new IllegalArgumentException("no host and port in the JDBC URL");
        }
        url = jdbcUrl;
        host = address.group(1);
        port = Integer.parseInt(address.group(2));
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The JDBC URL, by way of this proxy. */
    String url() {
        return url.replace("//" + host + ":" + port + "/", "//127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** From now on no connection lives, and none can be made. */
    void cut() {
        cut = true;
        sockets.forEach(TcpProxy::quietly);
        sockets.clear();
    }

    void restore() {
        cut = false;
        stalled = false;
    }

    /** From now on the database is asked, and its answers go nowhere. */
    void stall() {
        stalled = true;
    }

    /** The next UPDATE, its own transaction, is carried out; then the network is cut, before its answer comes back. */
    void loseNextWritesAnswer() {
        loseWrite = true;
    }

    void awaitLostWrite() {
        try {
            if (!writeLost.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("no UPDATE came by");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                Link link = new Link(client, server);
                daemon(link::towardsDatabase);
                daemon(link::towardsNode);
                if (cut) {
                    link.end();
                }
            } catch (IOException e) {
                // The listener's end, or a client that has gone already.
            }
        }
    }

    /** One connection. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean writeUnderWay;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void towardsDatabase() {
            pump(client, server, bytes -> {
                if (loseWrite && WRITE.matcher(bytes).find()) {
                    loseWrite = false;
                    writeUnderWay = true;
                }
                return true;
            });
        }

        void towardsNode() {
            pump(server, client, bytes -> {
                if (writeUnderWay) {
                    // The database has answered, so it has carried it out.
                    cut();
                    writeLost.countDown();
                    return false;
                }
                return true;
            });
        }

        private void pump(Socket from, Socket to, Filter filter) {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!filter.mayPass(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                        break;
                    }
                    if (stalled && from == server) {
                        continue;
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One side has gone; so does the other.
            }
            end();
        }

        void end() {
            quietly(client);
            quietly(server);
            sockets.remove(client);
            sockets.remove(server);
        }
    }

    @FunctionalInterface
    private interface Filter {
        boolean mayPass(String bytes);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() {
        quietly(listener);
        cut();
    }
}
